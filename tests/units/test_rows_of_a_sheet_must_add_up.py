"""The rows of a sheet are counted by two programs that share no code; both must agree."""

from collections.abc import Iterator
from typing import Any

import pytest

from recalldesk.foundation.workbooks.row_count import RowCount
from recalldesk.units.errors import LinesNotAccountedFor
from recalldesk.units.importing.tables import sheet_file
from tests.units.desk import Desk
from tests.units.workbooks import rows, sheet, workbook

CONTENT = sheet(
    rows("serial", "", "AB1201")
    + '<row r="7" ht="3"/><x:row r="9"><x:c><x:v>1</x:v></x:c></x:row><row r="12"><c s="1"/></row>'
    "<row><c><f/></c></row><row><c><v/></c></row>",
    "<rowBreaks/><conditionalFormatting><cfRule><formula>1</formula></cfRule></conditionalFormatting>",
).encode()


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_reader_that_loses_a_row_is_caught(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    source = sheet_file.SheetFile(
        desk.file(workbook("serial", "AB1201", "AB1202", "AB1203")), asked=None
    )
    layout = source.layout(sheet_file.Columns(), desk.form)
    whole = source._book.rows

    def careless(*of: Any) -> Iterator[sheet_file.SheetRow]:
        return (row for row in whole(*of) if row.number != lost + 1)

    monkeypatch.setattr(source._book, "rows", careless)
    with pytest.raises(LinesNotAccountedFor, match="4 filled rows, but 3 were read"):
        list(source.portions(layout, desk.form))


def test_rows_counted_in_blocks_of_any_length() -> None:
    for size in (1, 2, 7, 100, 10_000):
        blocks = (CONTENT[at : at + size] for at in range(0, len(CONTENT), size))
        assert RowCount.of(blocks) == RowCount(lines=13, filled=4)


def test_what_cannot_be_counted_is_said() -> None:
    with pytest.raises(ValueError, match="does not end"):
        RowCount.of([b"<row r='1'>", *[b"<c>" * (1 << 20)] * 6])
    with pytest.raises(ValueError, match="UTF-8"):
        RowCount.of([sheet("").encode("utf-16")])
