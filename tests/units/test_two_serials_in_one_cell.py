"""Two serials in one cell never become one long serial that no unit bears."""

from dataclasses import replace

import pytest

from recalldesk.units.importing.merging import ADVICE
from recalldesk.units.states import RejectReason
from tests.units.desk import FORM, Desk, tally

WIDE = replace(FORM, shortest=6, longest=24)
ONE, OTHER = "TW24013337", "TW24047719"
LINE_ENDS = ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\u2029"]


@pytest.fixture
def wide(desk: Desk) -> Desk:
    desk.form = WIDE
    return desk


@pytest.mark.parametrize(
    "between", [*LINE_ENDS, " ", "  ", "\u00a0", "\u200b", "\t", ", ", "/", " / ", "; ", " - ",
                " to ", "-", " \u2013"]
)  # fmt: skip
@pytest.mark.parametrize("form", [FORM, WIDE])
def test_it_is_rejected_with_what_to_do(desk: Desk, between: str, form: object) -> None:
    rejects = desk.folder / "rejects.csv"
    line = f'"{ONE}{between}{OTHER}"|x'
    content = f"serial|note\nAB1201|x\n{line}\nAB1202|x\n"
    report = desk.take(content, form=form, reject_file=rejects)
    assert tally(report) == (4, 1, 2, 1, 0, 0)
    assert desk.rejects() == [(3, RejectReason.NOT_ONE_SERIAL, line.encode())]
    assert desk.serials() == {"AB1201", "AB1202"}
    assert ADVICE in rejects.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "cell", [f"{ONE} K2", f"RN {ONE}", "TW24 0133 37 TW24 0477 19", f"{ONE} {OTHER} {ONE}"]
)
def test_a_serial_beside_something_else_is_rejected(wide: Desk, cell: str) -> None:
    wide.take(f"serial number\nAB1201\n{cell}\n")
    assert [reason for _, reason, _ in wide.rejects()] == [RejectReason.NOT_ONE_SERIAL]
    assert wide.serials() == {"AB1201"}


@pytest.mark.parametrize(
    "cell",
    ["TW24 0133 37", f"  {ONE}  ", f"{ONE}\u2028", f"\ufeff{ONE}", "TW2401-3337", "TW-24-01-33-37",
     f"'{ONE}", f"{ONE}-"],
)  # fmt: skip
def test_one_serial_in_several_parts_is_taken(wide: Desk, cell: str) -> None:
    report = wide.take(f"serial number\n{cell}\n")
    assert tally(report) == (2, 1, 1, 0, 0, 0)
    assert wide.serials() == {ONE}


def test_dashes_between_parts_that_begin_otherwise_are_taken(wide: Desk) -> None:
    wide.take("serial number\nABC123-DEF456\n")
    assert wide.serials() == {"ABC123DEF456"}


def test_two_serials_in_an_end_of_a_range_are_rejected(wide: Desk) -> None:
    wide.take(f"start,end\n{ONE} {OTHER},{ONE} {OTHER}\nTW24000001,TW24000009\n")
    assert [reason for _, reason, _ in wide.rejects()] == [RejectReason.NOT_ONE_SERIAL]
