"""The serial that is claimed beside the one that was read, character by character. Pure.

Guarantee: nothing is decided here: where both differ is shown, and how sure the reading is there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from recalldesk.claims.photo_facts import nearest_reading
from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.reading.seen import Box, LabelReading, SerialCandidate


@dataclass(frozen=True)
class Character:
    """One place. `confidence`: how sure the reading is, from 0 to 1; None where nothing was read.
    `differs`: both are other characters, also as the product reads them."""

    claimed: str
    read: str
    confidence: float | None
    is_doubtful: bool
    differs: bool


@dataclass(frozen=True)
class SerialBeside:
    """The nearest reading of all photos, and in which photo it stands, where."""

    claimed: str
    read: str
    source: str
    confidence: float
    photo_id: int
    box: Box
    characters: tuple[Character, ...]

    @property
    def is_same(self) -> bool:
        """Whether it reads as claimed."""
        return not any(each.differs for each in self.characters)


def serial_beside(
    serial: str, forms: Collection[SerialForm], labels: Mapping[int, LabelReading]
) -> SerialBeside | None:
    """The serial beside its nearest reading; None where none was claimed or read."""
    nearest = nearest_reading(serial, forms, tuple(labels.values()))
    if nearest is None:
        return None
    candidate = nearest.candidate
    photo_id = next(key for key, label in labels.items() if candidate in label.candidates)
    return SerialBeside(
        claimed=normalise(serial),
        read=candidate.text,
        source=candidate.source,
        confidence=candidate.confidence,
        photo_id=photo_id,
        box=candidate.box,
        characters=_characters(normalise(serial), candidate, nearest.places),
    )


def _characters(
    claimed: str, candidate: SerialCandidate, places: tuple[int, ...] | None
) -> tuple[Character, ...]:
    sure = candidate.of_characters
    return tuple(
        Character(
            claimed=one,
            read=other,
            confidence=sure[place] if place < len(sure) else None,
            is_doubtful=place in candidate.doubtful,
            differs=one != other if places is None else place in places,
        )
        for place, (one, other) in enumerate(zip_longest(claimed, candidate.text, fillvalue=""))
    )
