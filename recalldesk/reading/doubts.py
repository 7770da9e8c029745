"""At which places of a serial another character may stand: pure.

Guarantee: a place is free of doubt only where every view of it agrees and each is sure; the bounds
are set by photos that were drawn for it (docs/reading.md).
"""

from collections.abc import Mapping, Sequence

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.characters import SeenCharacter

SURE = 0.90
"""Least confidence, in every view, of a character that looks like no other."""
SURE_OF_ALIKE = 0.97
"""Of one that is easily taken for another."""
UNLIKELY = 0.05
"""Most that another character may be likely, in any view."""
ALIKE = (
    "1IL7TJ",
    "2Z7",
    "0ODQCG",
    "5S",
    "8B3",
    "6G",
    "6B",
    "UV",
    "MN",
    "VY",
    "KX",
    "PR",
    "EF",
    "CG",
    "HN",
    "4A",
    "9G",
)
"""Characters that print confuses, whatever a form says."""
SAME_SHAPE = frozenset("ckopsuvwxz")
"""Small letters that differ from the capital in size alone."""
EVERYWHERE: Mapping[str, str] = {
    character: "".join(sorted({other for group in ALIKE if character in group for other in group}))
    for character in {character for group in ALIKE for character in group}
}


def is_doubtful(text: str, views: Sequence[SeenCharacter], form: SerialForm | None) -> bool:
    """Whether the character `text` may be another, given how it was seen in each view."""
    if not views:
        return True
    alike = set(EVERYWHERE.get(text, ""))
    if form is not None:
        alike |= set(form.alike.get(form.fold(text), ""))
    least = SURE_OF_ALIKE if len(alike) > 1 else SURE
    return any(_speaks_against(text, seen, form, least) for seen in views)


def _speaks_against(text: str, seen: SeenCharacter, form: SerialForm | None, least: float) -> bool:
    def folded(character: str) -> str:
        return form.fold(character) if form is not None else character

    if not seen.printed or folded(seen.printed) != folded(text) or seen.confidence < least:
        return True
    if seen.character.islower() and seen.character not in SAME_SHAPE:
        return True
    against = [v for c, v in seen.others.items() if folded(c) != folded(text)]
    return max(against, default=0.0) > UNLIKELY
