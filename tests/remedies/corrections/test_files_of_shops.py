"""Files of corrections: every line is accounted for, twice is once, a longer one adds its rest."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.remedies.corrections.forgetting import forget_rejected_rows
from recalldesk.remedies.corrections.importing import run
from recalldesk.remedies.corrections.rows import Usual
from recalldesk.remedies.corrections.states import Level, Measure, RowReason
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.remedies.models import (
    Correction,
    CorrectionFile,
    CorrectionReject,
    ReportedCorrection,
)
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import FAR, SERIALS, Cast
from tests.remedies.corrections.reported import REFUND, counted, figures, report, take, written
from tests.units.workbooks import number, workbook

pytestmark = pytest.mark.django_db
R = RowReason


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


def test_rows_with_serials_and_rows_with_units_come_in_and_count(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "serial;units;level;action;date;shop;reference;cashier",
        f"{SERIALS[0]};;consumer;refund;2026-11-02;Madeup North;R-1;7",
        "tw24-0477 19;1;customer;replaced;2026-11-03;Madeup North;R-2;7",
        ";40;store;destroyed;2026-11-04;Madeup North;C-9;7",
        "",
        ";3;distributor;returned;20261105;Madeup Depot;;7",
    )
    taken = take(recall, cast.approver, path, Usual())
    assert figures(taken) == (6, 1, 4, 0, 0, 1)
    assert taken.units == 45
    assert taken.remarks == ("The column “cashier” is not read.",)
    assert counted(level=Level.CONSUMER) == 2
    assert counted(level=Level.RETAILER, measure=Measure.DESTROYED) == 40
    assert counted(level=Level.DISTRIBUTOR) == 3
    first = ReportedCorrection.objects.order_by("pk")[0]
    assert opened(first, "sealed_serial") == SERIALS[0]
    assert (first.happened_on, first.reported_by, first.line) == (
        date(2026, 11, 2),
        "Madeup North",
        2,
    )
    logged = StateChange.objects.filter(subject=Subject.CORRECTION_FILE)
    assert list(logged.values_list("subject_id", flat=True)) == [taken.number]


def test_each_line_that_is_not_taken_is_told_with_its_reason_and_kept_to_be_sent_back(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    lines = {
        f"{FAR},1,consumer,refunded,2026-11-02": R.NOT_IN_RECALL,
        f"{SERIALS[0]},2,consumer,refunded,2026-11-02": R.SERIAL_TWICE,
        ",0,consumer,refunded,2026-11-02": R.NO_UNITS,
        ",-3,consumer,refunded,2026-11-02": R.NO_UNITS,
        ",two,consumer,refunded,2026-11-02": R.NO_UNITS,
        ",,consumer,refunded,2026-11-02": R.NEITHER,
        ",1,somewhere,refunded,2026-11-02": R.NO_LEVEL,
        ",1,consumer,sold,2026-11-02": R.NO_MEASURE,
        ",1,consumer,destroyed,2026-11-02": R.NO_CORRECTION,
        ",1,manufacturer,returned,2026-11-02": R.NO_CORRECTION,
        ",1,consumer,refunded,03/04/2026": R.NO_DAY,
        ",1,consumer,refunded,2999-01-01": R.NO_DAY,
        ",1,consumer,refunded": R.COLUMN_COUNT,
        '"x,1,consumer,refunded,2026-11-02': R.UNREADABLE,
    }
    path = written(tmp_path, "serial,units,level,measure,day", *lines)
    taken = take(recall, cast.approver, path)
    assert figures(taken) == (15, 1, 0, 14, 0, 0)
    assert [each.reason for each in taken.rejects] == list(lines.values())
    assert [each.number for each in taken.rejects] == list(range(2, 16))
    assert not Correction.objects.exists()
    kept = CorrectionReject.objects.order_by("number")
    assert [opened(each, "sealed_row") for each in kept] == list(lines)


def test_the_same_file_again_changes_nothing(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "units", "4", "4")
    first = take(recall, cast.approver, path)
    second = take(recall, cast.approver, path)
    assert (first.is_known, second.is_known) == (False, True)
    assert figures(second) == figures(first)
    assert counted() == 8
    assert CorrectionFile.objects.count() == 1


def test_of_a_longer_export_only_what_it_adds_counts(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    take(recall, cast.approver, written(tmp_path, "units,serial", "4,", "4,", f",{SERIALS[0]}"))
    longer = written(
        tmp_path, "units,serial", "4,", "4,", f",{SERIALS[0]}", "4,", "9,", f",{SERIALS[1]}"
    )
    taken = take(recall, cast.approver, longer)
    assert figures(taken) == (7, 1, 3, 0, 3, 0)
    assert counted() == 4 * 3 + 9 + 2


def test_a_unit_that_was_entered_at_the_desk_is_a_duplicate_in_a_file(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    report(recall, cast.approver, SERIALS[0])
    path = written(tmp_path, "serial", SERIALS[0], SERIALS[0].lower(), SERIALS[1])
    assert figures(take(recall, cast.approver, path)) == (4, 1, 1, 0, 2, 0)
    assert counted() == 2


def test_a_look_shows_the_same_and_keeps_nothing(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, "serial,units", f"{SERIALS[0]},", ",7", f"{FAR},")
    looked = take(recall, cast.approver, path, only_look=True)
    assert looked.number is None
    assert not ReportedCorrection.objects.exists()
    assert not Correction.objects.exists()
    taken = take(recall, cast.approver, path)
    assert figures(taken) == figures(looked)
    assert (looked.units, looked.rejects) == (taken.units, taken.rejects)


def test_a_workbook_may_hold_numbers_and_days_but_a_serial_that_is_a_number_is_not_guessed_at(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    days = tmp_path / "days.xlsx"
    days.write_bytes(workbook(["units", "day"], [number(12), number(46_330, 2)]))
    assert figures(take(recall, cast.approver, days)) == (2, 1, 1, 0, 0, 0)
    assert ReportedCorrection.objects.get().happened_on == date(2026, 11, 4)
    assert counted() == 12
    serials = tmp_path / "serials.xlsx"
    serials.write_bytes(workbook(["serial", "units"], [number(24_013_337), number(1)]))
    assert [each.reason for each in take(recall, cast.approver, serials).rejects] == [R.NUMBER_CELL]


def test_an_import_that_breaks_off_leaves_nothing_and_begins_anew(
    recall: Recall, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "units", "4", "5")
    with monkeypatch.context() as broken:
        broken.setattr(run, "record_change", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(recall, cast.approver, path)
    assert not ReportedCorrection.objects.exists()
    assert not Correction.objects.exists()
    take(recall, cast.approver, path)
    assert counted() == 9


@pytest.mark.parametrize(
    "lines",
    [("a,b", "1,2"), ("units,quantity", "1,2"), ("serial",), ("", "")],
    ids=["no column of ours", "two columns of units", "only a heading", "only blank lines"],
)
def test_what_is_no_file_of_corrections_is_refused_whole(
    recall: Recall, cast: Cast, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    with pytest.raises(Problem):
        take(recall, cast.approver, written(tmp_path, *lines))
    assert not CorrectionFile.objects.exists()


def test_a_recall_that_is_not_published_has_no_corrections(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    other = Recall.objects.create(slug="other")
    with pytest.raises(CorrectionRefused, match="not published"):
        take(other, cast.approver, written(tmp_path, "units", "1"))


def test_rejected_lines_are_emptied_after_ninety_days_and_their_reasons_stay(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    take(recall, cast.approver, written(tmp_path, "serial,customer", f"{FAR},Made-up Person"))
    with time_machine.travel(clock.now() + timedelta(days=89), tick=False):
        assert forget_rejected_rows() == 0
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert forget_rejected_rows() == 1
    kept = CorrectionReject.objects.get()
    assert (bytes(kept.sealed_row), kept.reason) == (b"", R.NOT_IN_RECALL)


def test_it_takes_the_permission(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        take(recall, cast.viewer, written(tmp_path, "units", "1"))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(
        st.one_of(
            st.text(alphabet="ab,;\"'\t 0-9/", max_size=8),
            st.sampled_from(["1", "4", f"{SERIALS[0]}", "", "x,consumer"]),
        ),
        max_size=12,
    )
)
def test_whatever_stands_in_it_every_line_is_accounted_for_and_the_units_are_those_that_count(
    recall: Recall, cast: Cast, tmp_path: Path, cells: list[str]
) -> None:
    before = counted()
    try:
        taken = take(recall, cast.approver, written(tmp_path, "units,level", *cells), REFUND)
    except Problem:
        assert counted() == before
        return
    tally = taken.tally
    parts = tally.heading + tally.accepted + tally.rejected + tally.duplicate + tally.blank
    assert parts + tally.continued == taken.lines
    assert taken.is_known or counted() == before + taken.units
