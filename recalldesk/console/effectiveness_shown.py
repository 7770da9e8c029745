"""What the page of a recall's effectiveness shows, from its figures. It asks no database.

Guarantees: a number leads to its rows; a picture that could not be drawn is left out, and its table
stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from recalldesk.console.reach_shown import said_of
from recalldesk.reports.charts.drawing import NotDrawn, drawer
from recalldesk.reports.desk_figures.words import NOTHING, duration, percent, share
from recalldesk.reports.effectiveness.definitions import STEPS, Part
from recalldesk.reports.effectiveness.figures import Effectiveness
from recalldesk.reports.effectiveness.pictures import picture_of
from recalldesk.reports.effectiveness.selection import Rows, Selected, query_of
from recalldesk.reports.effectiveness.tables import Number, Table, tables_of
from recalldesk.reports.reach.picture import Key

log = structlog.get_logger()
WIDE = frozenset({Part.WEEKS, Part.FORECAST, Part.REACH})
OPEN_AT_ONCE = frozenset({Part.LEVELS, Part.WAYS, Part.COUNTRIES})
"""Their tables are short, and say the units: they stand open."""


@dataclass(frozen=True)
class ShownCell:
    """A number of a table; `url` leads to its rows, `of` says which for whoever hears the link."""

    shown: str
    url: str
    of: str


@dataclass(frozen=True)
class ShownLine:
    """A row of a table."""

    title: str
    cells: tuple[ShownCell, ...]
    is_total: bool


@dataclass(frozen=True)
class Panel:
    """A picture with its table and its definition. `svg` is empty where there is none; `more`:
    sentences beside it."""

    table: Table
    title: str
    lines: tuple[ShownLine, ...]
    svg: SafeString
    keys: tuple[Key, ...]
    more: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.table.part in WIDE

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """What each step counts, of a table of steps."""
        return STEPS if self.table.part is Part.FROM_NOTICE else ()

    @property
    def is_open(self) -> bool:
        """Whether its table stands open."""
        return not self.svg or self.table.part in OPEN_AT_ONCE


@dataclass(frozen=True)
class Headline:
    """One of the few numbers that matter."""

    title: str
    shown: str
    note: str
    url: str = ""


def panels_of(found: Effectiveness) -> list[Panel]:
    """The panels, in their order."""
    return [_panel(table, found) for table in tables_of(found)]


def headlines_of(found: Effectiveness) -> list[Headline]:
    """What one wants to know first."""
    whole, reach = found.whole, found.reach
    kept, late = found.kept
    told = reach.share_of_recalled
    every = rows_url(found.recall, Selected(Rows.CORRECTED))
    return [
        Headline(
            "Units in the recall",
            NOTHING if whole.units is None else f"{whole.units:,}",
            "as the recall file states" if whole.units else "the recall file does not state them",
        ),
        Headline(
            "Corrected",
            share(whole.corrected, whole.units) if whole.units else f"{whole.corrected:,}",
            f"{whole.corrected:,} units",
            every if whole.corrected else "",
        ),
        Headline(
            "Told directly, or by the shop",
            NOTHING if told is None else percent(told),
            f"of all units; {_of_sold(found)} of those that order files name",
        ),
        Headline(
            "From sent to decided",
            duration(found.since_sent.median),
            "no claim is decided yet"
            if found.since_sent.ninetieth is None
            else f"median; 9 in 10 within {duration(found.since_sent.ninetieth)}",
        ),
        Headline(
            "Promises kept",
            share(kept, kept + late),
            f"{late:,} late" if kept + late else "none fell due yet",
        ),
    ]


def rows_url(recall: str, chosen: Selected) -> str:
    """Where the rows of a number are."""
    return f"{reverse('console:effectiveness_rows', args=[recall])}?{query_of(chosen)}"


def _of_sold(found: Effectiveness) -> str:
    reach = found.reach.whole.share
    return NOTHING if reach is None else percent(reach)


def _panel(table: Table, found: Effectiveness) -> Panel:
    picture, svg, title = picture_of(table, found), "", _title(table, found)
    if picture is not None:
        try:
            svg = drawer().draw(
                picture.spec, name=f"picture-{table.part}", title=title, says=picture.says
            )
        except NotDrawn as problem:
            log.error("chart_not_drawn", chart=table.part.value, problem=str(problem))
    return Panel(
        table=table,
        title=title,
        lines=tuple(_lines(table, found.recall)),
        svg=mark_safe(svg),  # noqa: S308 - reports/charts/cleaning.py lets shapes and texts through
        keys=picture.keys if picture and svg else (),
        more=tuple(_more(table, found)),
    )


def _title(table: Table, found: Effectiveness) -> str:
    """What the picture says, where it says one thing plainly."""
    if table.part is Part.FROM_NOTICE and found.from_notice[0]:
        last = share(found.from_notice[-1], found.from_notice[0])
        return f"From the notice to the remedy: {last} of the told came to the end"
    if table.part is Part.FORECAST and found.forecast and found.whole.units:
        week, units = found.forecast.weeks[-1], found.whole.units
        return (
            f"What may come, if nothing changes: {week.least / units:.1%} to "
            f"{week.most / units:.1%} in {week.ahead} weeks".replace("%", " %")
        )
    return table.definition.title


def _more(table: Table, found: Effectiveness) -> Iterator[str]:
    if table.part is Part.REACH:
        yield from said_of(found.reach)
    if table.part is Part.FORECAST and found.forecast:
        yield (
            f"Fitted to {found.forecast.fitted_weeks} weeks, each "
            f"{found.forecast.falls_by:.0%} less than the one before.".replace("%", " %")
        )
    if table.part is Part.LEVELS:
        yield found.gift_cards


def _lines(table: Table, recall: str) -> Iterator[ShownLine]:
    for line in table.lines:
        cells = (
            _cell(number, f"{line.title}, {head}", recall)
            for number, head in zip(line.numbers, table.heads[1:], strict=True)
        )
        yield ShownLine(line.title, tuple(cells), line.is_total)


def _cell(number: Number, of: str, recall: str) -> ShownCell:
    return ShownCell(number.shown, rows_url(recall, number.rows) if number.rows else "", of)
