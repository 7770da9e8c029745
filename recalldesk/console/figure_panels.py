"""The figures as a page shows them: the few numbers that matter, then pictures with their tables.

Guarantees: a number leads to its rows for whoever may open them; a picture that could not be drawn
is left out, and its table stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import structlog
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_days import Due
from recalldesk.claims.desk_queue.filters import Filters, query_of
from recalldesk.claims.desk_queue.lists import IN_LIST, QueueList
from recalldesk.claims.states import DeskList
from recalldesk.reports.charts.drawing import NotDrawn, drawer
from recalldesk.reports.desk_figures import selection as behind_numbers
from recalldesk.reports.desk_figures.definitions import DEFINITIONS, Figure
from recalldesk.reports.desk_figures.pictures import Part, picture_of
from recalldesk.reports.desk_figures.selection import Behind, Selection, Who
from recalldesk.reports.desk_figures.tables import TABLES, TABLES_OF_PEOPLE, Number, Table
from recalldesk.reports.desk_figures.values import DeskFigures
from recalldesk.reports.desk_figures.words import NOTHING, duration, share

log = structlog.get_logger()
LIST_OF: dict[DeskList, QueueList] = {desk: each for each, desk in IN_LIST.items()}


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
    """A picture with its table. `svg` is empty where there is none; `file_url` where who looks may
    not take it."""

    table: Table
    lines: tuple[ShownLine, ...]
    svg: SafeString
    parts: tuple[Part, ...]
    file_url: str

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.table.key == "days"


@dataclass(frozen=True)
class Headline:
    """One of the few numbers that matter."""

    title: str
    shown: str
    note: str
    says: str
    url: str


class Addresses:
    """Where the rows behind numbers are found, by whoever looks."""

    def __init__(self, recall: str, figures: DeskFigures, by: Staff) -> None:
        self._behind = Behind(recall, figures.period, Selection(Figure.DECIDED))
        self._may_export = by.may(Permission.EXPORT_LIST)

    def of(self, chosen: Selection | None) -> str:
        """The address of the rows; empty where there is none for who looks."""
        if chosen is None:
            return ""
        listed = self._in_queue(chosen)
        if listed is not None:
            return f"{reverse('console:queue')}?{query_of(listed)}"
        return self._export(behind_numbers.query_of(replace(self._behind, selection=chosen)))

    def of_table(self, key: str) -> str:
        """Where the table is taken as a file."""
        chosen = behind_numbers.query_of(self._behind)
        return self._export(f"{urlencode({'table': key})}&{chosen}")

    def _export(self, query: str) -> str:
        return f"{reverse('console:figure_rows')}?{query}" if self._may_export else ""

    def _in_queue(self, chosen: Selection) -> Filters | None:
        """The list of the queue that holds the same claims, where one does."""
        recall = self._behind.recall
        if chosen == Selection(Figure.LATE_NOW):
            return Filters(QueueList.PROMISE, recall=recall, due=Due.LATE)
        if chosen.figure is Figure.WAITING and chosen.list and chosen.span is None:
            return Filters(LIST_OF[chosen.list], recall=recall)
        return None


def panels_of(figures: DeskFigures, addresses: Addresses) -> list[Panel]:
    """The panels, in their order."""
    return [
        _panel(make(figures), figures, addresses)
        for key, make in TABLES.items()
        if figures.shows_people or key not in TABLES_OF_PEOPLE
    ]


def headlines_of(figures: DeskFigures, addresses: Addresses) -> Iterator[Headline]:
    """What one wants to know first."""
    decided, by_rule = figures.decided(), figures.decided(who=Who.RULE)
    kept, late = (figures.promises(is_kept=each) for each in (True, False))
    ninetieth = figures.times[None].ninetieth
    told = {
        Figure.FILED: (f"{figures.filed_count:,}", "claims"),
        Figure.DECIDED: (f"{decided:,}", f"{figures.undone:,} undone besides"),
        Figure.BY_RULE: (share(by_rule, decided), f"{by_rule:,} of {decided:,}"),
        Figure.TIME: (
            duration(figures.times[None].median),
            "median" if ninetieth is None else f"median; 9 in 10 within {duration(ninetieth)}",
        ),
        Figure.PROMISES: (share(kept, kept + late), f"{kept:,} of {kept + late:,}"),
        Figure.WAITING: (
            f"{figures.waiting_count:,}",
            f"at the desk; {figures.late_now:,} promises late in all",
        ),
    }
    for figure, (shown, note) in told.items():
        definition = DEFINITIONS[figure]
        url = "" if shown in ("0", NOTHING) else addresses.of(Selection(figure))
        yield Headline(definition.title, shown, note, definition.says, url)


def _panel(table: Table, figures: DeskFigures, addresses: Addresses) -> Panel:
    picture = picture_of(table, figures)
    svg = ""
    if picture is not None:
        try:
            svg = drawer().draw(
                picture.spec,
                name=f"picture-{table.key}",
                title=table.definition.title,
                says=picture.says,
            )
        except NotDrawn as problem:
            log.error("chart_not_drawn", chart=table.key, problem=str(problem))
    return Panel(
        table=table,
        lines=tuple(_lines(table, addresses)),
        svg=mark_safe(svg),  # noqa: S308 - reports/charts/cleaning.py lets shapes and texts through
        parts=picture.parts if picture and svg else (),
        file_url=addresses.of_table(table.key),
    )


def _lines(table: Table, addresses: Addresses) -> Iterator[ShownLine]:
    for line in table.all_lines:
        cells = (
            _cell(number, f"{line.title}, {head}", addresses)
            for number, head in zip(line.numbers, table.heads[1:], strict=True)
        )
        yield ShownLine(line.title, tuple(cells), is_total=line is table.total)


def _cell(number: Number, of: str, addresses: Addresses) -> ShownCell:
    return ShownCell(number.shown, addresses.of(number.rows) if number.value else "", of)
