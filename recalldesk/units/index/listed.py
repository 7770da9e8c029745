"""Listed serials in three memory-mapped tries: as they are, as skeletons, as shortened skeletons.

Guarantee: `reach` is exact. The shortened skeletons (each with one character left out) only choose
where to look; what they suggest is settled against the skeletons themselves.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import marisa_trie

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.ranges import skips
from recalldesk.units.verdict.scope import FAR, Nearness, Reach

EXACT, SKELETON, SHORTENED = "exact.marisa", "skeleton.marisa", "shortened.marisa"
MOST_PREFIXES = 5_000


def mapped(path: Path) -> marisa_trie.Trie:
    """A trie over a file, read from disk only where it is touched."""
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


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
        self._form = form
        self.lengths = lengths

    @cached_property
    def _skeleton_letters(self) -> str:
        return "".join(sorted(set(self._form.skeleton(self._form.alphabet))))

    def holds(self, folded: str) -> bool:
        """Whether the serial is listed."""
        return folded in self._exact

    def serials(self) -> Iterator[str]:
        """All of them, in the trie's order."""
        return iter(self._exact.iterkeys())

    def reach(self, folded: str) -> Reach:
        """How near the nearest listed serial is."""
        skeleton = self._form.skeleton(folded)
        length = len(skeleton)
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
