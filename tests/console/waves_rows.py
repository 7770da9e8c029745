"""Made-up waves in every state, for the pages of the desk. Nobody in them is real."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.mailing.states import SendError
from recalldesk.matching.orders import Buyer
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.states import (
    AnswerKind,
    NoticeState,
    Suppression,
    WaveKind,
    Way,
)
from recalldesk.outreach.suppressing import suppress_by_notice
from recalldesk.outreach.waves.actions import approve_wave, ask_for_approval, draft_wave
from recalldesk.outreach.waves.starting import start_wave
from recalldesk.recalls.models import Recall
from tests.console.purchasers_rows import Rows

EVERY_WAY = (Way.EMAIL, Way.SMS, Way.LETTER, Way.PHONE)
COSTS = {Way.SMS: Decimal("0.05"), Way.LETTER: Decimal("0.95")}


@transaction.atomic
def at_work(recall: Recall, by: Staff, other: Staff) -> Wave:
    """A first notice by every way, approved and being sent."""
    wave = draft_wave(
        recall=recall,
        name="First notice",
        by=by,
        ways=EVERY_WAY,
        costs=COSTS,
        currency="USD",
    )
    wave = approve_wave(ask_for_approval(wave, by=by), by=other)
    start_wave(wave.pk)
    wave.refresh_from_db()
    return wave


def sent(wave: Wave) -> list[DirectNotice]:
    """Most of its mails sent, one of which came back; a text tried again later; answers."""
    now = clock.now()
    mails = list(wave.notices.filter(way=Way.EMAIL).order_by("pk"))
    for mail in mails:
        moved(mail, NoticeState.SENT, sent_at=now - timedelta(minutes=2), attempts=1)
    moved(mails[-1], NoticeState.BOUNCED, ended_at=now, last_error=SendError.BOUNCED)
    suppress_by_notice(mails[-1], Suppression.BOUNCED)
    for text in wave.notices.filter(way=Way.SMS).order_by("pk")[:1]:
        moved(text, NoticeState.WAITING, not_before=now + timedelta(hours=9), attempts=1)
    answer(notice=mails[0], kind=AnswerKind.SOLD, units=1)
    return mails


def moved(notice: DirectNotice, state: NoticeState, **more: object) -> None:
    """As the sender writes it down."""
    DirectNotice.objects.filter(pk=notice.pk).update(state=state, **more)


def more_buyers(rows: Rows, count: int = 5) -> None:
    """So many more who bought one each, with an e-mail address."""
    for number in range(count):
        buyer = Buyer(name=f"Buyer{number} Madeup", email=f"buyer{number}@home.example")
        rows.purchase(rows.files[1], rows.purchaser(buyer), f"MADE-UP-2{number}")


def made_waves(rows: Rows, by: Staff, other: Staff) -> list[Wave]:
    """One at work, one that waits for the other person, one that is being written."""
    recall = rows.recall
    more_buyers(rows)
    first = at_work(recall, by, other)
    sent(first)
    asked = draft_wave(recall=recall, name="Reminder", by=by, kind=WaveKind.REMINDER, silent_days=0)
    ask_for_approval(asked, by=by)
    draft = draft_wave(
        recall=recall, name="By letter and text", by=by, ways=(Way.SMS, Way.LETTER), costs=COSTS
    )
    return [first, asked, draft]
