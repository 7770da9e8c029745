"""Claims that were erased are untied from the purchasers who made them.

Guarantee: whoever counts claims by their ties hears of each before its ties go, in the same
transaction: a kill leaves both or neither, and what goes twice is told once.
"""

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Q

from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.purchasers.models import Join, SamePersonQuestion
from recalldesk.recalls.models import Recall

Untied = Callable[[Filing, Collection[int]], object]
_hearers: list[Untied] = []


def register_untied(hearer: Untied) -> None:
    """It is called with each filing that was erased, and the purchasers to whom it was tied."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def let_go_of_erased() -> int:
    """Unties filings that were erased; how many joins went. Nobody is asked about them any more."""
    is_gone = Q(filing__isnull=False) & ~Q(filing__state=FilingState.FILED)
    SamePersonQuestion.objects.filter(is_gone).delete()
    gone = Join.objects.filter(is_gone).order_by("filing_id")
    return sum(_untie(each) for each in list(gone.values_list("filing_id", flat=True).distinct()))


@transaction.atomic
def _untie(filing_id: int) -> int:
    filing = Filing.objects.get(pk=filing_id)
    # Whoever finds anew who is one person would tie it once more, and it would be told twice.
    Recall.objects.select_for_update(no_key=True).get(pk=filing.recall_id)
    ties = Join.objects.filter(filing=filing)
    purchasers = frozenset(ties.values_list("first_id", flat=True))
    if purchasers and filing.state == FilingState.ERASED:
        for hearer in _hearers:
            hearer(filing, purchasers)
    return ties.delete()[0]
