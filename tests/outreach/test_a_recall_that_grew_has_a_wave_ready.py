"""When a recall grows, a wave to those who asked and to the purchasers covered now is ready."""

import pytest
from pytest_django import Settings

from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.keeping.holding import HoldAsked, lift_hold, place_hold
from recalldesk.keeping.kinds import Kind
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.actions import ask_to_be_told, forget_again, forget_contact
from recalldesk.outreach.growing import make_growth_ready, mark_wishes_told
from recalldesk.outreach.models import DirectNotice, GrowthWatch, Wave
from recalldesk.outreach.states import NoticeState, WaveKind, WaveState, Withheld
from recalldesk.recalls.actions import draft_for_expansion
from tests.cast import FAR, SERIALS, SLUG, Desk
from tests.outreach.reach.told import a_wave
from tests.purchasers.shops import text_with_numbers
from tests.units.test_publishing import override

SOLD = "since = 2024-02-01             # leave `until` out while it is still sold"
pytestmark = pytest.mark.django_db


def asked(contact: str = "ana@example.org") -> GrowthWatch:
    ask_to_be_told(recall_slugs=[SLUG], contact=contact, serial="TWK20240000", language="en")
    return GrowthWatch.objects.get()


def a_notice_of(wish: GrowthWatch, state: NoticeState) -> DirectNotice:
    return DirectNotice.objects.create(
        wave=a_wave(wish.recall, kind=WaveKind.GROWN),
        recall_id=wish.recall_id,
        wish=wish,
        kind="email",
        contact_digest=b"3" * 32,
        sealed_to=b"sealed",
        way="email",
        language="en",
        state=state,
        sent_at=clock.now() if state == NoticeState.SENT else None,
    )


def test_a_draft_stands_once_and_whoever_writes_waves_is_told(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    asked()
    assert make_growth_ready() == 0, "the first version grew out of nothing"
    kettles.published(text_with_numbers().replace(SOLD, "since = 2023-02-01"))
    assert make_growth_ready() == 1
    wave = Wave.objects.get()
    assert (wave.kind, wave.state, wave.written_by) == (WaveKind.GROWN, WaveState.DRAFT, None)
    assert wave.version is not None
    assert (wave.version.number, wave.ways) == (2, ["email"])
    assert Mailing.objects.filter(purpose=Purpose.WAVE_TO_DESK).exists()
    assert make_growth_ready() == 0
    assert not DirectNotice.objects.exists(), "nobody is written to before two people saw it"


@pytest.mark.parametrize(("sms", "ways"), [("local", ["email", "sms"]), ("none", ["email"])])
def test_who_asked_by_phone_number_gets_a_text_where_texts_are_sent(
    kettles: Desk, settings: Settings, sms: str, ways: list[str]
) -> None:
    settings.SMS = sms
    kettles.published(text_with_numbers())
    asked("+12025550123")
    kettles.published(text_with_numbers().replace(SOLD, "since = 2023-02-01"))
    assert make_growth_ready() == 1
    assert Wave.objects.get().ways == ways


def test_it_is_held_against_what_was_live_and_not_against_what_never_was(kettles: Desk) -> None:
    wider = text_with_numbers().replace(SOLD, "since = 2023-02-01")
    kettles.published(text_with_numbers())
    asked()
    kettles.approved(wider, serials=None)
    kettles.published(wider.replace("Kettle K20", "Kettle K-20"), serials=None)
    assert make_growth_ready() == 1


def test_one_that_was_replaced_before_anybody_looked_is_not_lost(kettles: Desk) -> None:
    wider = text_with_numbers().replace(SOLD, "since = 2023-02-01")
    kettles.published(text_with_numbers())
    asked()
    kettles.published(wider, serials=None)
    kettles.published(wider.replace("Kettle K20", "Kettle K-20"), serials=None)
    assert make_growth_ready() == 1
    assert make_growth_ready() == 0


def test_other_serials_in_place_of_as_many_are_more(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    asked()
    draft = draft_for_expansion(recall=kettles.recall(), by=kettles.cast.author)
    kettles.take(draft, [*SERIALS[1:], FAR], replace=True)
    second = kettles.approve(draft)
    override(second, Reason.SERIALS_DROPPED, kettles.cast.author, kettles.cast.approver)
    kettles.publish(second)
    assert make_growth_ready() == 1


def test_a_version_that_covers_no_more_makes_no_wave(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    asked()
    kettles.published(text_with_numbers().replace("Kettle K20", "Kettle K-20"))
    assert make_growth_ready() == 0


def test_who_asked_is_told_once_a_notice_went_out(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    wish = asked()
    notice = a_notice_of(wish, NoticeState.WAITING)
    assert mark_wishes_told() == 0
    DirectNotice.objects.filter(pk=notice.pk).update(state=NoticeState.SENT, sent_at=clock.now())
    assert (mark_wishes_told(), mark_wishes_told()) == (1, 0)
    wish.refresh_from_db()
    assert wish.told_at is not None


def test_who_wants_to_be_forgotten_is_sent_nothing_that_waits(kettles: Desk) -> None:
    kettles.published(text_with_numbers())
    notice = a_notice_of(asked(), NoticeState.WAITING)
    forget_contact(contact="ana@example.org", by=kettles.cast.author)
    notice.refresh_from_db()
    assert (notice.state, notice.withheld) == (NoticeState.WITHHELD, Withheld.SUPPRESSED)
    assert (bytes(notice.sealed_to), notice.wish) == (b"", None)


@pytest.mark.parametrize("kind", [Kind.NOTICES, Kind.WISHES])
def test_a_hold_keeps_to_whom_notices_went_and_has_nobody_written_to(
    kettles: Desk, kind: Kind
) -> None:
    kettles.published(text_with_numbers())
    wish, by = asked(), kettles.cast.author
    notice = a_notice_of(wish, NoticeState.WAITING)
    hold = place_hold(asked=HoldAsked(recall=wish.recall, kind=kind), reason="Made up.", by=by)
    done = forget_contact(contact="ana@example.org", by=by)
    assert (done.gone, done.kept) == (0, 1)
    notice.refresh_from_db()
    assert (notice.state, bytes(notice.sealed_to)) == (NoticeState.WITHHELD, b"sealed")
    lift_hold(number=hold.pk, reason="Made up.", by=by)
    assert forget_again() == 1
    notice.refresh_from_db()
    assert bytes(notice.sealed_to) == b""
