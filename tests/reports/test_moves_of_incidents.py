"""What a report of an incident adds is kept as moves: once, and as of when it was
learned."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from recalldesk.incidents.erasing import erase_people_of_old_incidents
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import Care
from recalldesk.recalls.models import RecallVersion
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.models import FigureMove
from recalldesk.reports.progress.moving import keep_all_moves, keep_moves
from tests.cast import Cast
from tests.outreach.told import Told
from tests.reports.progressed import AFTER, BEFORE, Progressed
from tests.standing import (  # noqa: F401
    cast,
    index_folder,
    kettles,
    published_recall,
    standing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(published_recall: RecallVersion, cast: Cast) -> Progressed:  # noqa: F811
    return Progressed(published_recall.recall, cast.author, Told(cast))


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2027-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


def moves() -> list[tuple[str, int, datetime]]:
    return list(FigureMove.objects.order_by("pk").values_list("part", "adds", "at"))


def moment(day: int) -> datetime:
    return datetime(2027, 10, day, 10, tzinfo=UTC)


def test_written_again_nothing_more_is_written(
    made: Progressed, clock: time_machine.Traveller
) -> None:
    made.incident(BEFORE, Care.DOCTOR, Care.DEATH)
    assert keep_all_moves() == 3
    assert keep_all_moves() == 0
    assert sorted(moves()) == [
        ("deaths-before", 1, moment(12)),
        ("incidents-before", 1, moment(12)),
        ("injuries-before", 1, moment(12)),
    ]


def test_a_change_that_is_found_late_is_of_the_day_on_which_it_was_made(
    made: Progressed, clock: time_machine.Traveller
) -> None:
    made.incident(BEFORE, Care.DOCTOR)
    keep_moves(made.recall)
    clock.move_to(moment(15))
    made.strikes()
    clock.move_to(moment(20))
    keep_moves(made.recall)
    assert moves()[-1] == ("injuries-before", -1, moment(15))


def test_a_day_that_is_learned_moves_a_report_from_one_column_to_the_other(
    made: Progressed, clock: time_machine.Traveller
) -> None:
    made.incident(AFTER)
    keep_moves(made.recall)
    clock.move_to(moment(15))
    made.learns(BEFORE)
    keep_moves(made.recall)
    assert {(part, adds) for part, adds, at in moves() if at == moment(15)} == {
        ("incidents-after", -1),
        ("incidents-before", 1),
        ("deaths-before", 1),
    }


def test_before_anybody_counted_a_report_is_of_the_day_on_which_it_came(
    made: Progressed, clock: time_machine.Traveller
) -> None:
    made.incident(BEFORE)
    clock.move_to(moment(25))
    keep_moves(made.recall)
    assert moves() == [("incidents-before", 1, moment(12))]


def test_when_people_are_erased_the_figures_and_their_rows_stay(
    made: Progressed, clock: time_machine.Traveller
) -> None:
    made.incident(BEFORE, Care.DOCTOR)
    period = Period(date(2027, 10, 1), date(2027, 10, 31))
    before = made.counted(period)
    clock.move_to(datetime(2033, 1, 1, tzinfo=UTC))
    Incident.objects.update(sealed_account=b"made up")
    assert erase_people_of_old_incidents() == 1
    assert made.counted(period) == before
    assert before["injuries-before"].in_period == 1
