"""Every number of the figures, counted again from the rows that it names."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.claims.desk_queue.errors import NoReasonForExport
from recalldesk.claims.desk_queue.exporting import Export
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import ExportState, SheetForm
from recalldesk.foundation import clock
from recalldesk.reports.desk_figures.definitions import Figure
from recalldesk.reports.desk_figures.exporting import (
    count_behind,
    export_rows,
    export_table,
    table_named,
)
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.reads import figures_of
from recalldesk.reports.desk_figures.selection import (
    Behind,
    NoSuchFigure,
    Selection,
    Who,
    query_of,
    selection_in,
)
from recalldesk.reports.desk_figures.tables import TABLES
from tests.claims.desk.people import remo, rita, senta, staff
from tests.claims.owner import the_recall
from tests.reports.decided import a_desk, decision, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
NOW = datetime.fromisoformat("2026-11-26T12:00:00+00:00")
MONTH = Period(date(2026, 11, 1), date(2026, 11, 26))
WHY = "The regulator asks."


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def behind(selection: Selection, period: Period = MONTH) -> Behind:
    return Behind("", period, selection)


def recalls() -> list[int]:
    return [the_recall().recall_id]


def rows_of(selection: Selection, by: Staff, form: SheetForm = SheetForm.CSV) -> Export:
    return export_rows(behind(selection), recalls(), by=by, form=form, reason=WHY)


def sheet(export: Export) -> list[list[str]]:
    text = b"".join(export.parts).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rows_behind_each_number_counted_again_give_the_number(seed: int) -> None:
    a_desk([rita(), remo(), senta()], seed=seed, count=120, now=clock.now())
    counted = figures_of(recalls(), MONTH, by=senta())
    numbers = [
        number
        for make in TABLES.values()
        for line in make(counted).all_lines
        for number in line.numbers
        if number.rows is not None
    ]
    assert sum(1 for number in numbers if number.value) > 60
    wrong = [
        (number.rows, number.value)
        for number in numbers
        if number.rows and count_behind(behind(number.rows), recalls(), by=senta()) != number.value
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", [3])
def test_every_number_of_rows_names_them_and_its_address_says_the_same(seed: int) -> None:
    a_desk([rita(), remo(), senta()], seed=seed, count=60, now=clock.now())
    counted = figures_of(recalls(), MONTH, by=senta())
    for make in TABLES.values():
        for line in make(counted).all_lines:
            for number, head in zip(line.numbers, make(counted).heads[1:], strict=True):
                is_time = make(counted).key == "times" and head != "Decided"
                assert (number.rows is None) == is_time
                if number.rows:
                    query = dict(
                        each.split("=") for each in query_of(behind(number.rows)).split("&")
                    )
                    assert selection_in(query) == number.rows


def test_the_median_is_the_time_of_one_of_its_rows() -> None:
    a_desk([rita(), remo()], seed=4, count=60, now=clock.now())
    counted = figures_of(recalls(), MONTH, by=senta())
    head, *rows = sheet(rows_of(Selection(Figure.TIME, who=Who.PERSON), senta()))
    waits = sorted(int(row[head.index("Waited, in seconds")]) for row in rows)
    median = counted.times[Who.PERSON].median
    assert median is not None
    assert int(median.total_seconds()) == waits[(len(waits) + 1) // 2 - 1]


def test_a_row_names_the_claim_and_the_decision_and_nobody_of_the_owners() -> None:
    one = decision(moment("2026-11-25T09:00"), by=rita(), reasons=["no-proof"])
    head, row = sheet(rows_of(Selection(Figure.DECIDED), senta()))
    told = dict(zip(head, row, strict=True))
    assert told["Reference"] == one.claim.filing.reference
    assert told["Decision"] == str(one.pk)
    assert told["Made by"] == "Rita"
    assert told["Of the day of (UTC)"] == "2026-11-25T09:00:00+00:00"
    assert "Quispe" not in " ".join(row)


def test_who_decided_is_a_person_to_whoever_may_not_know_which() -> None:
    decision(moment("2026-11-25T09:00"), by=rita(), settled_by=senta(), settled_at=NOW)
    text = str(sheet(rows_of(Selection(Figure.DECIDED), staff("audra", Role.AUDITOR))))
    assert "'person'" in text
    assert "Rita" not in text
    assert "Senta" not in text


def test_rows_and_tables_of_people_are_for_whoever_gives_second_opinions() -> None:
    auditor = staff("audra", Role.AUDITOR)
    for figure in (Figure.REVIEWERS, Figure.SECONDS):
        with pytest.raises(NotPermitted):
            rows_of(Selection(figure), auditor)
    with pytest.raises(NotPermitted):
        table_named("reviewers", behind(Selection(Figure.DECIDED)), recalls(), by=auditor)


def test_whoever_may_not_export_gets_no_rows() -> None:
    with pytest.raises(NotPermitted):
        rows_of(Selection(Figure.DECIDED), rita())
    assert not ListExport.objects.exists()


def test_an_export_stands_in_the_log_with_its_reason_and_its_count() -> None:
    decision(moment("2026-11-25T09:00"))
    b"".join(rows_of(Selection(Figure.DECIDED), senta()).parts)
    (row,) = ListExport.objects.all()
    assert row.query == "figures?figure=decided&from=2026-11-01&to=2026-11-26"
    assert (row.state, row.expected, row.written) == (ExportState.ENDED, 1, 1)
    assert StateChange.objects.filter(reason=Reason.LIST_TAKEN).count() == 2
    with pytest.raises(NoReasonForExport):
        export_rows(
            behind(Selection(Figure.DECIDED)),
            recalls(),
            by=senta(),
            form=SheetForm.CSV,
            reason=" ",
        )


@pytest.mark.parametrize("key", sorted(TABLES))
@pytest.mark.parametrize("form", SheetForm)
def test_each_table_is_handed_out_as_it_stands(key: str, form: SheetForm) -> None:
    decision(moment("2026-11-25T09:00"), by=rita(), reasons=["no-proof"])
    where = behind(Selection(Figure.DECIDED))
    table = table_named(key, where, recalls(), by=senta())
    made = export_table(table, where, by=senta(), form=form, reason=WHY)
    if form is SheetForm.XLSX:
        assert b"".join(made.parts).startswith(b"PK")
        return
    head, *rows = sheet(made)
    assert len(head) == len(table.heads)
    assert [row[0] for row in rows] == [line.title for line in table.all_lines]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"figure": "nothing"},
        {"figure": "decided", "kind": "approve"},
        {"figure": "decisions", "kind": "none"},
        {"figure": "filed", "day": "yesterday"},
        {"figure": "reasons", "reason": "a b"},
        {"figure": "reviewers", "staff": "١"},
        {"figure": "waiting", "span": "1h"},
    ],
)
def test_an_address_of_no_number_is_refused_and_never_taken_for_another(
    query: dict[str, str],
) -> None:
    with pytest.raises(NoSuchFigure):
        selection_in(query)
