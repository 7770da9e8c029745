"""One notice: whom it went to, what it named, what happened to it, what came back.

Guarantee: nobody is named in full; the link of its owner, which opens their page, is not among it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.reads import rows_about
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.outreach.answering.of_erased import GIVEN
from recalldesk.outreach.answering.told_by_hand import is_to_tell
from recalldesk.outreach.errors import NoSuchNotice
from recalldesk.outreach.models import Answer, Call, DirectNotice, Suppressed, ToldByHand, Wave
from recalldesk.outreach.reads.notices import NoticeRow, rows_of_notices
from recalldesk.outreach.states import (
    AnswerKind,
    ByHand,
    CallOutcome,
    NoticeState,
    Suppression,
    WaveKind,
    Way,
)
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.reads.purchases import PurchaseRow, rows_of
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True)
class Happened:
    """A move of the notice, as the log has it. `by`: a name, or empty for the machine."""

    at: datetime
    to_state: str
    reason: str
    by: str


@dataclass(frozen=True)
class Answered:
    """An answer. `by`: who wrote it down, where it did not come by the link; `led_to`: the number
    of the notice to whoever has the unit now."""

    kind: AnswerKind
    units: int
    at: datetime
    by: str
    undone_at: datetime | None
    led_to: int | None


@dataclass(frozen=True)
class Called:
    """A call."""

    outcome: CallOutcome
    at: datetime
    by: str
    again_at: datetime | None


@dataclass(frozen=True)
class NotWrittenTo:
    """That the contact is not written to in one way."""

    way: Way
    reason: Suppression
    everywhere: bool
    at: datetime


@dataclass(frozen=True, repr=False)
class TellingSeen:
    """That a person told them. `note`: only for those who may see personal data."""

    how: ByHand
    on: date
    by: str
    note: str


@dataclass(frozen=True, repr=False)
class NoticeSeen:
    """All that is known of one. `passed_on_by`: the number of the notice whose reader named this
    recipient; `is_to_tell`: they are left for a person to tell."""

    row: NoticeRow
    purchases: tuple[PurchaseRow, ...]
    happened: tuple[Happened, ...]
    answers: tuple[Answered, ...]
    calls: tuple[Called, ...]
    not_written_to: tuple[NotWrittenTo, ...]
    purchaser: int | None
    passed_on_by: int | None
    is_to_tell: bool
    told_by_hand: TellingSeen | None
    asked_to_be_told: bool
    letter_file: int | None


def notice_of(wave: Wave, number: int) -> DirectNotice:
    """The notice of that number. Raises NoSuchNotice."""
    found = DirectNotice.objects.filter(wave=wave, pk=number).first()
    if found is None:
        raise NoSuchNotice(
            f"Wave {wave.number} has no notice {number}.", "The wave's page leads to each."
        )
    return found


@transaction.atomic
def notice_seen(wave: Wave, number: int, *, by: Staff) -> NoticeSeen:
    """Raises NotPermitted, NoSuchNotice, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    notice = notice_of(wave, number)
    named = notice.named.order_by("purchase__ordered_on", "purchase_id").values("purchase")
    purchases = Purchase.objects.filter(pk__in=named).select_related("purchaser")
    passed_on = notice.passed_on_by
    return NoticeSeen(
        row=rows_of_notices([notice])[0],
        purchases=rows_of(list(purchases.order_by("ordered_on", "pk"))),
        happened=_happened(notice),
        answers=_answers(notice),
        calls=_calls(notice),
        not_written_to=_not_written_to(notice),
        purchaser=notice.purchaser_id,
        passed_on_by=passed_on.notice_id if passed_on else None,
        is_to_tell=DirectNotice.objects.filter(is_to_tell(), pk=notice.pk).exists(),
        told_by_hand=_told_by_hand(notice, by),
        asked_to_be_told=notice.wish_id is not None,
        letter_file=notice.letter_file.number if notice.letter_file else None,
    )


def _told_by_hand(notice: DirectNotice, by: Staff) -> TellingSeen | None:
    told = ToldByHand.objects.filter(notice=notice).select_related("by", "notice").first()
    if told is None:
        return None
    note = opened(told, "sealed_note") if by.may(Permission.SEE_PERSONAL) else ""
    return TellingSeen(ByHand(told.how), told.on, told.by.name, note)


def _happened(notice: DirectNotice) -> tuple[Happened, ...]:
    rows = [each.row for each in rows_about({Subject.NOTICE: [notice.pk]})]
    people = dict(
        Staff.objects.filter(pk__in={each.actor_id for each in rows}).values_list("pk", "name")
    )
    made = Happened(notice.made_at, NoticeState.WAITING, "", "")
    return (
        made,
        *(
            Happened(
                each.at,
                each.to_state,
                each.reason,
                people.get(each.actor_id or 0, "") if each.actor == Actor.STAFF else "",
            )
            for each in rows
            if each.reason != Reason.PERSONAL_SHOWN
        ),
    )


def _answers(notice: DirectNotice) -> tuple[Answered, ...]:
    rows = Answer.objects.filter(GIVEN, notice=notice).select_related("by").order_by("pk")
    led_to = DirectNotice.objects.filter(passed_on_by__notice=notice)
    first = led_to.exclude(wave__kind=WaveKind.REMINDER).order_by("-pk")
    led = dict(first.values_list("passed_on_by", "pk"))
    return tuple(
        Answered(
            kind=AnswerKind(each.kind),
            units=each.units,
            at=each.at,
            by=each.by.name if each.by else "",
            undone_at=each.undone_at,
            led_to=led.get(each.pk),
        )
        for each in rows
    )


def _calls(notice: DirectNotice) -> tuple[Called, ...]:
    rows = Call.objects.filter(notice=notice).select_related("by").order_by("pk")
    return tuple(
        Called(CallOutcome(each.outcome), each.at, each.by.name, each.again_at) for each in rows
    )


def _not_written_to(notice: DirectNotice) -> tuple[NotWrittenTo, ...]:
    rows = Suppressed.objects.filter(
        contact_digest=bytes(notice.contact_digest), lifted_at=None
    ).order_by("pk")
    return tuple(
        NotWrittenTo(Way(each.way), Suppression(each.reason), each.recall_id is None, each.at)
        for each in rows
        if each.recall_id in (None, notice.recall_id)
    )
