"""One fire that is told twice counts once, and both reports are kept."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.incidents.deciding import decide_filed, decide_not_reportable
from recalldesk.incidents.desk_lists import IncidentFilters, IncidentList, incidents_page
from recalldesk.incidents.errors import NoReasonGiven, NotAsSeen, NotDecidable, NotJoinable
from recalldesk.incidents.joining import join_reports, keep_apart, part_reports
from recalldesk.incidents.models import ApartReports, Incident
from recalldesk.incidents.opening import stamp_of
from recalldesk.incidents.states import IncidentState
from recalldesk.incidents.story import Story, keep_story
from recalldesk.recalls.models import Recall
from tests.at_the_desk import staff
from tests.incidents.told import again, incident, log_of, obtained

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER)


def reported(row: Incident, by: Staff) -> Incident:
    return decide_filed(number=row.pk, reference="MADE-UP 1", reported_at=clock.now(), by=by)


def test_the_joined_one_waits_no_more_and_both_are_in_the_log(manager: Staff) -> None:
    first, second = incident(), incident()
    join_reports(number=second.pk, same_as=first.pk, by=manager, reason="The same house.")
    assert again(second).same_as_id == first.pk
    assert [each.number for each in incidents_page(IncidentFilters(), by=manager).rows] == [
        first.pk
    ]
    of_all = incidents_page(IncidentFilters(list=IncidentList.ALL), by=manager)
    assert {each.number for each in of_all.rows} == {first.pk, second.pk}
    for row in (first, second):
        assert log_of(row)[-1] == ("obtained", "obtained", Reason.SAME_EVENT)


def test_a_chain_points_at_the_one_that_counts(manager: Staff) -> None:
    one, two, three, four = (incident() for _ in range(4))
    join_reports(number=two.pk, same_as=one.pk, by=manager)
    join_reports(number=three.pk, same_as=two.pk, by=manager)  # leads to one
    join_reports(number=one.pk, same_as=four.pk, by=manager)  # and all of it to four
    assert {again(row).same_as_id for row in (one, two, three)} == {four.pk}
    assert again(four).same_as_id is None


def test_the_clock_of_an_event_is_that_of_its_first_report(manager: Staff) -> None:
    older, newer = obtained(20), obtained(1)
    join_reports(number=older.pk, same_as=newer.pk, by=manager)
    (row,) = incidents_page(IncidentFilters(), by=manager).rows
    assert (row.number, row.reports) == (newer.pk, 2)
    assert row.clock is not None
    assert row.clock.since == older.obtained_at


def test_an_undecided_report_is_news_of_an_event_that_was_not_reportable(manager: Staff) -> None:
    decided, fresh = obtained(50), obtained(5)
    decide_not_reportable(number=decided.pk, reason="Only warm.", by=manager)
    join_reports(number=fresh.pk, same_as=decided.pk, by=manager)
    row = again(decided)
    assert (row.state, row.learned_at) == (IncidentState.OBTAINED, fresh.obtained_at)


def test_a_reported_one_is_never_hidden_behind_one_that_was_not(manager: Staff) -> None:
    open_one, filed_one = incident(), incident()
    reported(filed_one, manager)
    with pytest.raises(NotJoinable) as refused:
        join_reports(number=filed_one.pk, same_as=open_one.pk, by=manager)
    assert f"Join incident {open_one.pk} to this one" in refused.value.hint
    join_reports(number=open_one.pk, same_as=filed_one.pk, by=manager)
    assert again(filed_one).learned_at == open_one.obtained_at


def test_none_is_joined_to_itself_nor_across_recalls(
    manager: Staff,
) -> None:
    Recall.objects.create(slug="toaster-made-up")
    here, there, nowhere = incident(), incident(of="toaster-made-up"), incident(of="")
    for number, same_as in ((here, here), (here, there), (here, nowhere)):
        with pytest.raises(NotJoinable):
            join_reports(number=number.pk, same_as=same_as.pk, by=manager)
    join_reports(number=nowhere.pk, same_as=here.pk, by=manager)
    with pytest.raises(NotJoinable):
        join_reports(number=here.pk, same_as=there.pk, by=manager)
    with pytest.raises(NotJoinable):
        join_reports(number=nowhere.pk, same_as=here.pk, by=manager)


def test_the_decision_is_made_at_the_one_that_counts(manager: Staff) -> None:
    first, second = incident(), incident()
    join_reports(number=second.pk, same_as=first.pk, by=manager)
    with pytest.raises(NotDecidable) as refused:
        reported(second, manager)
    assert str(first.pk) in refused.value.message


def test_reports_are_parted_with_a_reason_and_not_named_alike_again(manager: Staff) -> None:
    first, second = obtained(9), incident()
    join_reports(number=second.pk, same_as=first.pk, by=manager)
    with pytest.raises(NoReasonGiven):
        part_reports(number=second.pk, by=manager, reason=" ")
    part_reports(number=second.pk, by=manager, reason="Another town.")
    assert again(second).same_as_id is None
    assert log_of(second)[-1][2] == Reason.OWN_EVENT
    assert ApartReports.objects.filter(first=first, second=second).exists()
    with pytest.raises(NotJoinable):
        part_reports(number=second.pk, by=manager, reason="Another town.")
    join_reports(number=second.pk, same_as=first.pk, by=manager)
    assert not ApartReports.objects.exists()


def test_two_are_kept_apart_once(manager: Staff) -> None:
    first, second = incident(), incident()
    keep_apart(number=second.pk, other=first.pk, by=manager)
    keep_apart(number=first.pk, other=second.pk, by=manager)
    assert ApartReports.objects.count() == 1
    with pytest.raises(NotJoinable):
        keep_apart(number=first.pk, other=first.pk, by=manager)


def test_whoever_saw_something_else_joins_nothing(manager: Staff) -> None:
    first, second = incident(), incident()
    seen = stamp_of(second)
    reported(second, manager)
    with pytest.raises(NotAsSeen):
        join_reports(number=second.pk, same_as=first.pk, by=manager, seen=seen)
    with pytest.raises(NotPermitted):
        join_reports(number=second.pk, same_as=first.pk, by=staff(Role.REVIEWER))


def test_news_that_waits_after_a_report_waits_with_the_one_that_counts(manager: Staff) -> None:
    first, second = reported(incident(), manager), reported(incident(), manager)
    keep_story(again(second), Story(account="Told after it was reported, made up."))
    waits_since = again(second).learned_at
    assert waits_since is not None
    join_reports(number=second.pk, same_as=first.pk, by=manager)
    assert again(first).learned_at == waits_since
    news = incidents_page(IncidentFilters(list=IncidentList.NEWS), by=manager)
    assert [each.number for each in news.rows] == [first.pk]
