"""Whether two purchasers, or a purchaser and who filed a claim, are one person: the questions that
wait, and both records side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.models import Filing
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.purchasers.digests import contact_digest, name_digest, phone_form
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser, SamePersonQuestion
from recalldesk.purchasers.reads.purchases import PurchaseRow, rows_of
from recalldesk.purchasers.reads.shown import ShownPurchaser, shown, shown_filing
from recalldesk.purchasers.states import ContactKind, QuestionSource, QuestionState
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

PAGE_SIZE = 50
MOST_COUNTED = 1_000
MOST_PURCHASES = 50
LONGEST_PLACE = 60
BOTH = ("first", "second", "filing")


@dataclass(frozen=True, repr=False)
class QuestionRow:
    """A question as it is listed, both masked. `filing`: where `second` is no purchaser but who
    filed it, its reference, else empty; `weight`: how likely it is, from 0 to 1; `reasons`: words
    of `matching.people`; `by` and `decided_at`: who settled it and when."""

    number: int
    source: QuestionSource
    reasons: tuple[str, ...]
    weight: float
    state: QuestionState
    first: ShownPurchaser
    second: ShownPurchaser
    filing: str
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
    """One question with what each of both bought. `claims`: of a filing, how many units it claims,
    `filed_at`: when it was filed; `in_full`: nothing is masked; `shared`: kinds of contacts of
    which both have the same one, compared whole; `same_name`: so are their names."""

    row: QuestionRow
    recall: str
    bought_by_first: tuple[PurchaseRow, ...]
    bought_by_second: tuple[PurchaseRow, ...]
    claims: int
    filed_at: datetime | None
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
    ordered = rows.select_related(*BOTH, "by").order_by("-weight", "pk")
    found = list(ordered[: size + 1])
    page = found[:size]
    last = page[-1] if len(found) > size else None
    people = shown([each for row in page for each in (row.first, row.second) if each])
    return QuestionPage(
        rows=tuple(_row(each, people) for each in page),
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
    rows = SamePersonQuestion.objects.select_related(*BOTH, "by", "recall")
    question = rows.filter(recall=recall, pk=number).first()
    if question is None:
        raise NoSuchPurchaser(
            f"{recall.slug} has no question {number}.", "The list of questions names those it has."
        )
    first, second, filing = question.first, question.second, question.filing
    own = _of_purchaser(first)
    other = _of_purchaser(second) if second else _of_filing(filing) if filing else _Known(b"")
    return QuestionSeen(
        row=_row(question, shown([each for each in (first, second) if each])),
        recall=recall.slug,
        bought_by_first=_bought_by(first),
        bought_by_second=_bought_by(second) if second else (),
        claims=filing.claims.count() if filing else 0,
        filed_at=filing.filed_at if filing else None,
        in_full=False,
        shared=frozenset(kind for kind, _ in own.contacts & other.contacts),
        same_name=own.name == other.name,
    )


@dataclass(frozen=True, repr=False)
class _Known:
    """By which digests somebody is known: of the name's words, and of each contact."""

    name: bytes
    contacts: frozenset[tuple[ContactKind, bytes]] = frozenset()


def _of_purchaser(purchaser: Purchaser) -> _Known:
    rows = ContactPoint.objects.filter(purchaser=purchaser).values_list("kind", "digest")
    contacts = frozenset((ContactKind(kind), bytes(digest)) for kind, digest in rows)
    return _Known(bytes(purchaser.name_digest), contacts)


def _of_filing(filing: Filing) -> _Known:
    address = opened(filing, "sealed_address")
    forms = (
        (ContactKind.EMAIL, email_form(opened(filing, "sealed_email"))),
        (ContactKind.PHONE, phone_form(opened(filing, "sealed_phone"))),
        (ContactKind.ADDRESS, address_form(json.loads(address)).flat if address else ""),
    )
    contacts = frozenset((kind, contact_digest(kind, form)) for kind, form in forms if form)
    return _Known(name_digest(opened(filing, "sealed_name")), contacts)


def _bought_by(purchaser: Purchaser) -> tuple[PurchaseRow, ...]:
    rows = Purchase.objects.filter(purchaser=purchaser).select_related("purchaser", "file")
    return rows_of(list(rows.order_by("ordered_on", "pk")[:MOST_PURCHASES]))


def _row(question: SamePersonQuestion, people: Mapping[int, ShownPurchaser]) -> QuestionRow:
    filing = question.filing
    return QuestionRow(
        number=question.pk,
        source=QuestionSource(question.source),
        reasons=tuple(question.reasons),
        weight=question.weight,
        state=QuestionState(question.state),
        first=people[question.first_id],
        second=shown_filing(filing) if filing else people[question.second_id or 0],
        filing=filing.reference if filing else "",
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
