"""The lists of incidents: what needs doing, the most urgent first, each exactly once."""

from datetime import timedelta

import pytest

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.incidents.deciding import decide_filed, decide_not_reportable
from recalldesk.incidents.desk_lists import (
    IncidentFilters,
    IncidentList,
    counts_of_lists,
    filters_in,
    incidents_page,
    over_time,
    query_of,
)
from recalldesk.incidents.states import Care, Happened, IncidentSource, IncidentState
from recalldesk.incidents.story import Hurt, Story
from tests.at_the_desk import staff
from tests.incidents.told import incident, obtained

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER)


def listed(by: Staff, query: str = "") -> list[int]:
    """The numbers of a whole list, page by page."""
    asked = dict(each.split("=") for each in query.split("&") if each)
    filters, is_refused = filters_in(asked)
    assert not is_refused
    found, after = list[int](), ""
    while True:
        page = incidents_page(filters, by=by, after=after, size=3)
        found += [row.number for row in page.rows]
        if not (after := page.after):
            assert page.count == len(found)
            return found


@pytest.mark.parametrize("named", [IncidentList.DECIDE, IncidentList.ALL])
def test_whoever_turns_all_pages_sees_each_once_also_those_of_one_moment(
    manager: Staff, named: IncidentList
) -> None:
    moment = clock.now() - timedelta(hours=5)
    rows = [incident(obtained_at=moment) for _ in range(7)] + [obtained(9), obtained(2)]
    numbers = [row.pk for row in rows]
    urgent = [numbers[7], *numbers[:7], numbers[8]]
    found = listed(manager, f"list={named}")
    assert found == (urgent if named is IncidentList.DECIDE else urgent[::-1])


def test_the_decided_stand_apart_the_newest_decision_first(manager: Staff) -> None:
    first, second, waiting = obtained(3), obtained(2), obtained(1)
    decide_not_reportable(number=second.pk, reason="Only warm.", by=manager)
    decide_filed(number=first.pk, reference="MADE-UP 1", reported_at=clock.now(), by=manager)
    assert listed(manager, "list=decided") == [first.pk, second.pk]
    assert listed(manager) == [waiting.pk]
    assert listed(manager, "list=all&state=filed") == [first.pk]


def test_it_is_narrowed_by_what_stands_in_the_address(manager: Staff) -> None:
    burnt = obtained(4, Story(happened=Happened.FIRE, hurt=(Hurt(Care.DOCTOR),)))
    filed = obtained(3, source=IncidentSource.FILE)
    nowhere = obtained(2, of="")
    assert listed(manager, "happened=fire") == [burnt.pk]
    assert listed(manager, "hurt=yes") == [burnt.pk]
    assert listed(manager, "hurt=no") == [filed.pk, nowhere.pk]
    assert listed(manager, "source=file") == [filed.pk]
    assert listed(manager, "recall=none") == [nowhere.pk]
    assert listed(manager, "recall=kettle-k20") == [burnt.pk, filed.pk]
    assert listed(manager, "recall=no-such-recall") == []


def test_what_stands_in_an_address_is_read_again_and_what_is_none_is_dropped() -> None:
    filters = IncidentFilters(
        list=IncidentList.ALL,
        recall="kettle-k20",
        state=IncidentState.FILED,
        happened=Happened.FIRE,
    )
    read = dict(each.split("=") for each in query_of(filters).split("&"))
    assert filters_in(read) == (filters, False)
    assert query_of(IncidentFilters()) == ""
    for wrong in ({"list": "x"}, {"recall": "a'b"}, {"hurt": "perhaps"}, {"state": "OBTAINED"}):
        assert filters_in(wrong) == (IncidentFilters(), True)


@pytest.mark.parametrize("after", ["x", "_", "2026-13-01_1", "2026-01-01T00:00:00_1", "9" * 99])
def test_a_place_that_is_none_is_the_beginning(manager: Staff, after: str) -> None:
    row = obtained(1)
    page = incidents_page(IncidentFilters(), by=manager, after=after)
    assert [each.number for each in page.rows] == [row.pk]


def test_it_is_counted_what_waits_and_what_is_over_time(manager: Staff) -> None:
    for hours in (1, 23.9, 24.1, 30):
        obtained(hours)
    assert counts_of_lists(by=manager)[IncidentList.DECIDE] == 4
    assert over_time(by=manager) == 2
