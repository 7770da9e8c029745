"""What a figure of a report is: its words, and which rows count in it. Pure.

A ledger is a query of rows that never change: each belongs to a part, adds something to it, and is
of a moment. A figure is the sum of some parts. So the figures of any periods that follow on one
another add up to the figure so far, and what is learned later changes no earlier period: it is a
row of its own moment, with minus where it takes something back. Hits alone are of the day on which
they came.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from recalldesk.foundation.sheets import Cell
from recalldesk.recalls.models import Recall


class Section(Enum):
    """A section of the form; `BESIDE` is what the form does not ask for."""

    CORRECTED = "I. Products corrected"
    INCIDENTS = "II. Incident update"
    NOTIFIED = "III. Notification and response: consumers notified"
    CONTACTED = "III. Notification and response: consumers who contacted the firm"
    PUBLICITY = "III. Notification and response: web site, networks, auction sites"
    STOCK = "Stock of partners"
    BESIDE = "Beside the form"


class Span(StrEnum):
    """Of which days a cell counts."""

    PERIOD = "period"
    SO_FAR = "so-far"


@dataclass(frozen=True)
class Figure:
    """A figure. `name`: in addresses and files; `parts`: of its ledger; `says`: what is counted."""

    name: str
    section: Section
    title: str
    says: str
    ledger: str
    parts: frozenset[str]
    is_beside: bool = False


@dataclass(frozen=True)
class CellOf:
    """One cell: a figure of the period, or so far."""

    figure: Figure
    span: Span

    @property
    def name(self) -> str:
        """As it stands in addresses: corrected-consumer-period."""
        return f"{self.figure.name}-{self.span.value}"


@dataclass(frozen=True)
class Numbers:
    """What a figure counts in a period, and from the beginning up to its end."""

    in_period: int = 0
    so_far: int = 0

    def of(self, span: Span) -> int:
        """One of them."""
        return self.in_period if span is Span.PERIOD else self.so_far

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(self.in_period + other.in_period, self.so_far + other.so_far)


@dataclass(frozen=True)
class Told:
    """What is told of a row. `kind` and `key`: what it is about, for whoever may open that."""

    cells: tuple[Cell, ...]
    kind: str = ""
    key: str = ""


def no_values(_: Recall) -> Mapping[str, Any]:
    """Of a query that asks for nothing but the recall."""
    return {}


@dataclass(frozen=True)
class Ledger:
    """Rows that count. `query`: of part, number, adds and moment, with `%(recall)s` in it, and what
    `values` gives beside it; `heads`: what is told of a row; `tell`: tells it, of rows by their
    numbers. None of it names an owner or a unit."""

    name: str
    query: str
    heads: tuple[str, ...]
    tell: Callable[[Sequence[int]], Mapping[int, Told]]
    values: Callable[[Recall], Mapping[str, Any]] = no_values
