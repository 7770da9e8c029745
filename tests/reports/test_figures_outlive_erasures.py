"""Whatever is erased, no figure changes: of progress, effectiveness, reach or the desk."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from recalldesk.claims.erasing_contacts import erase_contacts
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.incidents.erasing import erase_people_of_old_incidents
from recalldesk.incidents.states import Care
from recalldesk.keeping import daily
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.reach.figures import reach_of
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser
from recalldesk.recalls.actions import close_recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.reads import figures_of
from recalldesk.reports.effectiveness.figures import effectiveness_of
from recalldesk.reports.progress.counting import count_figures
from tests.outreach.told import Told
from tests.reports.effective import a_recall_for_months
from tests.reports.progressed import BEFORE, Progressed

pytestmark = pytest.mark.django_db
LATER = timedelta(days=6 * 365)


def figures(told: Told, period: Period) -> dict[str, Any]:
    """Every figure of the recall, and the number of every row."""
    by, recall = told.cast.administrator, told.recall
    rows = (Filing, Claim, Purchaser, ContactPoint, Purchase, DirectNotice)
    return {
        "desk": figures_of([recall.pk], period, by=by),
        "progress": count_figures(recall, period),
        "effectiveness": effectiveness_of(recall, by=by),
        "reach": reach_of(recall, by=by),
        "rows": [list(each.objects.order_by("pk").values_list("pk", flat=True)) for each in rows],
    }


@pytest.mark.parametrize("seed", [3, 8])
def test_no_figure_changes(told: Told, seed: int) -> None:
    a_recall_for_months(told.cast, weeks=5, seed=seed, buyers=18)
    progressed = Progressed(told.recall, told.cast.author, told)
    progressed.incident(BEFORE, Care.DOCTOR, Care.NONE)
    progressed.contacts()
    progressed.registers()
    close_recall(recall=told.recall, by=told.cast.approver)
    today = clock.now().date()
    period = Period(today - timedelta(days=60), today)
    with time_machine.travel(clock.now() + LATER, tick=False):
        before = figures(told, period)
        erased = daily.erase_due() + erase_people_of_old_incidents() + erase_contacts()
        assert erased > 20
        after = figures(told, period)
    for name, value in before.items():
        assert after[name] == value, name
    assert Filing.objects.filter(state=FilingState.ERASED).count() > 3
    assert not ContactPoint.objects.exclude(sealed_value=b"").exists()
