"""Rejected lines of a serial file, as far as a check of any product asks them.

A line that was rejected may name a recalled unit, and its text may have the form of another
recall's product. Guarantee: `may_hold` is true wherever a line holds something within reach of the
text, by the look-alike classes of all recalls at once, or where what a line says is not known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from recalldesk.foundation.serial_form import SerialForm


def common_skeleton(forms: Iterable[SerialForm]) -> dict[int, str]:
    """A table by which characters that any of the forms folds or confuses become one."""
    first: dict[str, str] = {}
    for form in forms:
        for members in (*form.look_alikes, *("".join(pair) for pair in form.folding)):
            kinds = {first.get(character, character) for character in members}
            joined = min(kinds)
            first = {c: joined if kind in kinds else kind for c, kind in first.items()}
            first.update(dict.fromkeys({*members, *kinds}, joined))
    return {ord(character): kind for character, kind in first.items()}


@dataclass(frozen=True)
class RejectedLines:
    """The lines of one recall that nobody settled.

    `lines` are normalised, brought to the common skeleton, and end in a line feed each.
    `beginnings`, alike, are what both ends of a rejected range begin with. `unknown`: some line may
    say anything.
    """

    table: Mapping[int, str]
    lines: str = ""
    beginnings: tuple[str, ...] = ()
    unknown: bool = False

    @cached_property
    def _backwards(self) -> str:
        return self.lines[::-1]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could hold a unit."""
        return not (self.unknown or self.beginnings or self.lines)

    def may_hold(self, normalised: str) -> bool:
        """Whether one of the lines may name the unit."""
        typed = normalised.translate(self.table)
        return (
            self.unknown
            or any(_begins_alike(start, typed, 0) for start in self.beginnings)
            or self._holds(typed)
        )

    def _holds(self, typed: str) -> bool:
        """One slip leaves one half of the text as it is, or swaps the two at the middle."""
        middle = len(typed) // 2
        head, tail = typed[:middle], typed[middle:]
        swapped = head[:-1] + tail[:1] + head[-1:] + tail[1:]
        return (
            swapped in self.lines
            or _follows(head, tail, self.lines)
            or _follows(tail[::-1], head[::-1], self._backwards)
        )


NO_LINES = RejectedLines({})


def _follows(sure: str, doubtful: str, lines: str) -> bool:
    """Whether `sure` stands somewhere with something within one slip of `doubtful` behind it."""
    return any(_begins_alike(doubtful, lines, at + len(sure)) for at in _places(sure, lines))


def _places(part: str, lines: str) -> Iterator[int]:
    at = lines.find(part)
    while at >= 0:
        yield at
        at = lines.find(part, at + 1)


def _begins_alike(typed: str, text: str, at: int) -> bool:
    """Whether the text begins, at a place, with something within one slip of what was typed."""
    pairs = zip(typed, text[at : at + len(typed)], strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(typed), len(text) - at))
    here, rest = at + same, typed[same:]
    return (
        text.startswith(rest[1:], here)
        or text.startswith(rest[1:], here + 1)
        or text.startswith(rest, here + 1)
        or text.startswith(rest[1:2] + rest[:1] + rest[2:], here)
    )
