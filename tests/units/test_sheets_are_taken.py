"""Sheets of workbooks come in like any serial file, and what a sheet hides or changes is told."""

import csv
import random
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear, ImportRefused
from recalldesk.units.importing.run import Columns
from recalldesk.units.importing.tables.sheet_file import SheetFile
from recalldesk.units.states import RejectReason
from tests.folders import fresh_folder
from tests.units.desk import Desk, tally
from tests.units.old_workbooks import old_workbook
from tests.units.workbooks import number, packed, parts_of, rows, sheet, workbook

DIGITS = SerialForm(alphabet="0123456789", shortest=6, longest=6)


def written(path: Path, cells: Sequence[Sequence[object]], **more: object) -> Path:
    """A workbook as a well-kept library writes it."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, **more})
    units = book.add_worksheet("Units")
    for number_of_row, row in enumerate(cells):
        units.write_row(number_of_row, 0, row)
    book.close()
    return path


@pytest.mark.parametrize("inline", [False, True])
def test_a_workbook_as_a_library_writes_it(desk: Desk, inline: bool) -> None:
    cells = [
        ["Model", "Serial No.", "Note", "Made"],
        ["A", "AB1201", 'said "hot",\nthen left', 45000],
        ["A", " ab-1202 ", "", 45001],
        [],
        ["A", "AB1201", "again", ""],
        ["A", "AB12?4", "", True],
        ["A", "", "no serial", ""],
    ]
    path = written(desk.folder / "units.xlsx", cells, constant_memory=inline)
    report = desk.take(path, reject_file=desk.folder / "rejects.csv")
    assert tally(report) == (7, 1, 2, 2, 1, 1)
    assert desk.serials() == {"AB1201", "AB1202"}
    assert [(n, reason, row) for n, reason, row in desk.rejects()] == [
        (6, RejectReason.UNKNOWN_CHARACTER, b"A,AB12?4,,TRUE"),
        (7, RejectReason.EMPTY_CELL, b"A,,no serial,"),
    ]
    assert (report.encoding, report.continued) == ("utf-8", 0)
    assert desk.take(path).pk is None


def test_ranges_and_replacing(desk: Desk) -> None:
    desk.take(workbook(["from", "to"], ["AB120000", "AB120009"], ["AB120005", "AB120006"]))
    assert [reason for _, reason, _ in desk.rejects()] == [RejectReason.OVERLAPPING]
    report = desk.take(workbook("serial", "AB1201"), replace=True)
    assert (report.accepted, report.removed) == (1, 1)


def test_the_column_and_the_sheet_are_named(desk: Desk) -> None:
    book = packed(
        parts_of(
            {
                "Notes": sheet(rows("read me")),
                "Units": sheet(rows(["x", "my code"], ["", "AB1201"])),
            }
        )
    )
    with pytest.raises(ImportRefused, match=r'more than one sheet .*"Notes", "Units"'):
        desk.take(book)
    with pytest.raises(ImportRefused, match='no sheet "units"'):
        desk.take(book, sheet="units")
    with pytest.raises(ImportRefused, match="has no sheets"):
        desk.take("serial\nAB1201\n", sheet="Units")
    with pytest.raises(ColumnsNotClear):
        desk.take(book, sheet="Units")
    desk.take(book, sheet="Units", columns=Columns("My  code"))
    assert desk.serials() == {"AB1201"}


def test_a_hidden_sheet_is_not_passed_over(desk: Desk) -> None:
    units, more = sheet(rows("serial", "AB1201")), sheet(rows("serial", "AB1202"))
    with pytest.raises(ImportRefused, match=r'"More" \(hidden\)'):
        desk.take(packed(parts_of({"Units": units, "More": more}, hidden=["More"])))
    desk.take(packed(parts_of({"Empty": sheet(""), "More": more}, hidden=["More"])))
    assert desk.serials() == {"AB1202"}


def test_hidden_rows_are_taken_and_told_of(desk: Desk) -> None:
    content = rows("serial", "AB1201") + '<row hidden="1"><c t="str"><v>AB1202</v></c></row>'
    told: list[str] = []
    desk.take(packed(parts_of({"Units": sheet(content)})), remark=told.append)
    assert desk.serials() == {"AB1201", "AB1202"}
    assert told == ["1 row is hidden in the sheet, and taken like the others."]


def test_macros_are_not_run_and_told_of(desk: Desk) -> None:
    parts = parts_of({"Units": sheet(rows("serial", "AB1201"))}, more={"xl/vbaProject.bin": b"x"})
    related = str(parts["xl/_rels/workbook.xml.rels"])
    macro = '<Relationship Id="v" Type="x/vbaProject" Target="vbaProject.bin"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = related.replace("</Relationships>", macro)
    told: list[str] = []
    desk.take(packed(parts), remark=told.append)
    assert told == ["The workbook holds macros; they were not run."]


def test_rows_keep_the_numbers_that_the_sheet_shows(desk: Desk) -> None:
    content = (
        '<row r="3"><c r="B3" t="str"><v>serial</v></c></row>'
        '<row r="7" ht="20"/><row r="9"><c r="B9" t="str"><v>AB?</v></c></row>'
        '<row r="250000"><c r="B250000" t="str"><v>AB1201</v></c></row>'
        '<row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    report = desk.take(packed(parts_of({"Units": sheet(content)})))
    assert tally(report) == (250_000, 1, 1, 1, 0, 249_997)
    assert [number for number, _, _ in desk.rejects()] == [9]


@pytest.mark.parametrize(
    ("cell", "form", "expected"),
    [
        (number(123456), DIGITS, "123456"),
        (number("123456", 4), DIGITS, "123456"),
        (number("1.23456E+5"), DIGITS, "123456"),
        (number("123456.0"), DIGITS, "123456"),
        (number(12345), DIGITS, RejectReason.NUMBER_CELL),
        (number(1234567), DIGITS, RejectReason.NUMBER_CELL),
        (number("123456.5"), DIGITS, RejectReason.NUMBER_CELL),
        (number(-123456), DIGITS, RejectReason.NUMBER_CELL),
        (number(123456, 1), DIGITS, RejectReason.NUMBER_CELL),
        (number(123456, 5), DIGITS, RejectReason.NUMBER_CELL),
        (number("1E+400"), DIGITS, RejectReason.NUMBER_CELL),
        (number("nan"), DIGITS, RejectReason.NUMBER_CELL),
        (number(45000, 2), SerialForm("0123456789", 5, 5), RejectReason.DATE_CELL),
        (number(45000, 3), SerialForm("0123456789", 5, 5), RejectReason.DATE_CELL),
        ('<c t="d"><v>2023-03-15</v></c>', DIGITS, RejectReason.DATE_CELL),
        (number(123456), SerialForm("0123456789", 6, 8), RejectReason.NUMBER_CELL),
        (number(12345678), SerialForm("0123456789", 6, 8), "12345678"),
        (number(120000), SerialForm("0123456789E", 6, 6), RejectReason.NUMBER_CELL),
        (number(10**15 - 1), SerialForm("0123456789", 15, 15), str(10**15 - 1)),
        (number(10**15), SerialForm("0123456789", 16, 16), RejectReason.NUMBER_CELL),
        ('<c t="b"><v>1</v></c>', DIGITS, RejectReason.NO_TEXT_CELL),
        ('<c t="e"><v>#N/A</v></c>', DIGITS, RejectReason.NO_TEXT_CELL),
        ("<c><f>A1</f></c>", DIGITS, RejectReason.FORMULA_CELL),
        ('<c t="str"><f>A1&amp;B1</f><v>001234</v></c>', DIGITS, "001234"),
        ('<c t="str"><f>A1</f><v></v></c>', DIGITS, None),
        ('<c t="inlineStr"><is><r><t>00</t></r><r><t>1234</t></r></is></c>', DIGITS, "001234"),
    ],
)
def test_what_a_cell_says(
    desk: Desk, cell: str, form: SerialForm, expected: str | RejectReason | None
) -> None:
    more = str(max(9, 10 ** (form.shortest - 1)))[: form.shortest].rjust(form.shortest, "9")
    desk.take(workbook("serial", cell, more), form=form)
    reasons = [reason for number, reason, _ in desk.rejects() if number == 2]
    if isinstance(expected, RejectReason):
        assert reasons == [expected]
    else:
        assert reasons == []
        assert desk.serials() == {expected, more} - {None}


def test_advice_says_how_to_mend_it(desk: Desk) -> None:
    desk.take(workbook("serial", number(12)), form=DIGITS, reject_file=desk.folder / "r.csv")
    assert "format the column as text" in (desk.folder / "r.csv").read_text()


def test_texts_that_cells_share(desk: Desk) -> None:
    texts = (
        "<si><t>serial</t></si><si><r><t>AB</t></r><r><t>1201</t></r>"
        "<rPh><t>pronounced</t></rPh></si><si><t>AB1202_x000D_</t></si><si><t>_x005F_x0041_</t></si>"
    )
    cells = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(4))
    desk.take(packed(parts_of({"Units": sheet(cells)}, texts=texts)))
    assert desk.serials() == {"AB1201", "AB1202"}
    assert [row for _, _, row in desk.rejects()] == [b"_x0041_"]


def test_a_prefix_of_its_own_for_every_element(desk: Desk) -> None:
    content = sheet(rows("serial", "AB1201", number(7)))
    for name in ("worksheet", "sheetData", "row", "c", "is", "t", "v"):
        content = content.replace(f"<{name}>", f"<x:{name}>").replace(f"</{name}>", f"</x:{name}>")
        content = content.replace(f"<{name} ", f"<x:{name} ")
    report = desk.take(packed(parts_of({"Units": content.replace("xmlns=", "xmlns:x=")})))
    assert tally(report) == (3, 1, 1, 1, 0, 0)


def test_a_title_above_the_heading_is_refused(desk: Desk) -> None:
    with pytest.raises(ColumnsNotClear, match=r"Line 3.*other lines stand above"):
        desk.take(workbook("Recalled units", [], ["no", "Serial No."], ["1", "AB1201"]))


def test_a_second_column_of_serials_is_refused_also_without_a_heading(desk: Desk) -> None:
    with pytest.raises(ColumnsNotClear, match="More than one column"):
        desk.take(workbook(["serial"], ["AB1201", "CD1201"], ["AB1202", "CD1202"]))


CELL = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=st.lists(st.lists(CELL | st.integers(0, 99), max_size=4), max_size=6))
def test_every_cell_comes_in_as_it_was_written(cells: list[list[str | int | None]]) -> None:
    path = written(fresh_folder() / "any.xlsx", [["serial", "b", "c", "d"], *cells, ["AB1201"]])
    asked = Columns("serial")
    source = SheetFile(path, None)
    layout = source.layout(asked, DIGITS)
    seen = [line for portion, _ in source.portions(layout, DIGITS) for line in portion.chunk.lines]
    read = [row for line in seen for row in (list(csv.reader([line])) or [[]])]
    texts = [["" if cell is None else str(cell) for cell in row] for row in cells]
    assert source.lines == len(cells) + 2
    for row, expected in zip(read[1:], [*texts, ["AB1201"]], strict=True):
        assert [*expected, "", "", "", ""][:4] == [*row, "", "", "", ""][:4]


def test_any_byte_of_a_sheet_turned_over_is_no_traceback(desk: Desk) -> None:
    draw = random.Random(6)
    sound = parts_of(
        {"Units": sheet(rows(["serial", "n"], ["AB1201", number(7)], ['<c t="s"><v>0</v></c>']))},
        texts="<si><t>AB1202</t></si>",
    )
    for _ in range(200):
        parts = {name: bytearray(str(part).encode()) for name, part in sound.items()}
        broken = parts[draw.choice(list(parts))]
        for _ in range(draw.choice([1, 1, 3])):
            broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
        with suppress(ImportRefused):
            tally(desk.take(packed({name: bytes(part) for name, part in parts.items()})))


def test_an_old_workbook_is_taken_by_the_same_rules(desk: Desk) -> None:
    rows = (["serial", "note"], ["AB1201", "x"], [], ["AB12?4", "y"], [12, "z"], ["AB1202", "x"])
    told: list[str] = []
    report = desk.take(old_workbook(*rows, hidden=frozenset({5})), remark=told.append)
    assert tally(report) == (6, 1, 2, 2, 0, 1)
    assert desk.serials() == {"AB1201", "AB1202"}
    assert [(n, reason, row) for n, reason, row in desk.rejects()] == [
        (4, RejectReason.UNKNOWN_CHARACTER, b"AB12?4,y"),
        (5, RejectReason.NUMBER_CELL, b"12,z"),
    ]
    assert told == ["1 row is hidden in the sheet, and taken like the others."]
