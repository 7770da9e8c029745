"""The lines of a list, as they are kept: one value, sealed whole.

Guarantee: every line that holds anything keeps its number and its text; what was read of a list
comes back from `lines_in(text_of(lines))` as it was.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class LineState(StrEnum):
    """What became of a line."""

    WAITING = "waiting"
    IN_RECALL = "in_recall"
    ELSEWHERE = "elsewhere"
    LOOK_AGAIN = "look_again"
    PERSON = "person"
    UNREADABLE = "unreadable"
    NOT_IN_RECALL = "not_in_recall"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


CLAIMED = frozenset({LineState.IN_RECALL, LineState.PERSON, LineState.UNREADABLE})
"""Of these there is a claim once the list is claimed: what is recalled, what a person decides."""
RECALLED = frozenset({LineState.IN_RECALL, LineState.ELSEWHERE})
"""Whoever has one of these is told to stop using it."""
OPEN = frozenset({LineState.LOOK_AGAIN, LineState.REJECTED})
"""These wait for whoever sent the list."""


@dataclass
class Line:
    """One line. `text`: the serial as it was typed, or the whole line where it was rejected.

    `beside`: other cells of its row that have the form of a serial. `why`: of the verdict or of the
    rejection. `of`: the number of the line that it repeats. `token` binds the next attempt, as the
    page of a check does. `position`: the place of its claim in the filing, 0 where there is none.
    """

    number: int
    text: str
    state: LineState = LineState.WAITING
    beside: tuple[str, ...] = ()
    why: str = ""
    of: int = 0
    look_at: tuple[int, ...] = ()
    read_as: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    recall: str = ""
    version: int = 0
    checked: int = 0
    position: int = 0

    @property
    def costs(self) -> int:
        """How many checks it is to look it up."""
        return 1 + len(self.beside)


@dataclass(frozen=True)
class Count:
    """The lines of what was sent: `lines` = heading + accepted + rejected + duplicate + blank +
    continued."""

    lines: int
    heading: int
    accepted: int
    rejected: int
    duplicate: int
    blank: int
    continued: int


def text_of(lines: Iterable[Line], count: Count) -> str:
    """What is sealed. A field that holds nothing is left out."""
    rows = [{name: value for name, value in asdict(each).items() if value} for each in lines]
    return json.dumps({"count": asdict(count), "lines": rows}, ensure_ascii=False)


def lines_in(text: str) -> tuple[list[Line], Count]:
    """The same, opened."""
    said = json.loads(text)
    return [_line(row) for row in said["lines"]], Count(**said["count"])


def _line(row: dict[str, object]) -> Line:
    line = Line(**{"text": "", **row})  # type: ignore[arg-type]  # as it was written above
    line.state = LineState(line.state)
    line.beside, line.look_at = tuple(line.beside), tuple(line.look_at)
    return line


def of_state(lines: Sequence[Line], *states: LineState) -> list[Line]:
    """The lines in one of these states, in their order."""
    return [line for line in lines if line.state in states]
