"""What the pages of a seat show, from figures that were read. Nothing here asks the database.

Guarantee: each number leads to rows below the same seat, and to no other page of the desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from recalldesk.console.correction_shown import Shown
from recalldesk.console.incident_figures_shown import HEADS, TallyShown
from recalldesk.console.reach_shown import Drawn, drawn, heads_of, shares_of, table_of
from recalldesk.incidents.tally.counting import Tally
from recalldesk.outreach.reach.figures import Reach
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.corrections.reads import CorrectionFigures

OTHERS: tuple[tuple[str, str], ...] = (
    ("console:progress_report", "The monthly progress report, and the rows behind it"),
    ("console:effectiveness", "Effectiveness"),
    ("console:publicity", "What is done in public"),
)


@dataclass(frozen=True)
class Table:
    """A table of figures. `key` names it in the page; `lines` are those of the desk's own pages."""

    key: str
    title: str
    caption: str
    heads: tuple[str, ...]
    lines: Sequence[Any]
    picture: Drawn | None = None


@dataclass(frozen=True)
class Cell:
    """A cell that leads nowhere."""

    shown: str
    url: str = ""
    of: str = ""


@dataclass(frozen=True)
class TotalLine:
    """A line that sums up those below it."""

    title: str
    cells: tuple[Cell, ...]
    is_total: bool = True


def correction_tables(figures: CorrectionFigures, slug: str) -> list[Table]:
    """Corrected by level, by how and by week; got rid of."""
    shown = Shown(figures, slug, rows_at=reverse("console:seat_correction_rows", args=[slug]))
    levels = ("Level", "Affected", "In these days", "So far", "Of the affected")
    weeks = ("Week", *(str(each.label) for each in Level), "All")
    return [
        Table("levels", "Units corrected, by level", "By level", levels, shown.levels()),
        Table("weeks", "Week by week", "By week and level", weeks, shown.weeks()),
        Table("how", "How, so far", "By how", ("Level and how", "Units"), shown.measures()),
        Table(
            "disposal",
            "Got rid of, and corrected twice: as of now",
            "Got rid of",
            ("Figure", "Claims or reports"),
            [TotalLine(each.title, (each.cell,), is_total=False) for each in shown.disposal()],  # type: ignore[arg-type]  # a cell is a cell
        ),
    ]


def reach_table(found: Reach, slug: str) -> Table:
    """Reach by channel, with its picture."""

    def rows_at(figure: str, channel: str) -> str:
        query = f"?channel={channel}" if channel else ""
        return reverse("console:seat_reach_rows", args=[slug, figure]) + query

    share = TotalLine("Reach", tuple(Cell(each) for each in shares_of(found)))
    return Table(
        "reach",
        "Of which units somebody was told",
        "Units of each channel by what became of them",
        ("Figure", *heads_of(found)),
        [share, *table_of(found, rows_at)],
        drawn(found),
    )


def incident_table(tally: Tally, slug: str) -> Table:
    """The tally."""
    shown = TallyShown(
        tally,
        "",
        rows_at=lambda figure: reverse("console:seat_incident_rows", args=[slug, figure]),
    )
    return Table(
        "tally",
        "Incidents, injuries, deaths and damage",
        "By when they happened",
        ("Figure", *HEADS.values()),
        shown.lines(),
    )


def others_of(slug: str) -> list[tuple[str, str]]:
    """Pages of reports beside the seat's own: title and address, as far as they are there."""
    found = []
    for name, title in OTHERS:
        try:
            found.append((title, reverse(name, args=[slug])))
        except NoReverseMatch:
            continue
    return found
