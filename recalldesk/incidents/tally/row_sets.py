"""The reports behind a figure, and what is told of each, on pages and in exports.

Guarantees: what they add gives the figure; none of their columns tells of a person or their health,
and none of what is sealed is read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.incidents.models import Incident
from recalldesk.incidents.tally.counting import Behind

LOGGED_AS = "incidents?"
"""With what the query of such an export begins in the log."""
AT_ONCE = 1_000
SEALED = ("sealed_serial", "sealed_contact", "sealed_account")


@dataclass(frozen=True)
class RowColumn:
    """One column."""

    title: str
    value: Callable[[Incident, Decimal], Cell]


def plain_number(number: Decimal) -> str:
    """A number with the places that it needs: 19, 60700.50."""
    return str(int(number)) if number == int(number) else f"{number:.2f}"


def _iso(moment: date | datetime | None) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return str(moment or "")


def _day(row: Incident) -> str:
    about = "" if row.is_day_exact else "about "
    return f"{about}{row.happened_on}" if row.happened_on else ""


COLUMNS: tuple[RowColumn, ...] = (
    RowColumn("Incident", lambda row, _: row.pk),
    RowColumn("Adds", lambda _, adds: plain_number(adds)),
    RowColumn("What happened", lambda row, _: str(row.get_happened_display())),
    RowColumn("Happened on", lambda row, _: _day(row)),
    RowColumn("Told on", lambda row, _: _iso(row.told_on)),
    RowColumn("Written at (UTC)", lambda row, _: _iso(row.obtained_at)),
    RowColumn("Decision", lambda row, _: str(row.get_state_display())),
    RowColumn("Authority’s number", lambda row, _: row.authority_reference),
    RowColumn("Number in its file", lambda row, _: row.outside_number),
    RowColumn("File", lambda row, _: row.brought_by_id or ""),
    RowColumn("Line", lambda row, _: row.line or ""),
)
INCIDENT = "Incident"
"""The column whose number leads to the report's page."""


def cells_of(behind: Behind) -> Iterator[list[Cell]]:
    """The rows, each as its cells, in their order."""
    for start in range(0, len(behind), AT_ONCE):
        part = behind[start : start + AT_ONCE]
        rows: Mapping[int, Incident] = Incident.objects.defer(*SEALED).in_bulk(
            [told.number for told, _ in part]
        )
        for told, adds in part:
            yield [column.value(rows[told.number], adds) for column in COLUMNS]


def export_rows(
    behind: Behind, *, named: str, query: str, by: Staff, form: SheetForm, reason: str
) -> Export:
    """Begins to hand out the rows of a figure. Who took them, why and how many stands in the log.
    Raises NotPermitted, NoReasonForExport, TooManyForWorkbook."""
    require(by, Permission.EXPORT_LIST)
    titles = [column.title for column in COLUMNS]
    return hand_out(
        ListExport(
            by=by,
            query=LOGGED_AS + query,
            form=form,
            columns=titles,
            is_personal=False,
            expected=len(behind),
        ),
        name=f"incidents-{named}",
        headings=[Heading(title) for title in titles],
        rows=cells_of(behind),
        reason=reason,
    )
