"""What is told of a notice afterwards: it arrived, it came back, somebody complained."""

from typing import Any

import pytest

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.mailing.deliveries import News
from recalldesk.mailing.errors import NotOurMail
from recalldesk.mailing.reports import Report
from recalldesk.outreach.models import DirectNotice, Suppressed
from recalldesk.outreach.news import take_news, take_report, take_wish_to_stop
from recalldesk.outreach.states import NoticeState, Suppression, Way
from recalldesk.outreach.suppressing import is_suppressed, suppress
from recalldesk.recalls.models import Recall
from tests.outreach.waves_made import a_notice, a_wave

pytestmark = pytest.mark.django_db
TO = "olga@home.example"


@pytest.fixture
def notice() -> DirectNotice:
    """One that was sent, by a provider that named it."""
    wave = a_wave(Recall.objects.create(slug="kettle-k20"))
    return a_notice(
        wave, TO, state=NoticeState.SENT, attempts=1, sent_at=clock.now(), provider_id="made-up-1"
    )


def tell(notice: DirectNotice, news: News, **more: Any) -> bool:
    known = take_news(news=news, random_id=notice.random_id.hex, provider_id="", **more)
    notice.refresh_from_db()
    return known


def is_silenced(notice: DirectNotice, way: Way = Way.EMAIL, recall_id: int = 0) -> bool:
    return is_suppressed(
        contact_digest=bytes(notice.contact_digest),
        way=way,
        recall_id=recall_id or notice.recall_id,
    )


def moves(notice: DirectNotice) -> list[str]:
    rows = StateChange.objects.filter(subject=Subject.NOTICE, subject_id=notice.pk)
    return list(rows.order_by("pk").values_list("to_state", flat=True))


def test_a_notice_that_arrived_says_when(notice: DirectNotice) -> None:
    assert tell(notice, News.DELIVERED)
    assert notice.delivered_at is not None
    assert not tell(notice, News.DELIVERED)
    assert moves(notice) == ["delivered"]


def test_one_whose_worker_was_killed_and_that_arrived_is_not_sent_again(
    notice: DirectNotice,
) -> None:
    DirectNotice.objects.update(state=NoticeState.WAITING, sent_at=None)
    assert tell(notice, News.DELIVERED)
    assert (notice.state, notice.sent_at is not None) == (NoticeState.SENT, True)


def test_an_address_that_nobody_has_is_silenced_in_every_recall(notice: DirectNotice) -> None:
    assert tell(notice, News.CAME_BACK, reaches_nobody=True)
    assert notice.state == NoticeState.BOUNCED
    assert not tell(notice, News.CAME_BACK, reaches_nobody=True)
    another = Recall.objects.create(slug="kettle-k30")
    assert is_silenced(notice, recall_id=another.pk)
    assert not is_silenced(notice, way=Way.LETTER)
    assert moves(notice) == ["bounced"]


def test_a_full_mailbox_silences_nobody(notice: DirectNotice) -> None:
    assert tell(notice, News.CAME_BACK)
    assert notice.state == NoticeState.BOUNCED
    assert not is_silenced(notice)


def test_in_whatever_order_they_come_one_that_came_back_stays_so(notice: DirectNotice) -> None:
    tell(notice, News.CAME_BACK)
    assert not tell(notice, News.DELIVERED)
    assert not tell(notice, News.REFUSED)
    assert (notice.state, notice.delivered_at) == (NoticeState.BOUNCED, None)


def test_a_complaint_silences_and_leaves_the_notice_told(notice: DirectNotice) -> None:
    assert tell(notice, News.COMPLAINED)
    assert not tell(notice, News.COMPLAINED)
    assert notice.state == NoticeState.SENT
    assert Suppressed.objects.get().reason == Suppression.COMPLAINED
    assert is_silenced(notice)


def test_a_wish_told_to_the_provider_holds_for_the_recall(notice: DirectNotice) -> None:
    assert take_wish_to_stop(random_id=notice.random_id.hex, provider_id="")
    another = Recall.objects.create(slug="kettle-k30")
    assert is_silenced(notice)
    assert not is_silenced(notice, recall_id=another.pk)


def test_the_provider_may_name_it_as_it_named_it_before(notice: DirectNotice) -> None:
    assert take_news(news=News.DELIVERED, random_id="", provider_id="made-up-1")


def test_a_report_of_a_mail_server_is_of_a_notice_too(notice: DirectNotice) -> None:
    name = f"<{notice.random_id.hex}@kettles.example>"
    assert take_report(Report(("<other@home.example>", name), News.CAME_BACK, True))
    assert not take_report(Report((name,), News.CAME_BACK, True))
    notice.refresh_from_db()
    assert notice.state == NoticeState.BOUNCED
    assert is_silenced(notice)
    with pytest.raises(NotOurMail):
        take_report(Report((f"<{'0' * 32}@kettles.example>",), News.CAME_BACK))


def test_what_is_not_ours_changes_nothing(notice: DirectNotice) -> None:
    assert not take_news(news=News.CAME_BACK, random_id="0" * 32, provider_id="x\0y")
    assert moves(notice) == []


def test_the_same_reason_stands_once(notice: DirectNotice) -> None:
    about = {"contact_digest": bytes(notice.contact_digest), "way": Way.EMAIL}
    assert suppress(**about, reason=Suppression.ASKED)
    assert not suppress(**about, reason=Suppression.ASKED)
    assert Suppressed.objects.count() == 1
