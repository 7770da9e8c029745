"""The desk's figures are what one counts by hand, and nothing that does not count is in them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState, DeskList
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.reads import figures_of
from recalldesk.reports.desk_figures.selection import Who
from recalldesk.reports.desk_figures.tables import TABLES
from recalldesk.reports.desk_figures.values import DeskFigures, Spread
from tests.claims.desk.people import remo, rita, senta, staff
from tests.claims.owner import the_recall
from tests.claims.queued import another_recall, queued
from tests.reports.decided import decision, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
NOW = "2026-11-26T12:00:00Z"
WEEK = Period(date(2026, 11, 20), date(2026, 11, 26))
K, S = DecisionKind, DecisionState


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def figures(by: Staff | None = None, period: Period = WEEK, *recalls: int) -> DeskFigures:
    return figures_of(recalls or [the_recall().recall_id], period, by=by or senta())


def lines_of(key: str, counted: DeskFigures) -> dict[str, list[str]]:
    table = TABLES[key](counted)
    return {line.title: [number.shown for number in line.numbers] for line in table.all_lines}


def hand_counted() -> None:
    """Filed: 9 claims on 23 and 24 November. Of them the rule decides three and gives one on."""
    for hour, wait in ((8, 1), (9, 2), (10, 9)):
        minutes = timedelta(minutes=wait)
        at = moment(f"2026-11-24T{hour:02}:00")
        decision(at, waited=minutes, sent_before=minutes)
    decision(
        moment("2026-11-24T11:00"),
        K.TO_A_PERSON,
        reasons=["like_photo", "not_reached"],
        sent_before=timedelta(hours=1),
    )
    day, promised = timedelta(days=1), date(2026, 11, 25)
    at = moment("2026-11-25T09:00")
    decision(at, by=rita(), waited=day, promised=promised)
    decision(at, K.DECLINE, by=rita(), waited=2 * day, promised=promised, reasons=["no-proof"])
    decision(at, K.ASK_OWNER, by=remo(), promised=promised - day)
    decision(at, by=remo(), state=S.UNDONE, settled_by=remo(), settled_at=at)
    decision(
        at,
        by=rita(),
        waited=3 * day,
        settled_by=senta(),
        settled_at=moment("2026-11-26T09:00"),
        promised=promised,
    )


def test_what_is_counted_by_hand_is_what_the_tables_say() -> None:
    hand_counted()
    counted = figures()
    assert lines_of("days", counted) == {
        "Fri 20 Nov 2026": ["0", "0", "0"],
        "Sat 21 Nov 2026": ["0", "0", "0"],
        "Sun 22 Nov 2026": ["0", "0", "0"],
        "Mon 23 Nov 2026": ["0", "0", "0"],
        "Tue 24 Nov 2026": ["9", "3", "0"],
        "Wed 25 Nov 2026": ["0", "0", "2"],
        "Thu 26 Nov 2026": ["0", "0", "1"],
        "All": ["9", "3", "3"],
    }
    assert lines_of("kinds", counted) == {
        "Approved": ["3", "2", "5"],
        "Declined": ["0", "1", "1"],
        "Claimed before": ["0", "0", "0"],
        "Something asked of the owner": ["0", "1", "1"],
        "Given to a person": ["1", "0", "1"],
    }
    assert lines_of("reasons", counted) == {
        "A photo looks like one of a claim that shares something": ["1", "0", "1"],
        "No proof": ["0", "1", "1"],
        "What we wrote reached nobody": ["1", "0", "1"],
    }
    assert lines_of("promises", counted) == {
        "Kept on the day or before": ["2"],
        "Kept late": ["2"],
        "Late now": ["0"],
    }
    assert lines_of("reviewers", counted) == {
        "Remo": ["0", "0", "0", "1", "1"],
        "Rita": ["2", "1", "0", "0", "3"],
    }
    assert lines_of("seconds", counted) == {"Senta": ["1", "0"]}
    assert (counted.undone, counted.decided(), counted.decided(who=Who.RULE)) == (1, 6, 3)


def test_times_that_are_counted_by_hand_are_what_the_tables_say() -> None:
    hand_counted()
    counted = figures()
    assert lines_of("times", counted) == {
        "By the rule": ["3", "2 min", "9 min", "2 min", "9 min"],
        "By people": [
            "3",
            "2.0 days",
            "4.0 days",
            "1.0 days",
            "2.0 days",
        ],
        "All": ["6", "9 min", "4.0 days", "9 min", "2.0 days"],
    }
    assert lines_of("within", counted) == {
        "Under an hour": ["3", "0"],
        "1 hour to a day": ["0", "0"],
        "1 to 2 days": ["0", "1"],
        "2 to 3 days": ["0", "1"],
        "3 to 5 days": ["0", "1"],
        "5 to 10 days": ["0", "0"],
        "10 days and more": ["0", "0"],
        "All": ["3", "3"],
    }


def test_a_decision_that_was_undone_counts_nowhere_else() -> None:
    decision(
        moment("2026-11-25T09:00"),
        by=rita(),
        state=S.UNDONE,
        settled_by=rita(),
        settled_at=moment("2026-11-25T09:05"),
        promised=date(2026, 11, 25),
        reasons=["no-proof"],
    )
    counted = figures()
    assert counted.undone == 1
    assert counted.tallies == ()
    assert not counted.reasons
    assert not counted.spans
    assert counted.seconds == ()
    assert counted.times[None] == Spread(None, None)


@pytest.mark.parametrize("state", [S.PROPOSED, S.REFUSED])
def test_what_waits_for_a_second_person_or_was_refused_does_not_count(
    state: DecisionState,
) -> None:
    settled = (
        {}
        if state is S.PROPOSED
        else {"settled_by": senta(), "settled_at": moment("2026-11-25T10:00")}
    )
    decision(moment("2026-11-25T09:00"), by=rita(), state=state, **settled)
    counted = figures()
    assert (counted.decided(), counted.undone, counted.reviewers) == (0, 0, {})
    assert [(each.agreed, each.refused) for each in counted.seconds] == (
        [(0, 1)] if state is S.REFUSED else []
    )


def test_days_begin_and_end_at_midnight_of_utc() -> None:
    for at in ("2026-11-19T23:59", "2026-11-20T00:00", "2026-11-26T23:59", "2026-11-27T00:00"):
        decision(moment(at), sent_before=timedelta(0))
    counted = figures()
    assert {day for day, _ in counted.by_days} == {WEEK.first, WEEK.last}
    assert counted.filed == {WEEK.first: 1, WEEK.last: 1}


def test_a_desk_whose_database_thinks_in_another_zone_counts_the_same_days() -> None:
    from django.db import connection

    decision(moment("2026-11-24T00:30"), sent_before=timedelta(0))
    decision(moment("2026-11-24T23:30"), sent_before=timedelta(0))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Pacific/Kiritimati'")
        counted = figures()
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
    assert counted.filed == {date(2026, 11, 24): 2}
    assert set(counted.by_days.values()) == {2}


def test_what_waits_is_counted_by_list_and_age_whatever_the_period() -> None:
    day = date(2026, 11, 25)
    queued(day, state_since=moment("2026-11-26T11:00"))
    queued(day, state_since=moment("2026-11-23T11:00"))
    queued(day, desk=DeskList.APPEAL, state_since=moment("2026-10-01T00:00"))
    queued(day, desk=DeskList.NONE, state=ClaimState.SETTLED)
    long_ago = Period(date(2025, 1, 1), date(2025, 1, 2))
    waiting = lines_of("waiting", figures(period=long_ago))
    assert waiting["To review"] == ["1", "0", "1", "0", "0", "2"]
    assert waiting["An appeal"] == ["0", "0", "0", "0", "1", "1"]
    assert waiting["All"] == ["1", "0", "1", "0", "1", "3"]
    assert figures().late_now == 3


def test_another_recalls_rows_are_not_in_it_and_all_recalls_hold_both() -> None:
    other = another_recall()
    (theirs,) = queued(date(2026, 11, 20), recall_id=other.pk, filed_at=moment("2026-11-24T10:00"))
    decision(moment("2026-11-24T10:00"), claim_id=theirs)
    decision(moment("2026-11-24T10:00"), sent_before=timedelta(0))
    one, both = figures(), figures(None, WEEK, the_recall().recall_id, other.pk)
    assert (one.decided(), one.filed_count, one.waiting_count, one.late_now) == (1, 1, 0, 0)
    assert (both.decided(), both.filed_count, both.waiting_count, both.late_now) == (2, 2, 1, 1)


def test_who_decided_what_is_told_only_to_whoever_gives_second_opinions() -> None:
    hand_counted()
    for role in (Role.VIEWER, Role.REVIEWER, Role.AUDITOR):
        counted = figures(by=staff(f"some-{role}", role))
        assert (counted.reviewers, counted.seconds) == ({}, ())
        assert not any(each.staff or each.name for each in counted.tallies)
        assert counted.decided() == 6


def test_whoever_may_not_see_figures_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Staff, "may", lambda person, asked: False)
    with pytest.raises(NotPermitted):
        figures()
