"""Who a purchaser is, in full; and the lines of a file that were not taken.

Guarantees: who may not see it gets none of it; each look stands in the log before anything is
opened, with why. What is shown of a line to anybody else is its shape: where its marks stand.
"""

from dataclasses import dataclass, replace

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.personal import show_personal
from recalldesk.claims.models import Filing
from recalldesk.foundation.problem import Problem
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.models import OrderReject, Purchase, Purchaser
from recalldesk.purchasers.reads.files import IMPORTED, REJECTS_SHOWN, no_file
from recalldesk.purchasers.reads.questions import QuestionSeen, question_page
from recalldesk.purchasers.reads.shown import (
    NAMED,
    ShownContact,
    ShownPurchaser,
    shown,
    shown_filing,
)
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

MOST_ORDERS = 200
LONGEST_REASON = 300


class NoReasonGiven(Problem):
    """Who sees somebody in full says why."""


@dataclass(frozen=True, repr=False)
class Ordered:
    """An order by its number, as the shop gave it."""

    order: str
    serial: str
    channel: Channel
    product: str


@dataclass(frozen=True, repr=False)
class InFull:
    """All that is sealed of one purchaser."""

    name: str
    contacts: tuple[ShownContact, ...]
    orders: tuple[Ordered, ...]


@dataclass(frozen=True, repr=False)
class RejectedRow:
    """A line that was not taken. `row`: as it came, or its shape; empty once it was forgotten."""

    number: int
    reason: str
    row: str


@transaction.atomic
def show_in_full(*, recall: Recall, number: int, by: Staff, reason: str) -> InFull:
    """Raises NotPermitted, NoReasonGiven, NoSuchPurchaser, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    require(by, Permission.SEE_PERSONAL)
    said = _said(reason)
    purchaser = Purchaser.objects.filter(recall=recall, pk=number).first()
    if purchaser is None:
        raise NoSuchPurchaser(f"{recall.slug} has no purchaser {number}.")
    _log(purchaser, by, said)
    whole = shown([purchaser], in_full=True)[number]
    rows = Purchase.objects.filter(purchaser=purchaser).order_by("ordered_on", "pk")
    return InFull(
        name=whole.name,
        contacts=whole.contacts,
        orders=tuple(
            Ordered(
                order=opened(each, "sealed_order"),
                serial=opened(each, "sealed_serial"),
                channel=Channel(each.channel),
                product=each.product,
            )
            for each in rows[:MOST_ORDERS]
        ),
    )


@transaction.atomic
def show_both(*, recall: Recall, number: int, by: Staff, reason: str) -> QuestionSeen:
    """A question with both in full; of a filing it stands in the log of its first claim.

    Raises NotPermitted, NoReasonGiven, NoSuchPurchaser, SealingError.
    """
    require(by, Permission.SEE_PERSONAL)
    said = _said(reason)
    seen = question_page(recall, number, by=by)
    both = [seen.row.first.number, seen.row.second.number]
    people = list(Purchaser.objects.filter(pk__in=both))
    for each in people:
        _log(each, by, said)
    whole = shown(people, in_full=True)
    if seen.row.filing:
        second = _filing_in_full(recall, seen.row.filing, by, said)
    else:
        second = whole[both[1]]
    return replace(seen, row=replace(seen.row, first=whole[both[0]], second=second), in_full=True)


def _filing_in_full(recall: Recall, reference: str, by: Staff, said: str) -> ShownPurchaser:
    filing = Filing.objects.get(recall=recall, reference=reference)
    for claim in filing.claims.order_by("position")[:1]:
        show_personal(claim_id=claim.pk, by=by, reason=said)
    return shown_filing(filing, in_full=True)


def rejected_shapes(
    recall: Recall, number: int, *, by: Staff, after: int = 0
) -> tuple[RejectedRow, ...]:
    """A page of the lines of a file that were not taken, those behind a place, each as its shape.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.IMPORT_ORDERS)
    return tuple(
        RejectedRow(each.number, each.reason, shape_of(opened(each, "sealed_row")))
        for each in _lines(recall, number, after)
    )


@transaction.atomic
def show_rejected(
    *, recall: Recall, number: int, by: Staff, reason: str, after: int = 0
) -> tuple[RejectedRow, ...]:
    """The same, as they came. Raises NotPermitted, NoReasonGiven, NoSuchFile, SealingError."""
    require(by, Permission.IMPORT_ORDERS)
    require(by, Permission.SEE_PERSONAL)
    said = _said(reason)
    rows = _lines(recall, number, after)
    if not rows:
        raise no_file(recall, number)
    record_change(
        subject=Subject.ORDER_FILE,
        subject_id=number,
        from_state=IMPORTED,
        to_state=IMPORTED,
        reason=Reason.PERSONAL_SHOWN,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=said,
    )
    return tuple(RejectedRow(each.number, each.reason, opened(each, "sealed_row")) for each in rows)


def shape_of(row: str) -> str:
    """A row whose letters are all x and whose digits are all 9: what stands between them stays,
    since that is what is wrong with most of them."""
    return "".join("9" if each.isdigit() else "x" if each.isalpha() else each for each in row)


def _log(purchaser: Purchaser, by: Staff, said: str) -> None:
    record_change(
        subject=Subject.PURCHASER,
        subject_id=purchaser.pk,
        from_state=NAMED,
        to_state=NAMED,
        reason=Reason.PERSONAL_SHOWN,
        actor_id=by.pk,
        recall_id=purchaser.recall_id,
        note=said,
    )


def _lines(recall: Recall, number: int, after: int) -> list[OrderReject]:
    rows = OrderReject.objects.filter(file=number, file__recall=recall).select_related("file")
    return list(rows.filter(number__gt=after).order_by("number", "pk")[:REJECTS_SHOWN])


def _said(reason: str) -> str:
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise NoReasonGiven("No reason was given.", "Say why you look; it is kept in the log.")
    return said
