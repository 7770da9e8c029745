"""Old workbooks (.xls), as another program than ours writes them."""

import io
from collections.abc import Sequence
from datetime import date

import xlwt

Cells = Sequence[object]
FORMAT_ALONE, DAY = xlwt.easyxf("font: bold on"), xlwt.easyxf(num_format_str="m/d/yy")


def old_workbook(
    *rows: Cells, hidden: frozenset[int] = frozenset(), **sheets: list[Cells]
) -> bytes:
    """A workbook with these rows in its first sheet, and more sheets by their names. `hidden`:
    numbers of rows from 0; None is a cell with a format alone."""
    book = xlwt.Workbook()
    for name, of in {"Orders": list(rows), **sheets}.items():
        sheet = book.add_sheet(name)
        for number, cells in enumerate(of):
            for column, cell in enumerate(cells):
                if cell is None:
                    sheet.write(number, column, None, FORMAT_ALONE)
                elif isinstance(cell, date):
                    sheet.write(number, column, cell, DAY)
                elif cell != "":
                    sheet.write(number, column, cell)
            if number in hidden:
                sheet.row(number).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
