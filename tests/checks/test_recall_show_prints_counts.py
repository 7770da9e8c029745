"""`recalldesk recall show` says how often was asked, and what was answered."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from recalldesk.checks import counts
from recalldesk.checks.asking import ask
from recalldesk.checks.reads import Asked, all_checks, said_by
from recalldesk.checks.states import Source
from recalldesk.foundation import clock
from tests.cast import AFFECTED, FAR, SLUG, Command, Desk, recall_text

NOON = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)


def asked(serial: str, source: Source, *moments: datetime) -> None:
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            ask(serial, source=source)
    assert counts.write_now()


@pytest.fixture
def counted(kettles: Desk) -> Desk:
    """Two recalls; one affected unit of both was asked about through two doors, and one of none."""
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        kettles.published()
        kettles.published(recall_text("kettle-two"))
    long_ago, this_morning = NOON - timedelta(days=2), NOON - timedelta(hours=3)
    asked(AFFECTED, Source.PAGE, long_ago, long_ago, this_morning, NOON)
    asked(AFFECTED, Source.API, NOON - timedelta(minutes=59))
    asked(FAR, Source.API, NOON)
    return kettles


def test_a_recalls_own_figures_and_those_of_all_checks(counted: Desk) -> None:
    both = {
        "affected": Asked(2, 3, 5, {Source.PAGE: 4, Source.API: 1}),
        "not_affected": Asked(1, 1, 1, {Source.API: 1}),
    }
    assert said_by(counted.recall(), at=NOON) == both
    assert said_by(counted.recall("kettle-two"), at=NOON) == both
    assert all_checks(at=NOON) == both


def test_they_are_shown(counted: Desk, command: Command) -> None:
    with time_machine.travel(NOON, tick=False):
        shown = command("recall", "show", SLUG)
    assert shown.code == 0
    lines = [line.split("│") for line in shown.out.splitlines() if "affected" in line]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells == [
        ["affected", "2", "3", "5", "page 4, api 1"],
        ["not_affected", "1", "1", "1", "api 1"],
    ]
    assert "All recalls together: 6 checks, 3 in the last hour." in shown.out
    assert "could not be answered" not in shown.out


def test_what_could_not_be_answered_is_said(counted: Desk, command: Command) -> None:
    counts.count_unanswered(clock.now(), Source.PAGE)
    assert counts.write_now()
    shown = command("recall", "show", SLUG)
    assert "1 could not be answered" in shown.out


def test_where_nobody_asked_that_is_said(kettles: Desk, command: Command) -> None:
    kettles.published()
    shown = command("recall", "show", SLUG)
    assert "No check has named it yet." in shown.out
    assert "All recalls together: 0 checks" in shown.out


def test_before_it_is_published_nothing_is_said_of_checks(kettles: Desk, command: Command) -> None:
    kettles.apply()
    shown = command("recall", "show", SLUG)
    assert shown.code == 0
    assert "check" not in shown.out
