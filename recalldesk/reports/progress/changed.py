"""What changed since a report was filed: each cell now beside what was frozen, with the rows that
make the difference.

Guarantee: a difference that no row explains is said to be unexplained; nothing is left out because
it adds up to nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from recalldesk.accounts.models import Staff
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.cells.every import FIGURES
from recalldesk.reports.progress.content import content_of, with_rows
from recalldesk.reports.progress.counting import Row, rows_of
from recalldesk.reports.progress.figures import CellOf, Span
from recalldesk.reports.progress.reads import content_in, period_of
from recalldesk.reports.progress.report import report_of

MOST_ROWS = 200
NO_ROWS = {"rows": 0, "adds": 0, "last": 0}
"""Rows are only added: where these three are the same, so are the rows."""
WORDS = ("head", "affected", "stock", "home_page", "networks", "auction_sites")
"""What the report says beside its figures."""


@dataclass(frozen=True)
class ChangedCell:
    """A cell whose rows are others now. `rows`: those that came since, at most so many; `more`:
    whether there are others; `unexplained`: what they do not make up of the difference."""

    cell: CellOf
    filed: int
    now: int
    rows: tuple[Row, ...]
    more: bool
    unexplained: int

    @property
    def difference(self) -> int:
        """What it counts more, or less."""
        return self.now - self.filed


@dataclass(frozen=True)
class ChangedWords:
    """Something that the report says otherwise now."""

    what: str
    filed: str
    now: str


@dataclass(frozen=True)
class Changed:
    """All of it."""

    cells: tuple[ChangedCell, ...]
    words: tuple[ChangedWords, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the report would be the same, filed again."""
        return not (self.cells or self.words)


def changed_since(filed: FiledReport, *, by: Staff) -> Changed:
    """Holds a filing against what is counted now. Raises NotPermitted, NoSeat, NoReport."""
    recall, period, before = filed.recall, period_of(filed), content_in(filed)
    now = with_rows(content_of(report_of(recall, period, by=by)), recall, period)
    return Changed(
        tuple(_cells(recall, period, before, now)),
        tuple(each for what in WORDS for each in _words(what, before.get(what), now.get(what))),
    )


def _cells(
    recall: Recall, period: Period, before: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[ChangedCell]:
    for figure in FIGURES:
        for span in Span:
            cell = CellOf(figure, span)
            marks = [
                (part, _mark(before, cell, part), _mark(now, cell, part))
                for part in sorted(figure.parts)
            ]
            differs = [(part, was["last"]) for part, was, is_now in marks if was != is_now]
            if differs:
                was = int(before["figures"].get(figure.name, {}).get(span.value, 0))
                yield _changed(recall, period, cell, differs, was, now)


def _changed(
    recall: Recall,
    period: Period,
    cell: CellOf,
    differs: list[tuple[str, int]],
    was: int,
    now: Mapping[str, Any],
) -> ChangedCell:
    rows = [row for part, last in differs for row in _new_rows(recall, period, cell, part, last)]
    is_now = int(now["figures"][cell.figure.name][cell.span.value])
    shown = tuple(rows[:MOST_ROWS])
    explained = sum(each.adds for each in shown)
    more = len(rows) > MOST_ROWS
    return ChangedCell(cell, was, is_now, shown, more, 0 if more else is_now - was - explained)


def _new_rows(recall: Recall, period: Period, cell: CellOf, part: str, last: int) -> Iterator[Row]:
    narrowed = CellOf(replace(cell.figure, parts=frozenset({part})), cell.span)
    yield from rows_of(recall, period, narrowed, above=last, most=MOST_ROWS + 1)


def _mark(content: Mapping[str, Any], cell: CellOf, part: str) -> Mapping[str, Any]:
    rows = content["rows"][cell.span.value].get(cell.figure.ledger, {})
    found = rows.get(part, NO_ROWS)
    return {name: found[name] for name in NO_ROWS}


def _words(what: str, before: Any, now: Any) -> Iterator[ChangedWords]:
    """Each thing that is said otherwise, by its name; of a list, the list."""
    if before == now:
        return
    if isinstance(before, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*before, *now]):
            yield from _words(f"{what}, {key}", before.get(key), now.get(key))
        return
    yield ChangedWords(what.replace("_", " "), _said(before), _said(now))


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_said(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(each)}" for key, each in value.items())
    return "" if value is None else str(value)
