"""The report as a workbook: its figures with their words, and what it says beside them.

Guarantee: no cell is a formula, whatever somebody typed.
"""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from recalldesk.foundation.sheets import PLAIN, Cell
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.progress.cells import corrected
from recalldesk.reports.progress.cells.every import FIGURES
from recalldesk.reports.progress.report import Report
from recalldesk.reports.progress.words import TITLE, found, home_page, notes, stock

FIGURE_HEADS = ("Section", "Figure", "Cell", "Affected", "This period", "So far", "What it counts")
NETWORK_HEADS = ("Network", "Posts", "Reactions", "Comments", "Shares", "Read on")
LOOK_HEADS = ("Site", "Looked on", "Product found", "Action taken", "What came of it")


def as_xlsx(report: Report) -> bytes:
    """The workbook."""
    kept = io.BytesIO()
    with Workbook(kept, PLAIN | {"constant_memory": False, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        _sheet(book, "Report", bold, ("", ""), _head(report), (28, 80))
        _sheet(book, "Figures", bold, FIGURE_HEADS, _figures(report), (34, 40, 26, 12, 12, 12, 90))
        networks = [
            [
                str(each.network.label),
                each.posts,
                *("" if n is None else n for n in (each.reactions, each.comments, each.shares)),
                str(each.read_on or ""),
            ]
            for each in report.publicity.networks
        ]
        _sheet(book, "Networks", bold, NETWORK_HEADS, networks, (18, 10, 12, 12, 12, 14))
        looks = [
            [each.site, str(each.checked_on), found(each), each.action, each.outcome]
            for each in report.publicity.looks
        ]
        _sheet(book, "Auction sites", bold, LOOK_HEADS, looks, (30, 14, 20, 30, 30))
    return kept.getvalue()


def _head(report: Report) -> list[list[Cell]]:
    head, period = report.head, report.period
    lines: list[list[Cell]] = [
        [TITLE, ""],
        ["Recall", head.recall],
        ["Case number", head.case_number],
        ["Period", f"{period.first} to {period.last}"],
        ["Compliance officer", head.compliance_officer],
        ["Firm", head.firm],
        ["Product", head.product],
        ["Home page", home_page(report.publicity.home_page)],
        ["Stock", stock(report)],
        ["Counted", f"{report.counted_at:%Y-%m-%d %H:%M} UTC"],
    ]
    return lines + [["Note", each] for each in notes(report)]


def _figures(report: Report) -> list[list[Cell]]:
    affected: dict[str, int | None] = {
        corrected.BY_LEVEL[level].name: report.affected.levels[level] for level in Level
    } | {corrected.TOTAL.name: report.affected.total}
    rows: list[list[Cell]] = []
    for figure in FIGURES:
        numbers, units = report.numbers[figure.name], affected.get(figure.name)
        rows.append(
            [
                figure.section.value,
                figure.title,
                figure.name,
                "" if units is None else units,
                numbers.in_period,
                numbers.so_far,
                figure.says,
            ]
        )
    return rows


def _sheet(
    book: Workbook,
    name: str,
    bold: Format,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    if any(heads):
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
    for line, row in enumerate(rows, start=1 if any(heads) else 0):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, place, cell)
            elif cell:
                sheet.write_string(line, place, cell)
