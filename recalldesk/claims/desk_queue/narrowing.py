"""The rows of a list, as far as an index finds them, and what is left to look at one by one.

Guarantee: what an index does not serve is never asked of a whole table: it is kept apart, so that
whoever reads a page can bound how many rows are looked through.
"""

from dataclasses import dataclass
from enum import Enum

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from recalldesk.accounts.models import Staff
from recalldesk.claims.desk_days import DeskDays, Due
from recalldesk.claims.desk_queue.filters import Assigned, Filters
from recalldesk.claims.desk_queue.lists import IN_LIST, QueueList
from recalldesk.claims.models import Claim
from recalldesk.claims.states import OPEN, ClaimState
from recalldesk.recalls.models import Recall


class Order(Enum):
    """In which order a list is worked off; the value is what the rows are sorted by."""

    PROMISE = ("promised_on", "pk")
    NEWEST = ("-pk",)


@dataclass(frozen=True)
class Narrowed:
    """`found` by an index, in no order yet; `rest`: what each row must fulfil beside."""

    found: QuerySet[Claim]
    rest: Q
    order: Order

    @property
    def all_rows(self) -> QuerySet[Claim]:
        """All of them, for whoever reads the whole list."""
        return self.found.filter(self.rest)


def narrowed(filters: Filters, *, by: Staff, days: DeskDays, folds: bool = False) -> Narrowed:
    """The rows of a list with its filters. A recall that is not there has none. `folds`: of the
    units that one owner sent as a list, one row stands for all."""
    by_index, rest = Q(), Q()
    if filters.recall:
        of_recall = Q(recall_id=_recall_named(filters.recall))
        if _finds_recalls(filters):
            by_index &= of_recall
        else:
            rest &= of_recall
    if filters.filing:
        by_index &= Q(filing__reference=filters.filing)
    elif folds and filters.list in IN_LIST:
        by_index &= ~_behind_another_of_its_list()
    if filters.assigned is Assigned.ME:
        by_index &= Q(assigned_to=by)
    elif filters.assigned is not None:
        rest &= Q(assigned_to__isnull=filters.assigned is Assigned.NOBODY)
    if filters.reason:
        rest &= Q(tags__contains=[filters.reason])
    for name, value in (
        ("filing__channel", filters.channel),
        ("filing__country", filters.country),
        ("filing__remedy_key", filters.remedy),
    ):
        if value:
            rest &= Q(**{name: value})
    return _of_list(filters, by_index, rest, days)


def _behind_another_of_its_list() -> Q:
    """Of a list of units one claim stands for all that wait alike, so that hundreds bury nobody
    else's. Each of the others is behind it, under the reference of their filing."""
    before = Claim.objects.filter(
        filing=OuterRef("filing"), desk=OuterRef("desk"), pk__lt=OuterRef("pk")
    )
    return Q(filing__is_list=True) & Q(Exists(before))


def _of_list(filters: Filters, by_index: Q, rest: Q, days: DeskDays) -> Narrowed:
    due = days.due(filters.due) if filters.due else Q()
    state = Q(state=filters.state) if filters.state else Q()
    if filters.list is QueueList.ALL:
        by_index &= state or ~Q(state=ClaimState.DRAFT)
        return Narrowed(Claim.objects.filter(by_index), rest & due, Order.NEWEST)
    if filters.list is QueueList.PROMISE:
        due = due or days.due(Due.SOON)
        # As the index of promises that run says it: the database compares the words.
        by_index &= Q(state__in=sorted(OPEN)) & due
    else:
        by_index &= Q(desk=IN_LIST[filters.list]) & due
    return Narrowed(Claim.objects.filter(by_index), rest & state, Order.PROMISE)


def _finds_recalls(filters: Filters) -> bool:
    """Whether an index of the list begins with the recall, or few rows are left anyway."""
    if filters.assigned is Assigned.ME:
        return True
    if filters.list is QueueList.ALL:
        return filters.state is None
    return filters.list is not QueueList.PROMISE


def _recall_named(slug: str) -> Subquery:
    """The recall's number, found within the query itself: a page asks for it many times."""
    return Subquery(Recall.objects.filter(slug=slug).values("pk")[:1])
