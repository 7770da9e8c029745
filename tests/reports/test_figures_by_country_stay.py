"""What a summary counts by country is what was known when a unit came to count, for good."""

from datetime import UTC, datetime

import pytest

from recalldesk.claims.models import Claim
from recalldesk.remedies.models import Correction
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells import abroad
from recalldesk.reports.progress.counting import count_figures, rows_of
from recalldesk.reports.progress.figures import CellOf, Span
from tests.outreach.told import Told
from tests.reports.effective import a_recall_for_months

pytestmark = pytest.mark.django_db


def test_another_remedy_of_the_same_claim_moves_no_unit_to_another_country(told: Told) -> None:
    a_recall_for_months(told.cast, weeks=2, seed=3, buyers=12)
    corrected, _ = abroad.by_country(("US",))
    today = datetime.now(UTC).date()
    period = Period(today.replace(year=today.year - 1, day=1), today)

    def counted() -> dict[str, int]:
        found = count_figures(told.recall, period, corrected)
        return {name: numbers.in_period for name, numbers in found.items()}

    before = counted()
    assert before["corrected-in-us"] > 0
    assert sum(before.values()) == sum(Correction.objects.values_list("units", flat=True))
    Claim.objects.update(remedy=None)  # undone, and granted anew: the claim names another one
    assert counted() == before
    for figure in corrected:
        rows = rows_of(told.recall, period, CellOf(figure, Span.PERIOD))
        assert sum(each.adds for each in rows) == before[figure.name]
