"""Any text comes back from a list as it was, and no cell is ever a formula."""

import csv
import io
import re
from collections.abc import Sequence
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.sheets import STARTS_A_FORMULA, Heading, csv_parts, xlsx_parts

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
HEADINGS = (Heading("Free"), Heading("Serial", is_exact=True))
BEGINNINGS = st.sampled_from([*STARTS_A_FORMULA, "'", "''", "_x0041_", "007", "1E5", ""])
SIGNS = st.text(alphabet=[*STARTS_A_FORMULA, *";,'\" x"], max_size=8)
TEXTS = st.builds(str.__add__, BEGINNINGS, st.text(max_size=40) | SIGNS)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), max_size=6)


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> list[list[str]]:
    text = b"".join(csv_parts(HEADINGS, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[1:]


def as_it_was(cell: str) -> str:
    """As docs/desk-queue.md says it to whoever reads the file with a program."""
    return re.sub(r"(^|[;\t\r\n])'", r"\1", cell)


@given(ROWS)
def test_a_csv_file_has_no_formula_and_gives_every_text_back(rows: list[tuple[str, str]]) -> None:
    cells = as_csv(rows)
    assert not [cell for row in cells for cell in row if cell.startswith(STARTS_A_FORMULA)]
    assert [tuple(as_it_was(cell) for cell in row) for row in cells] == rows


@given(ROWS)
@example([("x;=cmd|'/c calc'!A1", ""), ("x\t=1", 'x;"=1'), ("x\n=1", "x;"), ("=1", "")])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_read_with_another_separator_it_still_has_no_formula(
    separator: str, rows: list[tuple[str, str]]
) -> None:
    cells = [cell for row in as_csv(rows, separator) for cell in row]
    assert not [cell for cell in cells if cell.startswith(STARTS_A_FORMULA)]


@given(ROWS)
def test_what_must_stay_as_it_is_begins_with_an_apostrophe(rows: list[tuple[str, str]]) -> None:
    assert all(exact.startswith("'") for _, exact in as_csv(rows) if exact)


@settings(max_examples=40, deadline=None)  # a workbook goes through files
@given(ROWS)
def test_a_workbook_has_no_formula_and_gives_every_text_back(rows: list[tuple[str, str]]) -> None:
    with ZipFile(io.BytesIO(b"".join(xlsx_parts(HEADINGS, rows)))) as book:
        tree = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert {each for each in book.namelist() if "external" in each.lower()} == set()
    assert not list(tree.iter(f"{SPACE}f"))
    read = [
        {cell.get("r", "")[0]: cell for cell in row.iter(f"{SPACE}c")}
        for row in list(tree.iter(f"{SPACE}row"))[1:]
    ]
    for given_row, cells in zip((row for row in rows if any(row)), read, strict=True):
        for column, text in zip("AB", given_row, strict=True):
            if text:
                cell = cells[column]
                assert cell.get("t") == "inlineStr"
                assert shown(cell) == text


def shown(cell: ElementTree.Element) -> str:
    written = "".join(each.text or "" for each in cell.iter(f"{SPACE}t"))
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), written)
