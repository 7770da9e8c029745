"""What the page of corrections shows, from the figures. Nothing here asks the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.reports.corrections.definitions import DEFINITIONS, Counted
from recalldesk.reports.corrections.reads import CorrectionFigures
from recalldesk.reports.corrections.selection import Behind, Chosen, query_of, week_of
from recalldesk.reports.desk_figures.words import NOTHING, share


@dataclass(frozen=True)
class Cell:
    """A number; `url` leads to its rows, and is empty where there are none to be led to."""

    shown: str
    url: str = ""
    of: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    title: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class DisposalFigure:
    """A figure of disposal with its definition."""

    title: str
    cell: Cell
    says: str


class Shown:
    """The tables of the page. `recall`: its name in addresses, empty for all; `rows_at`: where the
    rows behind a number are, those of the desk where it is empty."""

    def __init__(self, figures: CorrectionFigures, recall: str, *, rows_at: str = "") -> None:
        self._figures, self._recall = figures, recall
        self._rows_at = rows_at or reverse("console:correction_rows")

    def levels(self) -> list[Line]:
        """Corrected, by level: affected, in these days, so far, and the share of the affected."""
        lines = [self._level(level) for level in Level]
        return [*lines, self._level(None)]

    def measures(self) -> list[Line]:
        """Corrected so far, by how: only what there is."""
        return [
            Line(
                f"{level.label}: {measure.label.lower()}",
                (self._number(count, Chosen(Counted.CORRECTED, level, measure, so_far=True)),),
            )
            for level in Level
            for measure in Measure
            if (count := self._figures.measures.get((level, measure), 0))
        ]

    def weeks(self) -> list[Line]:
        """Corrected in these days, week by week."""
        return [*(self._week(week) for week in self._mondays()), self._week(None)]

    def disposal(self) -> list[DisposalFigure]:
        """How units were got rid of, and what is both corrected here and reported."""
        found = {**self._figures.disposal, Counted.BOTH: self._figures.both}
        return [
            DisposalFigure(
                definition.title, self._number(found[figure], Chosen(figure)), definition.says
            )
            for figure, definition in DEFINITIONS.items()
            if figure in found
        ]

    def _level(self, level: Level | None) -> Line:
        found = self._figures.all_levels if level is None else self._figures.levels[level]
        affected = NOTHING if found.affected is None else f"{found.affected:,}"
        part = share(found.so_far, found.affected) if found.affected else NOTHING
        cells = (
            Cell(affected),
            self._number(found.in_period, Chosen(Counted.CORRECTED, level)),
            self._number(found.so_far, Chosen(Counted.CORRECTED, level, so_far=True)),
            Cell(part),
        )
        return Line(str(level.label) if level else "All", cells, is_total=level is None)

    def _week(self, week: date | None) -> Line:
        def of(level: Level | None) -> Cell:
            count = sum(
                number
                for (each, at), number in self._figures.weeks.items()
                if week in (None, each) and level in (None, at)
            )
            return self._number(count, Chosen(Counted.CORRECTED, level, week=week))

        title = f"From {week:%a} {week.day} {week:%b %Y}" if week else "All"
        return Line(title, tuple(of(each) for each in (*Level, None)), is_total=week is None)

    def _mondays(self) -> Iterator[date]:
        period = self._figures.period
        first = week_of(period.first)
        return (
            day
            for day in (*((first,) if first < period.first else ()), *period.days)
            if day.weekday() == 0
        )

    def _number(self, count: int, chosen: Chosen) -> Cell:
        query = query_of(Behind(self._recall, self._figures.period, chosen))
        said = " ".join(str(each.label) for each in (chosen.level, chosen.measure) if each)
        return Cell(f"{count:,}", f"{self._rows_at}?{query}", said)
