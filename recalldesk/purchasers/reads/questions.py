"""Whether two purchasers are one person: the questions that wait, and both records side by side."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser, SamePersonQuestion
from recalldesk.purchasers.reads.purchases import PurchaseRow, rows_of
from recalldesk.purchasers.reads.shown import ShownPurchaser, shown
from recalldesk.purchasers.states import ContactKind, QuestionSource, QuestionState
from recalldesk.recalls.models import Recall

PAGE_SIZE = 50
MOST_COUNTED = 1_000
MOST_PURCHASES = 50
LONGEST_PLACE = 60


@dataclass(frozen=True, repr=False)
class QuestionRow:
    """A question as it is listed, both masked. `weight`: how likely it is, from 0 to 1; `reasons`:
    words of `matching.people`; `by` and `decided_at`: who settled it and when."""

    number: int
    source: QuestionSource
    reasons: tuple[str, ...]
    weight: float
    state: QuestionState
    first: ShownPurchaser
    second: ShownPurchaser
    by: str
    decided_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class QuestionPage:
    """A page of the list, the likeliest first; `after`: the place of the next one, or empty."""

    rows: tuple[QuestionRow, ...]
    after: str
    count: int


@dataclass(frozen=True, repr=False)
class QuestionSeen:
    """One question with what each of both bought. `in_full`: nothing is masked; `shared`: kinds of
    contacts of which both have the same one, compared whole; `same_name`: so are their names."""

    row: QuestionRow
    recall: str
    bought_by_first: tuple[PurchaseRow, ...]
    bought_by_second: tuple[PurchaseRow, ...]
    in_full: bool
    shared: frozenset[ContactKind]
    same_name: bool


def questions_listed(
    recall: Recall,
    *,
    by: Staff,
    state: QuestionState = QuestionState.OPEN,
    after: str = "",
    size: int = PAGE_SIZE,
) -> QuestionPage:
    """A page of a recall's questions. A place that is none is the beginning.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.SEE_PURCHASERS)
    rows = SamePersonQuestion.objects.filter(recall=recall, state=state)
    count = rows[: MOST_COUNTED + 1].count()
    if (place := _place_in(after)) is not None:
        weight, number = place
        rows = rows.filter(weight__lt=weight) | rows.filter(weight=weight, pk__gt=number)
    ordered = rows.select_related("first", "second", "by").order_by("-weight", "pk")
    found = list(ordered[: size + 1])
    page = found[:size]
    last = page[-1] if len(found) > size else None
    people = shown([each for row in page for each in (row.first, row.second)])
    return QuestionPage(
        rows=tuple(_row(each, people[each.first_id], people[each.second_id]) for each in page),
        after=f"{last.weight!r}_{last.pk}" if last else "",
        count=count,
    )


def open_questions(recall: Recall, *, by: Staff) -> int:
    """How many wait, up to one more than `MOST_COUNTED`. Raises NotPermitted."""
    require(by, Permission.SEE_PURCHASERS)
    rows = SamePersonQuestion.objects.filter(recall=recall, state=QuestionState.OPEN)
    return rows[: MOST_COUNTED + 1].count()


@transaction.atomic
def question_page(recall: Recall, number: int, *, by: Staff) -> QuestionSeen:
    """One question, masked. Raises NotPermitted, NoSuchPurchaser, SealingError."""
    require(by, Permission.SEE_PURCHASERS)
    rows = SamePersonQuestion.objects.select_related("first", "second", "by", "recall")
    question = rows.filter(recall=recall, pk=number).first()
    if question is None:
        raise NoSuchPurchaser(
            f"{recall.slug} has no question {number}.", "The list of questions names those it has."
        )
    both = [question.first, question.second]
    people = shown(both)
    return QuestionSeen(
        row=_row(question, people[question.first_id], people[question.second_id]),
        recall=recall.slug,
        bought_by_first=_bought_by(question.first),
        bought_by_second=_bought_by(question.second),
        in_full=False,
        shared=_shared(question.first, question.second),
        same_name=bytes(question.first.name_digest) == bytes(question.second.name_digest),
    )


def _shared(first: Purchaser, second: Purchaser) -> frozenset[ContactKind]:
    of_first, of_second = (
        set(ContactPoint.objects.filter(purchaser=each).values_list("kind", "digest"))
        for each in (first, second)
    )
    return frozenset(ContactKind(kind) for kind, _ in of_first & of_second)


def _bought_by(purchaser: Purchaser) -> tuple[PurchaseRow, ...]:
    rows = Purchase.objects.filter(purchaser=purchaser).select_related("purchaser", "file")
    return rows_of(list(rows.order_by("ordered_on", "pk")[:MOST_PURCHASES]))


def _row(
    question: SamePersonQuestion, first: ShownPurchaser, second: ShownPurchaser
) -> QuestionRow:
    return QuestionRow(
        number=question.pk,
        source=QuestionSource(question.source),
        reasons=tuple(question.reasons),
        weight=question.weight,
        state=QuestionState(question.state),
        first=first,
        second=second,
        by=question.by.name if question.by else "",
        decided_at=question.decided_at,
        at=question.at,
    )


def _place_in(text: str) -> tuple[float, int] | None:
    weight, _, number = text.partition("_")
    if len(text) > LONGEST_PLACE or not (number.isascii() and number.isdecimal()):
        return None
    try:
        return float(weight), int(number)
    except ValueError:
        return None
