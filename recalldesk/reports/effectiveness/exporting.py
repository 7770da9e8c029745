"""The report as a file: JSON, a workbook with a sheet for each table, CSV of one table, PDF.

Guarantees: the numbers are those of the page; no cell is a formula; nothing in it is of a person.
"""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook

from recalldesk.foundation.sheets import PLAIN, Cell, Heading, csv_parts
from recalldesk.reports.effectiveness.definitions import STEPS
from recalldesk.reports.effectiveness.figures import Effectiveness
from recalldesk.reports.effectiveness.selection import query_of
from recalldesk.reports.effectiveness.tables import PLACES, Table, tables_of

SHEETS_BYTES = 31
"""Letters in a sheet's name."""


def as_json(found: Effectiveness) -> str:
    """The tables with their definitions; of each number the rows that stand behind it."""
    told: dict[str, Any] = {
        "recall": found.recall,
        "version": found.version,
        "at": found.at.isoformat(timespec="seconds"),
        "units": found.whole.units,
        "corrected": found.whole.corrected,
        "gift_cards": found.gift_cards,
        "steps": [{"step": title, "counts": says} for title, says in STEPS],
        "tables": [_told(table) for table in tables_of(found)],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def as_xlsx(found: Effectiveness) -> bytes:
    """A workbook; its first sheet says what is counted."""
    kept = io.BytesIO()
    with Workbook(kept, PLAIN | {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet("Definitions")
        first.set_column(0, 0, 34)
        first.set_column(1, 1, 100)
        for place, row in enumerate(_definitions(found)):
            first.write_string(place, 0, row[0], bold)
            first.write_string(place, 1, row[1], wrapped)
        for table in tables_of(found):
            sheet = book.add_worksheet(table.part.value[:SHEETS_BYTES])
            sheet.set_column(0, 0, 34)
            sheet.set_column(1, len(table.heads) - 1, 18)
            for column, head in enumerate(heads_of(table)):
                sheet.write_string(0, column, head, bold)
            for number, line in enumerate(table.lines, start=1):
                sheet.write_string(number, 0, line.title)
                for column, each in enumerate(line.numbers, start=1):
                    if each.value is not None:
                        sheet.write_number(number, column, each.value)
    return kept.getvalue()


def as_csv(table: Table) -> Iterator[bytes]:
    """One table."""
    return csv_parts([Heading(head) for head in heads_of(table)], lines_of(table))


def heads_of(table: Table) -> list[str]:
    """The columns; a share says that it is one."""
    shares = [any("%" in line.numbers[at].shown for line in table.lines) for at in _places(table)]
    first, *rest = table.heads
    return [
        first,
        *(f"{head}, %" if is_share else head for head, is_share in zip(rest, shares, strict=True)),
    ]


def lines_of(table: Table) -> Iterator[list[Cell]]:
    """The lines, each as its cells."""
    for line in table.lines:
        yield [line.title, *(_cell(each.value) for each in line.numbers)]


def _places(table: Table) -> range:
    return range(len(table.heads) - 1)


def _cell(value: float | None) -> Cell:
    if value is None:
        return ""
    return int(value) if value == int(value) else f"{value:.{PLACES}f}".rstrip("0")


def _definitions(found: Effectiveness) -> Iterator[tuple[str, str]]:
    yield "Recall", f"{found.recall}, version {found.version}"
    yield "As of", f"{found.at:%Y-%m-%d %H:%M} UTC"
    for table in tables_of(found):
        yield table.part.value, f"{table.definition.title}. {table.definition.says}"
    for title, says in STEPS:
        yield f"Step: {title}", says
    yield "Gift cards", found.gift_cards


def _told(table: Table) -> dict[str, Any]:
    return {
        "name": table.part.value,
        "title": table.definition.title,
        "counts": table.definition.says,
        "columns": heads_of(table),
        "lines": [
            {
                "title": line.title,
                "numbers": [
                    {"value": each.value, "rows": query_of(each.rows) if each.rows else None}
                    for each in line.numbers
                ],
            }
            for line in table.lines
        ],
    }


def named(found: Effectiveness, form: str) -> str:
    """The name of the file."""
    day: date | datetime = found.at
    return f"effectiveness-{found.recall}-{day:%Y-%m-%d}.{form}"
