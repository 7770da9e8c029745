"""Which ranges and patterns can be near to a text at all, told from short pieces of their serials.

Guarantee: a scope whose ranges or patterns hold something within reach of the text, or of a part of
it, is always among those found. What is found is only worth a closer look.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import Places
from recalldesk.units.verdict.scope import Described, Scope

PIECES = 3
"""One slip touches two neighbouring pieces at the most, where it swaps two characters between
them: so one of three is left as it was."""


FEW = 40
"""So many pieces are looked for in one go; of more, it is looked up which the text is made of."""


class Traces:
    """The pieces of all ranges and patterns of some scopes that read alike."""

    def __init__(self, scopes: Iterable[Scope], form: SerialForm) -> None:
        self._form = form
        self._owners: dict[str, tuple[int, ...]] = {}
        self._always: tuple[int, ...] = ()
        for owner, scope in enumerate(scopes):
            self._add(owner, scope.described)
        # Of none, as where they are many, it says of every text that it may hold one.
        few = self._owners if len(self._owners) <= FEW else ()
        self._any_of_few = re.compile("|".join(map(re.escape, few))).search

    def _add(self, owner: int, described: Described) -> None:
        runs = {self._form.skeleton(r.start[: r.common]) for r in described.ranges.ranges}
        runs |= {self._longest_run(places) for places in described.patterns}
        if any(len(run) < PIECES for run in runs):
            self._always += (owner,)
            return
        for piece in {piece for run in runs for piece in _pieces(run)}:
            self._owners[piece] = (*self._owners.get(piece, ()), owner)

    def _longest_run(self, places: Places) -> str:
        """The longest run of places that a skeleton of the pattern has in one way only."""
        runs = [""]
        for members in places:
            kinds = set(self._form.skeleton("".join(members)))
            if len(kinds) == 1:
                runs[-1] += kinds.pop()
            else:
                runs.append("")
        return max(runs, key=len)

    def owners(self, skeleton: str) -> Collection[int]:
        """The places of the scopes that may hold something near to the text or a part of it."""
        if not (self._owners and self._any_of_few(skeleton)):
            return self._always
        seen = [self._owners[piece] for piece in self._pieces_in(skeleton)]
        return {*self._always, *chain.from_iterable(seen)} if seen else self._always

    def _pieces_in(self, skeleton: str) -> Iterable[str]:
        if len(self._owners) <= FEW:
            return [piece for piece in self._owners if piece in skeleton]
        parts = (
            skeleton[at : at + length]
            for length in self._lengths
            for at in range(len(skeleton) - length + 1)
        )
        return self._owners.keys() & set(parts)

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(map(len, self._owners))


def _pieces(run: str) -> Iterator[str]:
    """The run in as many pieces as there must be, the last with what is left over."""
    length = len(run) // PIECES
    for number in range(PIECES - 1):
        yield run[number * length : (number + 1) * length]
    yield run[(PIECES - 1) * length :]
