"""Keeps it current who is one person.

Guarantees: what somebody settled is obeyed; what joins two is a row with its reasons, and rows say
what the last run found, no more; doubts become questions, each pair once, and what was answered is
never asked again. Runs over one recall go one after the other, under its lock.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.keeping.models import Erased
from recalldesk.keeping.states import Thing
from recalldesk.matching.people import Clusters, Settled, cluster
from recalldesk.purchasers.models import Join, Person, Purchaser, SamePersonQuestion
from recalldesk.purchasers.people.assigning import assigned
from recalldesk.purchasers.people.records import id_of_filing, records_of
from recalldesk.purchasers.people.rows import Wanted, set_joins, set_persons, set_questions
from recalldesk.purchasers.states import QuestionSource, QuestionState
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class People:
    """How many purchasers and persons there are, joins between them, and questions that wait."""

    purchasers: int
    persons: int
    joins: int
    questions: int


@dataclass(frozen=True)
class _Said:
    """What somebody said of two: that they are one person, or two."""

    two: Wanted
    is_one: bool
    by: int | None


@transaction.atomic
def keep_people_current(recall: Recall, *, with_review: bool = False) -> People:
    """Finds anew who of a recall's purchasers and owners is one person. `with_review`: and asks
    about those of whom the review of the whole finds it likely. Raises SealingError."""
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    everybody = Purchaser.objects.filter(recall=recall)
    filings = Filing.objects.filter(recall=recall, state=FilingState.FILED)
    found = cluster_anew(recall.pk, everybody, filings.iterator() if everybody.exists() else ())
    if with_review:
        ask_what_is_likely(recall.pk, everybody, found)
    return people_of(recall)


def cluster_persons_anew(recall_id: int, persons: Sequence[int], *also: Filing) -> None:
    """The same of those who are these persons now, with the filings that are tied to them, or of
    which somebody is or was asked whether they are theirs; the caller holds the lock of the recall.
    `also`: filings that may be of them.

    Raises SealingError.
    """
    # The persons may change while they are found anew: who is asked for is said by number.
    among = Purchaser.objects.filter(recall_id=recall_id, person__in=persons)
    numbers = list(among.values_list("pk", flat=True))
    purchasers = Purchaser.objects.filter(pk__in=numbers)
    of_filings = {"first__in": numbers, "filing__state": FilingState.FILED}
    tied = Join.objects.filter(**of_filings).values_list("filing_id", flat=True)
    asked = SamePersonQuestion.objects.filter(**of_filings).values_list("filing_id", flat=True)
    filings = {each.pk: each for each in also if each.state == FilingState.FILED}
    filings |= Filing.objects.in_bulk({*tied, *asked} - filings.keys())
    cluster_anew(recall_id, purchasers, list(filings.values()))


def people_of(recall: Recall) -> People:
    """As it stands now."""
    questions = SamePersonQuestion.objects.filter(recall=recall, state=QuestionState.OPEN)
    return People(
        purchasers=Purchaser.objects.filter(recall=recall).count(),
        persons=Person.objects.filter(recall=recall).count(),
        joins=Join.objects.filter(first__recall=recall).count(),
        questions=questions.count(),
    )


def cluster_anew(
    recall_id: int, purchasers: QuerySet[Purchaser], filings: Iterable[Filing]
) -> Clusters:
    """Finds anew who of these is one person; they are whole persons. Raises SealingError."""
    # Who was erased has no keys any more, and stays the person that they were.
    erased = Erased.objects.filter(thing=Thing.PURCHASER, thing_id=OuterRef("pk"))
    purchasers = purchasers.exclude(Exists(erased))
    said, looked_at = _answered(recall_id), set[int]()
    records = records_of(recall_id, purchasers, _noted(filings, looked_at))
    found = cluster(records, settled=_settled(said))
    now = dict(purchasers.order_by().values_list("pk", "person_id"))
    groups = (tuple(each for each in group if each > 0) for group in found.members)
    set_persons(recall_id, *assigned(now, groups))
    by = {each.two: each.by for each in said if each.is_one}
    set_joins(purchasers, joins_in(found), by)
    set_questions(recall_id, purchasers, found.doubts, filings=looked_at)
    empty = ~Exists(Purchaser.objects.filter(person=OuterRef("pk")))
    Person.objects.filter(empty, recall_id=recall_id).delete()
    return found


def ask_what_is_likely(
    recall_id: int, purchasers: QuerySet[Purchaser], left_over: Clusters
) -> None:
    """Asks about purchasers whom the rules left two and the review finds likely to be one. It joins
    nobody. Raises SealingError."""
    # Splink takes a second and much memory to import.
    from recalldesk.matching.people.review import review

    records = list(records_of(recall_id, purchasers, ()))
    if len(records) < 2:
        return
    doubts = review(records, left_over, settled=_settled(_answered(recall_id)))
    set_questions(recall_id, purchasers, doubts, source=QuestionSource.REVIEW)


def _noted(filings: Iterable[Filing], numbers: set[int]) -> Iterator[Filing]:
    """The same filings; their numbers are noted as they pass."""
    for each in filings:
        numbers.add(each.pk)
        yield each


def _answered(recall_id: int) -> list[_Said]:
    """What people said."""
    rows = SamePersonQuestion.objects.filter(recall_id=recall_id).exclude(state=QuestionState.OPEN)
    return [
        _Said((first, second, filing), state == QuestionState.ONE, by)
        for first, second, filing, state, by in rows.values_list(
            "first_id", "second_id", "filing_id", "state", "by_id"
        )
    ]


def _settled(said: Sequence[_Said]) -> list[Settled]:
    found = []
    for each in said:
        first, second, filing = each.two
        other = second if filing is None else id_of_filing(filing)
        if other is not None:
            found.append(Settled(first, other, each.is_one))
    return found


def joins_in(found: Clusters) -> dict[Wanted, list[str]]:
    """The joins that are kept. A filing that is joined to no purchaser but to a filing of theirs is
    tied to the first of them, for the reasons of that join."""
    wanted: dict[Wanted, list[str]] = {}
    between_filings: dict[int, list[str]] = {}
    for join in found.joins:
        reasons = [str(each) for each in join.reasons]
        if join.first > 0:
            wanted[join.first, join.second, None] = reasons
        elif join.second > 0:
            wanted[join.second, None, -join.first] = reasons
        else:
            between_filings.setdefault(-join.first, reasons)
            between_filings.setdefault(-join.second, reasons)
    tied = {filing for _, _, filing in wanted}
    for group in found.members:
        first = min((each for each in group if each > 0), default=None)
        loose = (-each for each in group if each < 0 and -each not in tied)
        if first is not None:
            wanted.update({(first, None, each): between_filings[each] for each in loose})
    return wanted
