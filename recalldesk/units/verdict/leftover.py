"""What one scope describes and later ones do not, told from ranges and patterns alone.

Guarantee: each text over the form's alphabet that the scope's ranges and patterns hold, exclusions
taken out, and that no later scope's do, is a member of exactly one of the boxes given. How many
units a range has does not matter, for texts that go on in the same ways are looked at together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recalldesk.foundation.serial_pattern import Places
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.ranges import DIGITS, SerialRange
from recalldesk.units.verdict.scope import Described, Scope
from recalldesk.units.verdict.templates import Template


@dataclass(frozen=True)
class _InRange:
    """A range, read up to some place: whether what was read is still its start, or its end."""

    entry: SerialRange
    at_start: bool = True
    at_end: bool = True

    def after(self, place: int, character: str) -> "_Reading | None":
        start, end = self.entry.start[place], self.entry.end[place]
        by_letters = self.entry.counting is Counting.ALPHABET
        if (self.at_start and character < start) or (self.at_end and character > end):
            return None
        if not by_letters and place >= self.entry.common and character not in DIGITS:
            return None
        at_start, at_end = self.at_start and character == start, self.at_end and character == end
        return _InRange(self.entry, at_start, at_end) if at_start or at_end else _Free(by_letters)


@dataclass(frozen=True)
class _Free:
    """Inside a range, away from both ends: anything follows, or any digits."""

    by_letters: bool

    def after(self, place: int, character: str) -> "_Reading | None":
        return self if self.by_letters or character in DIGITS else None


@dataclass(frozen=True)
class _InPattern:
    """A pattern, read up to some place."""

    places: Places

    def after(self, place: int, character: str) -> "_Reading | None":
        return self if character in self.places[place] else None


_Reading = _InRange | _Free | _InPattern
_Readings = frozenset[_Reading]


@dataclass(frozen=True)
class _Side:
    """What a scope holds and what it takes out, read up to some place."""

    held: _Readings
    taken_out: _Readings

    def after(self, place: int, character: str) -> "_Side":
        return _Side(_after(self.held, place, character), _after(self.taken_out, place, character))

    @property
    def holds(self) -> bool:
        return bool(self.held) and not self.taken_out


def _after(readings: _Readings, place: int, character: str) -> _Readings:
    found = (reading.after(place, character) for reading in readings)
    return frozenset(reading for reading in found if reading is not None)


@dataclass(frozen=True)
class _State:
    """The scope asked about, and the later ones that still count."""

    mine: _Side
    later: frozenset[_Side]

    def after(self, place: int, character: str) -> "_State":
        later = (side.after(place, character) for side in self.later)
        return _State(self.mine.after(place, character), frozenset(s for s in later if s.held))

    @property
    def left(self) -> _Readings:
        """What is held and not surely held by a later scope, as one that holds the very same and
        takes out no more does."""
        kept: _Readings = frozenset().union(
            *(side.held for side in self.later if side.taken_out <= self.mine.taken_out)
        )
        return self.mine.held - kept


def leftover(scope: Scope, later: Iterable[Scope]) -> Iterator[Template]:
    """The boxes, each a set of characters for each place."""
    others = list(later)
    for length in _lengths(scope.described):
        sides = frozenset(_side(other, length) for other in others)
        state = _State(_side(scope, length), frozenset(side for side in sides if side.held))
        yield from _Walk(scope.form.alphabet, length).boxes(state, 0)


def _lengths(described: Described) -> list[int]:
    ranges = {len(entry.start) for entry in described.ranges.ranges}
    return sorted(ranges | {len(places) for places in described.patterns})


def _side(scope: Scope, length: int) -> _Side:
    return _Side(_readings(scope.described, length), _readings(scope.excluded, length))


def _readings(described: Described, length: int) -> _Readings:
    ranges = (_InRange(entry) for entry in described.ranges.ranges if len(entry.start) == length)
    patterns = (_InPattern(places) for places in described.patterns if len(places) == length)
    return frozenset((*ranges, *patterns))


class _Walk:
    """Through all texts of one length, those that go on alike together."""

    def __init__(self, alphabet: str, length: int) -> None:
        self._alphabet, self._length = alphabet, length
        self._empty: set[tuple[int, _State]] = set()

    def boxes(self, state: _State, place: int) -> Iterator[Template]:
        """The boxes of what remains from a place on."""
        if not state.left or (place, state) in self._empty:
            return
        if place == self._length:
            if state.mine.holds and not any(side.holds for side in state.later):
                yield ()
            return
        found = False
        for following, characters in self._ways(state, place).items():
            for rest in self.boxes(following, place + 1):
                found = True
                yield (characters, *rest)
        if not found:
            self._empty.add((place, state))

    def _ways(self, state: _State, place: int) -> dict[_State, str]:
        ways: dict[_State, str] = {}
        for character in self._alphabet:
            following = state.after(place, character)
            ways[following] = ways.get(following, "") + character
        return ways
