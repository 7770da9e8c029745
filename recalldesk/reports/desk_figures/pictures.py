"""Which picture belongs to which table of the figures. Pure.

Guarantee: a picture shows numbers of its table and none beside them; where nothing is counted there
is no picture.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from recalldesk.reports.charts.descriptions import (
    EMPTY,
    HOLLOW,
    STRONG,
    Bars,
    Spec,
    columns,
    rows,
)
from recalldesk.reports.desk_figures.tables import Line, Table
from recalldesk.reports.desk_figures.values import DeskFigures

WIDE, NARROW, NAMES = 960, 210, 150
MOST_BARS = 12
PIECES = {"Under 3 days": (0, 1), "3 to 7 days": (2,), "7 days and more": (3, 4)}
"""Which ages of the table of what waits make a part of a bar."""


@dataclass(frozen=True)
class Part:
    """What a part is called, and how it looks. `is_line`: drawn as a line over the others."""

    name: str
    fill: str = ""
    edge: str = ""
    is_line: bool = False


@dataclass(frozen=True)
class Picture:
    """`says`: the numbers that matter in a sentence, for whoever does not see it."""

    spec: Spec
    parts: tuple[Part, ...]
    says: str


def picture_of(table: Table, figures: DeskFigures) -> Picture | None:
    """The picture of a table; None where there is none, or nothing to be seen in it."""
    make = _PICTURES.get(table.key)
    return None if make is None or table.is_empty else make(table, figures)


def _days(table: Table, figures: DeskFigures) -> Picture:
    parts = table.heads[2:]
    names = [f"{day.day} {day:%b}" for day in figures.period.days]
    if len(names) > len(set(names)):
        names = [f"{day.day} {day:%b %y}" for day in figures.period.days]
    numbers = [_numbers(line) for line in table.lines]
    chart = Bars(parts, tuple((name, each[1:]) for name, each in zip(names, numbers, strict=True)))
    filed = {name: each[0] for name, each in zip(names, numbers, strict=True)}
    keys = (*_parts(chart), Part(table.heads[1], is_line=True))
    return Picture(columns(chart, line=filed, width=WIDE), keys, _said(table))


def _waiting(table: Table, _: DeskFigures) -> Picture:
    bars = tuple(
        (
            line.title,
            tuple(sum(_numbers(line)[place] for place in places) for places in PIECES.values()),
        )
        for line in table.lines
    )
    return _rows(Bars(tuple(PIECES), bars, (EMPTY, HOLLOW, STRONG)), table)


def _both(table: Table, _: DeskFigures) -> Picture:
    """Of tables with a number of the rule's and one of people's."""
    parts = table.heads[1:3]
    bars = tuple((line.title, _numbers(line)[:2]) for line in table.lines[:MOST_BARS])
    return _rows(Bars(parts, bars), table)


def _people(table: Table, _: DeskFigures) -> Picture:
    bars = tuple((line.title, _numbers(line)[:-1]) for line in table.lines)
    return _rows(Bars(table.heads[1:-1], bars), table)


def _rows(chart: Bars, table: Table) -> Picture:
    return Picture(rows(chart, width=NARROW, names_take=NAMES), _parts(chart), _said(table))


def _parts(chart: Bars) -> tuple[Part, ...]:
    return tuple(
        Part(name, fill, edge) for name, (fill, edge) in zip(chart.parts, chart.fills, strict=False)
    )


def _numbers(line: Line) -> tuple[int, ...]:
    return tuple(int(number.value or 0) for number in line.numbers)


def _said(table: Table) -> str:
    """The total, or the lines that count most."""
    if table.total:
        heads: Sequence[str] = table.heads[1:]
        told = ", ".join(
            f"{head.lower()} {number.shown}"
            for head, number in zip(heads, table.total.numbers, strict=True)
        )
        return f"In all: {told}. The numbers are in the table below."
    most = sorted(table.lines, key=lambda line: -_numbers(line)[-1])[:3]
    told = ", ".join(f"{line.title} {line.numbers[-1].shown}" for line in most)
    return f"The most: {told}. The numbers are in the table below."


_PICTURES: Mapping[str, Callable[[Table, DeskFigures], Picture]] = {
    "days": _days,
    "waiting": _waiting,
    "within": _both,
    "kinds": _both,
    "reasons": _both,
    "reviewers": _people,
}
