"""What stands at a place of a serial, and whether another character may: pure.

Guarantee: a place is free of doubt only where every view of it agrees, each is sure, and none sees
even a trace of another character; the bounds were set on photos that were drawn for it
(docs/reading.md).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.characters import SeenCharacter

SURE = 0.90
"""Least confidence in every view."""
TRACE = 0.002
"""A misread character left at least this much of the true one in some view, whatever it was read
as and however surely; print that is read well leaves less."""
HABITS: Mapping[tuple[str, str], float] = {("G", "6"): 0.04, ("H", "M"): 0.008}
"""What the recogniser likes to read in place of what: with so much of the second character, over
all views, it was that one (6 in stencils, M in dots). Such a place is always in doubt."""
SAME_SHAPE = frozenset("ckopsuvwxz")
"""Small letters that differ from the capital in size alone."""
GAP = 1.6
"""Times the usual distance of two characters: there may be one between them."""
HIDDEN = 0.1
"""How likely a character that was not read may be between two that were."""


class Folded:
    """Characters as a form folds them, or as they are."""

    def __init__(self, form: SerialForm | None) -> None:
        self._form = form

    def one(self, character: str) -> str:
        """One character."""
        return self._form.fold(character) if self._form else character

    def likely(self, seen: SeenCharacter) -> dict[str, float]:
        """How likely each stands there."""
        likely: dict[str, float] = {}
        for character, value in seen.others.items():
            likely[self.one(character)] = likely.get(self.one(character), 0.0) + value
        return likely


def likeliest(text: str, views: Sequence[SeenCharacter], form: SerialForm | None) -> str:
    """The character that all views together speak for; `text` is the one that was read first."""
    folded = Folded(form)
    total: dict[str, float] = {}
    for seen in views:
        for character, value in folded.likely(seen).items():
            total[character] = total.get(character, 0.0) + value / len(views)
    best = max(total, key=lambda character: total[character], default=folded.one(text))
    for (read, meant), least in HABITS.items():
        if best == read and total.get(meant, 0.0) >= least:
            best = meant
    return text if best == folded.one(text) else best


def is_doubtful(text: str, views: Sequence[SeenCharacter], form: SerialForm | None) -> bool:
    """Whether the character `text` may be another, given how it was seen in each view."""
    folded = Folded(form)
    return not views or any(_speaks_against(folded.one(text), seen, folded) for seen in views)


def _speaks_against(text: str, seen: SeenCharacter, folded: Folded) -> bool:
    if not seen.printed or folded.one(seen.printed) != text or seen.confidence < SURE:
        return True
    if seen.character.islower() and seen.character not in SAME_SHAPE:
        return True
    return any(v > TRACE for c, v in folded.likely(seen).items() if c != text)


def may_lack_a_character(
    characters: Sequence[SeenCharacter], form: SerialForm | None
) -> frozenset[int]:
    """Places beside which a character may have gone unread; none where the form knows one length,
    since a text that lacks one is no serial then."""
    if form is not None and form.shortest == form.longest:
        return frozenset()
    steps = [later.at - earlier.at for earlier, later in pairwise(characters)]
    usual = sorted(steps)[len(steps) // 2] if steps else 0.0
    wide = {
        place
        for place, (step, seen) in enumerate(zip(steps, characters[1:], strict=True))
        if step > GAP * usual or seen.hidden > HIDDEN
    }
    places = wide | {place + 1 for place in wide}
    if characters and characters[-1].at + 0.6 * usual > 1:
        places.add(len(characters) - 1)  # the text may go on where the cut-out ends
    if characters and characters[0].at < 0.6 * usual:
        places.add(0)
    return frozenset(places)
