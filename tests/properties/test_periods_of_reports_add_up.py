"""Whatever happens in whatever order: periods that follow on one another add up to what is so far,
and what is learned later changes no period that was over and read."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.claims.states import Channel
from recalldesk.incidents.states import Care
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.recalls.models import RecallVersion
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.counting import rows_of
from recalldesk.reports.progress.figures import Numbers
from recalldesk.stock.states import Kind
from tests.cast import Cast
from tests.outreach.told import Told
from tests.reports.progressed import AFTER, BEFORE, CELLS, Progressed

pytestmark = pytest.mark.django_db
FIRST = date(2027, 3, 1)
HAPPENS: Mapping[str, Callable[[Progressed], None]] = {
    "corrects": Progressed.corrects,
    "stock": lambda made: made.corrects(7, Level.RETAILER),
    "takes back": Progressed.takes_back,
    "before": lambda made: made.incident(BEFORE, Care.DOCTOR, Care.NONE),
    "after": lambda made: made.incident(AFTER, Care.DEATH),
    "some day": lambda made: made.incident(None, Care.UNKNOWN),
    "joins": Progressed.joins,
    "parts": Progressed.parts,
    "strikes": Progressed.strikes,
    "learns": lambda made: made.learns(BEFORE),
    "sends": Progressed.sends,
    "reminds": lambda made: made.sends(Way.LETTER, WaveKind.REMINDER),
    "bounces": Progressed.bounces,
    "calls": Progressed.contacts,
    "writes": lambda made: made.contacts(Channel.LETTER),
    "registers": Progressed.registers,
    "unregisters": Progressed.unregisters,
    "destroys": Progressed.moves_stock,
    "returns": lambda made: made.moves_stock(Kind.RETURNED),
    "another shelf": Progressed.takes_stock_back,
}


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(sorted(HAPPENS))), min_size=4, max_size=12
    ),
    st.data(),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_periods_add_up_and_what_comes_later_changes_none(
    published_recall: RecallVersion,
    cast: Cast,
    happened: list[tuple[int, str]],
    data: st.DataObject,
) -> None:
    with transaction.atomic():
        made = Progressed(published_recall.recall, cast.author, Told(cast))
        read: list[tuple[Period, dict[str, Numbers]]] = []
        today = FIRST
        for days, what in happened:
            later = today + timedelta(days=days)
            with time_machine.travel(datetime.combine(later, time(9), tzinfo=UTC), tick=False):
                if later > FIRST:
                    begins = data.draw(st.dates(FIRST, later - timedelta(days=1)))
                    period = Period(begins, later - timedelta(days=1))
                    read.append((period, made.counted(period)))
                HAPPENS[what](made)
                made.counted(Period(later, later))
            today = later
        with time_machine.travel(
            datetime.combine(today + timedelta(days=40), time(9), tzinfo=UTC), tick=False
        ):
            for period, numbers in read:
                assert made.counted(period) == numbers
            _adds_up(made, today, data)
            _are_their_rows(made, Period(FIRST, today))
        transaction.set_rollback(True)


def _adds_up(made: Progressed, last: date, data: st.DataObject) -> None:
    """Any partition of the days."""
    cuts = sorted(data.draw(st.sets(st.dates(FIRST, last), max_size=3)))
    begins = [FIRST, *(each + timedelta(days=1) for each in cuts if each < last)]
    ends = [*(each for each in cuts if each < last), last]
    parts = [made.counted(Period(*each)) for each in zip(begins, ends, strict=True)]
    for name, number in parts[-1].items():
        assert sum(each[name].in_period for each in parts) == number.so_far, name


def _are_their_rows(made: Progressed, period: Period) -> None:
    numbers = made.counted(period)
    for cell in CELLS:
        rows = list(rows_of(made.recall, period, cell))
        assert sum(each.adds for each in rows) == numbers[cell.figure.name].of(cell.span), cell.name
        assert all(len(each.told.cells) for each in rows)
