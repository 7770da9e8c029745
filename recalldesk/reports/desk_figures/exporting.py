"""Hands out the rows behind a figure, or a table of the figures, as a file.

Guarantees: as of any list, who took what, why and how many rows stands in the log before the first
byte leaves; no column names an owner or a unit.
"""

from collections.abc import Collection, Iterator

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.reports.desk_figures.reads import figures_of
from recalldesk.reports.desk_figures.row_sets import cells_of, rows_behind, titles_of
from recalldesk.reports.desk_figures.selection import Behind, NoSuchFigure, query_of
from recalldesk.reports.desk_figures.tables import TABLES, TABLES_OF_PEOPLE, Table

LOGGED_AS = "figures?"
"""With what the query of such an export begins in the log: the queue's own begin otherwise."""


def count_behind(behind: Behind, recall_ids: Collection[int], *, by: Staff) -> int:
    """How many rows an export would hold now. Raises NotPermitted."""
    require(by, Permission.EXPORT_LIST)
    return rows_behind(behind.selection, recall_ids, behind.period, by=by).count()


def export_rows(
    behind: Behind, recall_ids: Collection[int], *, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out the rows behind a figure.
    Raises NotPermitted, NoReasonForExport, TooManyForWorkbook.
    """
    require(by, Permission.EXPORT_LIST)
    selection = behind.selection
    rows = rows_behind(selection, recall_ids, behind.period, by=by)
    titles = titles_of(selection, by=by)
    return hand_out(
        _row(by, query_of(behind), form, titles, expected=rows.count()),
        name=f"rows-{selection.figure}",
        headings=[Heading(title) for title in titles],
        rows=cells_of(rows, selection, by=by),
        reason=reason,
    )


def table_named(key: str, behind: Behind, recall_ids: Collection[int], *, by: Staff) -> Table:
    """A table as it stands now. Raises NotPermitted, NoSuchFigure."""
    require(by, Permission.EXPORT_LIST)
    if key not in TABLES:
        raise NoSuchFigure
    if key in TABLES_OF_PEOPLE:
        require(by, Permission.DECIDE_SECOND)
    return TABLES[key](figures_of(recall_ids, behind.period, by=by))


def export_table(
    table: Table, behind: Behind, *, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out a table. Raises NotPermitted, NoReasonForExport."""
    require(by, Permission.EXPORT_LIST)
    first, *numbers = table.heads
    unit = f", {table.unit}" if table.unit else ""
    titles = [first or "Which", numbers[0], *(f"{title}{unit}" for title in numbers[1:])]
    lines = list(_lines(table))
    return hand_out(
        _row(by, f"table={table.key}&{query_of(behind)}", form, titles, expected=len(lines)),
        name=f"figures-{table.key}",
        headings=[Heading(title) for title in titles],
        rows=iter(lines),
        reason=reason,
    )


def _lines(table: Table) -> Iterator[list[Cell]]:
    for line in table.all_lines:
        yield [line.title, *(number.value for number in line.numbers)]


def _row(by: Staff, query: str, form: SheetForm, titles: list[str], *, expected: int) -> ListExport:
    return ListExport(
        by=by,
        query=LOGGED_AS + query,
        form=form,
        columns=[title[:40] for title in titles],
        is_personal=False,
        expected=expected,
    )
