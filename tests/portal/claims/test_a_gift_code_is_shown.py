"""A gift code is shown to its owner, behind a code mailed just now, and to nobody else."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from time_machine import travel

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.access import FRESH_FOR, pass_for
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.remedying.news import take_news
from recalldesk.claims.states import ClaimState, FreshFor
from recalldesk.foundation import clock
from recalldesk.keeping.states import Thing
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.remedies import journal
from recalldesk.remedies.models import GiftCode, Order, Remedy
from recalldesk.remedies.placing.news import News
from recalldesk.remedies.providers.codes.emptying import KEPT_AFTER_ERASURE, empty_due
from recalldesk.remedies.providers.codes.provider import Codes
from recalldesk.remedies.states import RemedyState
from recalldesk.sealing.fields_of_rows import opened
from tests.keeping.kept import held, lifted
from tests.portal.claims.coded import CODES, with_code
from tests.portal.claims.conftest import words_of
from tests.portal.claims.filed import Follower, filed, made_fresh, mailed_code, moved, states
from tests.remedies.pooled import wanted
from tests.remedies.test_codes_are_handed_out_once import Notes

pytestmark = pytest.mark.usefixtures("owner")
FIRST = CODES[0]


@pytest.fixture
def follower(published: Path) -> Follower:
    return Follower(with_code(published))


def code_on(answer: HttpResponse) -> str:
    """The page, with the groups of a code as they are copied."""
    return answer.content.decode().replace("</span><span>", "")


def test_the_letter_says_that_it_is_ready_and_holds_no_code(follower: Follower) -> None:
    letter = content_of(Mailing.objects.latest("pk"))
    assert "Your gift card code is ready." in letter.text
    assert "/claims/link/" in letter.text
    for mail in Mailing.objects.all():
        said = content_of(mail)
        assert FIRST not in said.text + said.html + said.subject


def test_the_page_of_the_claim_leads_to_it_and_names_no_day(follower: Follower) -> None:
    page = follower.reads()
    assert "Your gift card code is ready</h1>" in page
    assert follower.path("gift-code") in page
    assert "on its way" not in page
    assert FIRST not in page


def test_without_a_mailed_code_it_is_not_shown(follower: Follower) -> None:
    for answer in (follower.sees("gift-code"), follower.sends("gift-code", unit=1)):
        assert answer["Location"] == follower.path("code/code")
    assert "Before you see your gift card code" in follower.reads("code/code")
    assert GiftCode.objects.get().shown_at is None


def test_opening_the_page_shows_and_notes_nothing_its_button_does(follower: Follower) -> None:
    follower.sends("code/code")
    answer = follower.sends("code/code", code=mailed_code())
    assert answer["Location"] == follower.path("gift-code")
    assert FIRST not in follower.reads("gift-code")
    assert GiftCode.objects.get().shown_at is None
    answer = follower.sends("gift-code", unit=1)
    assert FIRST in code_on(answer)
    shown = words_of(answer)
    assert "0042" in shown
    assert "Spend it by" in shown
    assert "2040" in shown
    assert "30" in shown


def test_the_groups_of_a_code_are_copied_as_one_word(follower: Follower) -> None:
    made_fresh(follower, FreshFor.CODE)
    page = follower.sends("gift-code", unit=1).content.decode()
    assert "<span>MADE</span><span>UP22</span><span>QRS3</span>" in page


def test_each_showing_is_logged_and_the_first_one_delivers_the_remedy(follower: Follower) -> None:
    made_fresh(follower, FreshFor.CODE)
    for _ in range(3):
        assert follower.sends("gift-code", unit=1).status_code == 200
    log = StateChange.objects.filter(subject=Subject.GIFT_CODE, to_state="shown")
    assert [each.actor for each in log] == [Actor.OWNER] * 3
    assert Remedy.objects.get().state == RemedyState.DELIVERED
    assert GiftCode.objects.get().times_shown == 3
    assert len(list(journal.lines("code_shown"))) == 1
    assert Order.objects.get().delivered_at == GiftCode.objects.get().shown_at
    assert take_news(remedy_id=Remedy.objects.get().pk, news=News.DELIVERED)
    assert states(follower.filing) == [ClaimState.SETTLED]
    assert "was shown on the page" in content_of(Mailing.objects.latest("pk")).text
    assert "See my code again" in follower.reads()
    assert FIRST in code_on(follower.sends("gift-code", unit=1))


def test_a_pass_that_is_fresh_no_more_asks_again(follower: Follower) -> None:
    made_fresh(follower, FreshFor.CODE)
    with travel(clock.now() + FRESH_FOR + timedelta(seconds=1), tick=False):
        answer = follower.sends("gift-code", unit=1)
    assert answer["Location"] == follower.path("code/code")


def test_each_unit_shows_its_own_code(published: Path) -> None:
    follower = Follower(with_code(published, units=2))
    made_fresh(follower, FreshFor.CODE)
    page = follower.reads("gift-code")
    assert page.count("Show my code") == 2
    shown = [code_on(follower.sends("gift-code", unit=unit)) for unit in (1, 2)]
    assert [(CODES[0] in each, CODES[1] in each) for each in shown] == [
        (True, False),
        (False, True),
    ]


def test_another_owners_code_cannot_be_had(follower: Follower, published: Path) -> None:
    other = Follower(filed(published, remedy="gift-card", first=5))
    made_fresh(other, FreshFor.CODE)
    for answer in (other.sees("gift-code"), other.sends("gift-code", unit=1)):
        assert answer["Location"] == other.path("?done=no-code")
    stranger = Follower(follower.filing)
    stranger.client.cookies.clear()
    assert stranger.sends("gift-code", unit=1).status_code == 403


@pytest.mark.parametrize("unit", ["", "2", "-1", "x", "9" * 40])
def test_a_unit_that_has_none_shows_none(follower: Follower, unit: str) -> None:
    made_fresh(follower, FreshFor.CODE)
    answer = follower.sends("gift-code", unit=unit)
    assert answer["Location"] == follower.path("?done=no-code")


def test_a_code_that_was_taken_back_is_not_shown(follower: Follower) -> None:
    made_fresh(follower, FreshFor.CODE)
    Codes().cancel(wanted(Remedy.objects.get().pk), Notes())
    answer = follower.sends("gift-code", unit=1)
    assert answer["Location"] == follower.path("?done=no-code")
    assert "no gift card code to be shown" in follower.reads("?done=no-code")


def test_where_the_journal_cannot_be_written_it_is_shown_later(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    made_fresh(follower, FreshFor.CODE)
    with monkeypatch.context() as no_space:
        no_space.setattr(journal, "note", full)
        answer = follower.sends("gift-code", unit=1)
    assert answer["Location"] == follower.path("?done=code-later")
    assert Remedy.objects.get().state == RemedyState.SENT
    assert FIRST in code_on(follower.sends("gift-code", unit=1))


def test_a_code_that_can_be_spent_no_more_says_so(follower: Follower) -> None:
    made_fresh(follower, FreshFor.CODE)
    pool = GiftCode.objects.get().pool
    pool.expires_on = date(2020, 1, 2)
    pool.save(update_fields=["expires_on"])
    shown = words_of(follower.sends("gift-code", unit=1))
    assert "It could be spent until" in shown
    assert "Spend it by" not in shown


def test_after_an_owner_is_erased_the_code_goes_a_month_later_and_its_row_stays(
    follower: Follower,
) -> None:
    made_fresh(follower, FreshFor.CODE)
    follower.sends("gift-code", unit=1)
    take_news(remedy_id=Remedy.objects.get().pk, news=News.DELIVERED)
    made_fresh_pass = pass_for(
        key=follower.filing.key, token=follower.client.cookies[f"claim-{follower.filing.key}"].value
    )
    assert made_fresh_pass is not None
    erase_filing(opened=made_fresh_pass)
    assert empty_due() == 0
    assert opened(GiftCode.objects.get(), "sealed_code") == FIRST
    hold = held(Thing.FILING, follower.filing.pk)
    with travel(clock.now() + KEPT_AFTER_ERASURE, tick=False):
        assert empty_due() == 0
        lifted(hold)
        assert empty_due() == 1
    code = GiftCode.objects.get()
    assert (opened(code, "sealed_code"), opened(code, "sealed_pin")) == ("", "")
    assert code.handed_to == Remedy.objects.get().pk


def test_before_it_is_handed_out_there_is_none(published: Path) -> None:
    follower = Follower(moved(filed(published, remedy="gift-card"), ClaimState.REMEDY_ORDERED))
    assert follower.sees("gift-code")["Location"] == follower.path("?done=no-code")
    assert follower.path("gift-code") not in follower.reads()
