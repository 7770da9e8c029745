"""Made-up lines as a recogniser would give them, for tests that need no pixels."""

from collections.abc import Mapping, Sequence

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.asked import LabelForm, ProductForm
from recalldesk.reading.characters import SeenCharacter, SeenLine
from recalldesk.reading.seen import Box, LabelReading, Line, SerialCandidate, Source

ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SERIAL_FORM = SerialForm(
    ALPHABET, 16, 16, (("I", "1"), ("O", "0")), ("0ODQ", "1IL", "2Z", "5S", "6G", "8B")
)
FORM = LabelForm((ProductForm(("A1263", "PowerCore 10000"), SERIAL_FORM, "SN"),))
ANY_FORM = LabelForm()
SERIAL = "A12F8G7K30XB4T9C"
BOX: Box = ((0.1, 0.5), (0.6, 0.5), (0.6, 0.54), (0.1, 0.54))


def box(left: float, top: float, length: float, height: float = 0.04) -> Box:
    """A level box."""
    right, bottom = left + length, top + height
    return (left, top), (right, top), (right, bottom), (left, bottom)


def seen(
    character: str, confidence: float = 1.0, others: Mapping[str, float] | None = None
) -> SeenCharacter:
    """One character, and nothing else likely unless it is said."""
    printed = SeenCharacter(character, confidence, {}).printed
    likely = {printed: confidence} if printed else {}
    return SeenCharacter(character, confidence, {**likely, **(others or {})})


def seen_line(text: str, where: Box = BOX, *, wide_after: int | None = None) -> SeenLine:
    """A line of characters that stand equally far apart, a space between them or not; after the
    place `wide_after` there is a gap."""
    slot, slots = 0, list[int]()
    for place, character in enumerate(text):
        slots.append(slot)
        slot += (character != " ") + (3 if place == wide_after else 0)
    return SeenLine(
        tuple(
            SeenCharacter(c, 1.0, seen(c).others, (place + 0.5) / slot)
            for c, place in zip(text, slots, strict=True)
        ),
        where,
    )


def line(text: str, where: Box = BOX, turn: int = 0) -> Line:
    """A line as it is told."""
    return Line(text, 1.0, (1.0,) * len(text), where, turn)


def candidate(
    text: str, doubtful: Sequence[int] = (), source: Source = Source.PRINT
) -> SerialCandidate:
    """A candidate that is sure of itself."""
    return SerialCandidate(text, 1.0, (1.0,) * len(text), tuple(doubtful), source, BOX)


def reading(*candidates: SerialCandidate) -> LabelReading:
    """A label with these candidates."""
    return LabelReading("A1263", candidates)
