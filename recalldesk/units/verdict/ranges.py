"""Ranges of serials: what is in them, and whether a template meets them.

Guarantees: `holds` is exact; `members` of a template are complete and in order. Both ends belong to
a range. With counting by digits only the last digits count on; by alphabet every character does.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.templates import Template, first_at_least, successor

DIGITS = "0123456789"


@dataclass(frozen=True, order=True)
class SerialRange:
    """From `start` to `end`, folded, of equal length, start <= end."""

    start: str
    end: str
    counting: Counting = Counting.DIGITS

    @property
    def common(self) -> int:
        """How many characters both ends begin with."""
        pairs = enumerate(zip(self.start, self.end, strict=True))
        return next((place for place, (a, b) in pairs if a != b), len(self.start))

    def holds(self, folded: str) -> bool:
        """Whether the text is in the range."""
        if len(folded) != len(self.start) or not self.start <= folded <= self.end:
            return False
        counted = folded[self.common :]
        return self.counting is Counting.ALPHABET or not counted or counted.isdigit()

    def narrow(self, template: Template) -> Template:
        """The template with only what the range can hold in each place."""
        common = self.common
        fixed = tuple(
            character if character in allowed else ""
            for character, allowed in zip(self.start[:common], template[:common], strict=True)
        )
        if self.counting is Counting.ALPHABET:
            return fixed + template[common:]
        return fixed + tuple("".join(c for c in a if c in DIGITS) for a in template[common:])

    def members(self, template: Template) -> Iterator[str]:
        """The texts of the template that are in the range, in order."""
        if len(template) != len(self.start):
            return
        narrowed = self.narrow(template)
        found = first_at_least(narrowed, self.start) if all(narrowed) else None
        while found is not None and found <= self.end:
            yield found
            found = successor(narrowed, found)


def skips(text: str) -> Iterator[str]:
    """The text with each one of its characters left out, each result once."""
    for place, character in enumerate(text):
        if place == 0 or character != text[place - 1]:
            yield text[:place] + text[place + 1 :]


class RangeSet:
    """Ranges of one form, found by the part that both of their ends begin with."""

    def __init__(self, ranges: Iterable[SerialRange], form: SerialForm) -> None:
        self.form = form
        self.ranges = tuple(sorted(set(ranges)))
        self._by_length: dict[int, list[SerialRange]] = defaultdict(list)
        self._beginnings: dict[int, dict[str, list[SerialRange]]] = {}
        self._shortened: dict[int, dict[str, list[SerialRange]]] = {}
        for entry in self.ranges:
            self._by_length[len(entry.start)].append(entry)
            self._file(entry)
        self._starts = {n: [r.start for r in rows] for n, rows in self._by_length.items()}
        self._furthest = {n: _furthest_ends(rows) for n, rows in self._by_length.items()}

    def _file(self, entry: SerialRange) -> None:
        beginning = self.form.skeleton(entry.start[: entry.common])
        length = len(beginning)
        self._beginnings.setdefault(length, defaultdict(list))[beginning].append(entry)
        shortened = self._shortened.setdefault(length, defaultdict(list))
        for shorter in {beginning, *skips(beginning)}:
            shortened[shorter].append(entry)

    def holds(self, folded: str) -> bool:
        """Whether any range holds the text."""
        length = len(folded)
        starts = self._starts.get(length)
        if not starts:
            return False
        place = bisect_right(starts, folded) - 1
        rows, furthest = self._by_length[length], self._furthest[length]
        while place >= 0 and furthest[place] >= folded:
            if rows[place].holds(folded):
                return True
            place -= 1
        return False

    @property
    def lengths(self) -> frozenset[int]:
        """The lengths that its serials have."""
        return frozenset(self._by_length)

    def near(self, folded: str) -> list[SerialRange]:
        """The ranges that can be within reach: their beginning is, by at most one slip."""
        skeleton = self.form.skeleton(folded)
        found: dict[SerialRange, None] = {}
        for length, beginnings in self._beginnings.items():
            shortened = self._shortened[length]
            head = skeleton[:length]
            for key in (head, *skips(skeleton[: length + 1])):
                found.update(dict.fromkeys(beginnings.get(key, ())))
            for key in (skeleton[: max(length - 1, 0)], *skips(head)):
                found.update(dict.fromkeys(shortened.get(key, ())))
        return [r for r in found if abs(len(r.start) - len(folded)) <= 1]


def _furthest_ends(rows: list[SerialRange]) -> list[str]:
    """For each row the greatest end of it and all before: where it is passed, none can hold."""
    furthest: list[str] = []
    for row in rows:
        furthest.append(max(row.end, furthest[-1]) if furthest else row.end)
    return furthest
