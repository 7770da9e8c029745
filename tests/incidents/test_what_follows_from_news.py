"""More is told of an incident that was decided: it waits to be looked at, with its own clock."""

import pytest

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.deciding import decide_filed, decide_not_reportable, look_at_news
from recalldesk.incidents.desk_lists import IncidentFilters, IncidentList, incidents_page
from recalldesk.incidents.errors import NotDecidable
from recalldesk.incidents.joining import join_reports
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentState
from recalldesk.incidents.story import Story, keep_story
from tests.at_the_desk import staff
from tests.claims.owner import OLGA, the_recall
from tests.incidents.told import again, later, log_of, obtained
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
SMOKE = Story(account="It smoked, made up.")
FIRE = Story(account="It burnt after all, made up.")


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER)


def not_reportable(row: Incident, by: Staff) -> Incident:
    return decide_not_reportable(number=row.pk, reason="Only smoke.", by=by)


def listed(named: IncidentList, by: Staff) -> list[int]:
    page = incidents_page(IncidentFilters(list=named), by=by)
    return [row.number for row in page.rows]


def test_what_was_not_reportable_is_open_again_from_when_the_news_came(manager: Staff) -> None:
    row = obtained(48, SMOKE)
    row = not_reportable(row, manager)
    with later(10):
        told_at = clock.now()
        keep_story(row, FIRE)
        row = again(row)
        assert (row.state, row.learned_at) == (IncidentState.OBTAINED, told_at)
        assert log_of(row)[-1] == ("not_reportable", "obtained", Reason.LEARNED)
        (listed_row,) = incidents_page(IncidentFilters(), by=manager).rows
        assert listed_row.clock is not None
        assert listed_row.clock.since == told_at
        assert listed(IncidentList.NEWS, manager) == [row.pk]


def test_of_more_news_the_first_counts(manager: Staff) -> None:
    row = not_reportable(obtained(48), manager)
    with later(1):
        keep_story(row, SMOKE)
        first = again(row).learned_at
    with later(5):
        keep_story(row, FIRE)
    assert again(row).learned_at == first


def test_what_was_reported_stays_so_and_its_news_waits_until_somebody_looked(
    manager: Staff,
) -> None:
    row = obtained(2)
    decide_filed(number=row.pk, reference="MADE-UP 1", reported_at=clock.now(), by=manager)
    with pytest.raises(NotDecidable):
        look_at_news(number=row.pk, reason="There is none.", by=manager)
    keep_story(again(row), FIRE)
    assert again(row).state == IncidentState.FILED
    assert listed(IncidentList.NEWS, manager) == [row.pk]
    assert listed(IncidentList.DECIDE, manager) == []
    look_at_news(number=row.pk, reason="Passed on by mail.", by=manager)
    assert listed(IncidentList.NEWS, manager) == []
    assert log_of(row)[-1] == ("filed", "filed", Reason.LOOKED_AT)


def test_what_says_nothing_new_follows_nothing(manager: Staff) -> None:
    row = not_reportable(obtained(2, SMOKE), manager)
    keep_story(row, SMOKE)
    assert again(row).state == IncidentState.NOT_REPORTABLE


def test_what_an_owner_adds_on_the_page_for_danger_follows_too(manager: Staff) -> None:
    row = not_reportable(obtain_incident(live=the_recall(), language="en"), manager)
    tell_more(
        incident_id=row.pk,
        live=the_recall(),
        brand="tidewater",
        name=OLGA.name,
        contact=OLGA.email,
        account="It burnt after all, made up.",
    )
    assert again(row).state == IncidentState.OBTAINED


def test_news_of_a_joined_report_is_news_of_the_one_that_counts(manager: Staff) -> None:
    counted, joined = obtained(3), obtained(2)
    join_reports(number=joined.pk, same_as=counted.pk, by=manager)
    not_reportable(counted, manager)
    with later(4):
        told_at = clock.now()
        keep_story(again(joined), FIRE)
        for _ in range(2):
            run_jobs(tasks=["incidents.follow_event"])
        row = again(counted)
        assert (row.state, row.learned_at) == (IncidentState.OBTAINED, told_at)
    assert again(joined).learned_at is None


def test_news_that_came_before_the_decision_was_part_of_it(manager: Staff) -> None:
    counted, joined = obtained(3), obtained(2)
    join_reports(number=joined.pk, same_as=counted.pk, by=manager)
    keep_story(again(joined), FIRE)
    with later(1):
        not_reportable(counted, manager)
        run_jobs(tasks=["incidents.follow_event"])
    assert again(counted).state == IncidentState.NOT_REPORTABLE
