"""Which rows stand behind a number, as it stands in an address. Pure.

Guarantees: `selection_in` of what `query_of` wrote gives the same; what is no number of ours is
refused and never read as another; nothing of an owner can stand in it, and of staff their number.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from recalldesk.claims.states import DecisionKind, DecisionState, DeskList
from recalldesk.foundation.problem import Problem
from recalldesk.reports.desk_figures.definitions import Figure
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.spans import AGES, TIMES, span_named

RECALL = re.compile(r"[a-z0-9-]{1,60}")
REASON = re.compile(r"[a-z0-9_-]{1,40}")


class NoSuchFigure(Problem):
    """An address that names no number of ours."""

    def __init__(self) -> None:
        super().__init__(
            "There is no figure of this name.", "Choose one on the page of the figures."
        )


class Who(StrEnum):
    """By whom a decision was made."""

    RULE = "rule"
    PERSON = "person"


@dataclass(frozen=True)
class Selection:
    """A figure, narrowed to a cell of its table; None where by nothing. `staff`: of one person."""

    figure: Figure
    who: Who | None = None
    kind: DecisionKind | None = None
    day: date | None = None
    reason: str | None = None
    staff: int | None = None
    settled: DecisionState | None = None
    list: DeskList | None = None
    span: str | None = None


@dataclass(frozen=True)
class Behind:
    """All that says which rows: of which recall (of all where empty), of which days, which."""

    recall: str
    period: Period
    selection: Selection


NARROWED_BY: Mapping[Figure, frozenset[str]] = {
    Figure.FILED: frozenset({"day"}),
    Figure.WAITING: frozenset({"list", "span"}),
    Figure.LATE_NOW: frozenset(),
    Figure.DECIDED: frozenset({"who", "day"}),
    Figure.BY_RULE: frozenset(),
    Figure.TIME: frozenset({"who", "span"}),
    Figure.ALL_TIME: frozenset({"who"}),
    Figure.DECISIONS: frozenset({"who", "kind"}),
    Figure.REASONS: frozenset({"who", "reason"}),
    Figure.REVIEWERS: frozenset({"staff", "kind"}),
    Figure.SECONDS: frozenset({"staff", "settled"}),
    Figure.PROMISES: frozenset(),
    Figure.LATE: frozenset(),
    Figure.UNDONE: frozenset(),
}
"""By what the table of each figure is narrowed."""


def query_of(behind: Behind) -> str:
    """What stands behind the question mark."""
    period, chosen = behind.period, behind.selection
    named = {
        each.name: str(value)
        for each in fields(chosen)
        if (value := getattr(chosen, each.name)) is not None
    }
    if behind.recall:
        named["recall"] = behind.recall
    return urlencode(named | {"from": str(period.first), "to": str(period.last)})


def selection_in(query: Mapping[str, str]) -> Selection:
    """What a query chooses. Raises NoSuchFigure."""
    try:
        figure = Figure(query.get("figure", ""))
        given = {name: query[name] for name in _READ if query.get(name)}
        if not given.keys() <= NARROWED_BY[figure]:
            raise ValueError(figure)
        read = {name: _READ[name](text) for name, text in given.items()}
        spans = AGES if figure is Figure.WAITING else TIMES
        if "span" in given and span_named(spans, given["span"]) is None:
            raise ValueError(figure)
    except ValueError as error:
        raise NoSuchFigure from error
    return Selection(figure, **read)


def _reason(text: str) -> str:
    if not REASON.fullmatch(text):
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise ValueError(text)
    return int(text)


_READ: Mapping[str, Callable[[str], Any]] = {
    "who": Who,
    "kind": DecisionKind,
    "day": date.fromisoformat,
    "reason": _reason,
    "staff": _number,
    "settled": DecisionState,
    "list": DeskList,
    "span": str,
}
