"""Listed serials in mapped tries: as they are, as skeletons, as shortened skeletons, as ends.

Guarantee: `reach` is exact. The shortened skeletons (each with one character left out) only choose
where to look; what they suggest is settled against the skeletons themselves. The ends (how each
skeleton begins and ends) only spare most texts that look.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import marisa_trie

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.ranges import skips
from recalldesk.units.verdict.scope import FAR, Nearness, Reach

EXACT, SKELETON, SHORTENED, ENDS = (
    f"{name}.marisa" for name in ("exact", "skeleton", "shortened", "ends")
)
BEGINNING, ENDING = "<", ">"
MOST_PREFIXES = 5_000


def mapped(path: Path) -> marisa_trie.Trie:
    """A trie over a file, read from disk only where it is touched."""
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


def end_length(length: int) -> int:
    """How many characters at one end of a serial of this length a single slip leaves as they were.

    The two ends do not meet: two neighbours at the middle may have been swapped.
    """
    return max(length // 2 - 1, 0)


def ends_of(skeleton: str) -> tuple[str, str]:
    """How a skeleton begins and ends, as keys."""
    length = end_length(len(skeleton))
    return BEGINNING + skeleton[:length], ENDING + skeleton[len(skeleton) - length :]


def ends_asked(lengths: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each length of a text, how long the ends are of which one is there wherever a serial of
    one of the lengths is within reach."""
    asked: dict[int, set[int]] = {}
    for length in lengths:
        for typed in (length - 1, length, length + 1):
            asked.setdefault(typed, set()).add(end_length(length))
    return {typed: tuple(sorted(found)) for typed, found in asked.items()}


class ExactTrie:
    """Serials that are only ever asked for as they are."""

    def __init__(self, path: Path) -> None:
        self._exact = mapped(path)

    def holds(self, folded: str) -> bool:
        """Whether the serial is listed."""
        return folded in self._exact

    def serials(self) -> Iterator[str]:
        """All of them, in the trie's order."""
        return iter(self._exact.iterkeys())


class ListedTries:
    """The recalled serials of one group."""

    def __init__(self, folder: Path, *, form: SerialForm, lengths: frozenset[int]) -> None:
        self._exact = mapped(folder / EXACT)
        self._skeletons = mapped(folder / SKELETON)
        self._shortened = mapped(folder / SHORTENED)
        self._ends = mapped(folder / ENDS)
        self._form = form
        self.lengths = lengths
        self._ends_asked = ends_asked(lengths)

    @cached_property
    def _skeleton_letters(self) -> str:
        return "".join(sorted(set(self._form.skeleton(self._form.alphabet))))

    def holds(self, folded: str) -> bool:
        """Whether the serial is listed."""
        return folded in self._exact

    def serials(self) -> Iterator[str]:
        """All of them, in the trie's order."""
        return iter(self._exact.iterkeys())

    def __len__(self) -> int:
        return len(self._exact)

    def keys_of(self, name: str) -> Iterator[str]:
        """All keys of one of the tries, by the name of its file."""
        tries = {EXACT: self._exact, SKELETON: self._skeletons, ENDS: self._ends}
        return iter(tries[name].iterkeys())

    def reach(self, folded: str) -> Reach:
        """How near the nearest listed serial is."""
        skeleton = self._form.skeleton(folded)
        length = len(skeleton)
        for end in self._ends_asked.get(length, ()):
            if BEGINNING + skeleton[:end] in self._ends:
                break
            if ENDING + skeleton[length - end :] in self._ends:
                break
        else:
            return FAR
        if length in self.lengths and skeleton in self._skeletons:
            return Reach(Nearness.LOOK_ALIKE, frozenset(self._differing(folded)))
        slipped = (
            (length + 1 in self.lengths and skeleton in self._shortened)
            or (length - 1 in self.lengths and self._one_too_many(skeleton))
            or (length in self.lengths and self._one_other(skeleton))
        )
        return Reach(Nearness.ONE_SLIP) if slipped else FAR

    def _one_too_many(self, skeleton: str) -> bool:
        return any(shorter in self._skeletons for shorter in skips(skeleton))

    def _one_other(self, skeleton: str) -> bool:
        """Whether one character is replaced, or two neighbours are swapped."""
        skeletons, shortened = self._skeletons, self._shortened
        suspects = [
            place
            for place in range(len(skeleton))
            if skeleton[:place] + skeleton[place + 1 :] in shortened
        ]
        for place in suspects:
            head, tail = skeleton[:place], skeleton[place + 1 :]
            if any(head + letter + tail in skeletons for letter in self._skeleton_letters):
                return True
            swapped = head + tail[:1] + skeleton[place] + tail[1:]
            if tail and swapped in skeletons:
                return True
        return False

    def _differing(self, folded: str) -> Iterator[int]:
        """The places (from 1) at which a listed serial with this skeleton differs."""
        found: set[int] = set()
        prefixes, asked = [""], 0
        for character in folded:
            choices = self._form.alike.get(character, "")
            longer = [prefix + choice for prefix in prefixes for choice in choices]
            asked += len(longer)
            if asked > MOST_PREFIXES:
                return self._confusable(folded)
            prefixes = [p for p in longer if next(self._exact.iterkeys(p), None) is not None]
        for serial in prefixes:
            if len(serial) == len(folded) and serial in self._exact:
                pairs = enumerate(zip(serial, folded, strict=True), start=1)
                found.update(place for place, (listed, typed) in pairs if listed != typed)
        return iter(sorted(found))

    def _confusable(self, folded: str) -> Iterator[int]:
        """Every place that holds a look-alike, where finding the right ones would cost too much."""
        alike = self._form.alike
        return (i for i, c in enumerate(folded, start=1) if len(alike.get(c, "")) > 1)
