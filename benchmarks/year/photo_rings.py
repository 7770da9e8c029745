"""Rings whose fraud is in their photos: which are drawn, from what, and what is done to them.

Worst of all cases but for the photos: those of a ring share no name, address, payee or network. The
photo that is copied is in half of the rings that of somebody honest.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.year.drawn import Altered, Answer, Request
from benchmarks.year.labels import drawn_code
from benchmarks.year.photos import Camera, Shown, label_sent, marking_sent
from benchmarks.year.sent import Fraud, SentPhoto, SentUnit
from recalldesk.demo.photos.conditions import Condition
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.kept import marking_from_json
from recalldesk.reading.marking import marks_in

WORD = "RECALLED"
SIZES = {Fraud.SAME_PHOTO: 4, Fraud.ONE_PHOTO: 6, Fraud.CODE: 4, Fraud.EDITED: 4}
MOST_RINGS, MOST_OF_RING = 50, 6
"""Of each kind: each has its own serials, so that more rings leave the others as they are."""
CONDITIONS = (Condition.CLEAN, Condition.CLEAN, Condition.TILT, Condition.PERSPECTIVE)
COPIES = tuple(Altered)
EDITS = (Altered.NOT, Altered.NOT, Altered.SAVED, Altered.SMALLER, Altered.TURNED)
BLURRED = 9.0


@dataclass(frozen=True)
class PlannedUnit:
    """A claim of a ring. What has no request is drawn from the errors measured. `lines_of`: the
    photo whose lines this one's marking is held against, where it is a copy."""

    serial: str
    code: str
    label: Request | None = None
    marking: Request | None = None
    lines_of: Request | None = None
    is_honest: bool = False
    is_readable: bool = False

    @property
    def requests(self) -> tuple[Request, ...]:
        """What must be drawn for it."""
        return tuple(each for each in (self.label, self.marking, self.lines_of) if each)


@dataclass(frozen=True)
class PlannedRing:
    """The claims of a ring, in the order in which they are sent."""

    fraud: Fraud
    units: tuple[PlannedUnit, ...]


def planned_rings(seed: int, count: int, serials: Sequence[str]) -> list[PlannedRing]:
    """So many rings of each of the four kinds."""
    rings = []
    for place, (fraud, size) in enumerate(SIZES.items()):
        for number in range(min(count, MOST_RINGS)):
            draw = random.Random(f"{seed} {fraud} {number}")
            first = (place * MOST_RINGS + number) * MOST_OF_RING
            units = tuple(PLANS[fraud](draw, list(serials[first : first + size]), number % 2 == 0))
            rings.append(PlannedRing(fraud, units))
    return rings


def serials_taken() -> int:
    """So many of the first serials are kept for them."""
    return len(SIZES) * MOST_RINGS * MOST_OF_RING


def _label(draw: random.Random, serial: str) -> Request:
    return Request("label", serial, draw.randrange(10**6), draw.choice(CONDITIONS).value)


def _marking(draw: random.Random, code: str) -> Request:
    return Request("marking", code, draw.randrange(10**6), draw.choice(CONDITIONS).value)


def _same_photo(
    draw: random.Random, serials: list[str], is_of_another: bool
) -> Iterator[PlannedUnit]:
    codes = [drawn_code(draw) for _ in serials]
    label, marking = _label(draw, serials[0]), _marking(draw, codes[0])
    yield PlannedUnit(
        serials[0], codes[0], label, marking, is_honest=is_of_another, is_readable=True
    )
    for serial, code in zip(serials[1:], codes[1:], strict=True):
        how = draw.choice(COPIES)
        yield PlannedUnit(
            serial,
            code,
            replace(label, altered=how),
            replace(marking, altered=how, is_read=how is Altered.NOT),
            lines_of=marking,
        )


def _one_photo(draw: random.Random, serials: list[str], is_blurred: bool) -> Iterator[PlannedUnit]:
    codes = [drawn_code(draw) for _ in serials]
    label, marking = _label(draw, serials[0]), _marking(draw, codes[0])
    label = replace(label, blurred=BLURRED if is_blurred else 0.0)
    for serial, code in zip(serials, codes, strict=True):
        yield PlannedUnit(serial, code, label, marking, lines_of=marking)


def _code(draw: random.Random, serials: list[str], is_of_another: bool) -> Iterator[PlannedUnit]:
    first = drawn_code(draw)
    yield PlannedUnit(
        serials[0], first, None, _marking(draw, first), is_honest=is_of_another, is_readable=True
    )
    for serial in serials[1:]:
        own = drawn_code(draw)
        yield PlannedUnit(serial, own, None, replace(_marking(draw, first), expected=own))


def _edited(draw: random.Random, serials: list[str], is_of_another: bool) -> Iterator[PlannedUnit]:
    label = _label(draw, serials[0])
    yield PlannedUnit(
        serials[0], drawn_code(draw), label, is_honest=is_of_another, is_readable=True
    )
    for serial in serials[1:]:
        edited = replace(label, edited_to=serial, altered=draw.choice(EDITS))
        yield PlannedUnit(serial, drawn_code(draw), edited)


PLANS = {
    Fraud.SAME_PHOTO: _same_photo,
    Fraud.ONE_PHOTO: _one_photo,
    Fraud.CODE: _code,
    Fraud.EDITED: _edited,
}


def unit_sent(planned: PlannedUnit, answers: Mapping[Request, Answer], camera: Camera) -> SentUnit:
    """The claim with its photos."""
    label = label_sent(answers[planned.label]) if planned.label else camera.label(planned.serial)
    return SentUnit(
        planned.serial,
        planned.code,
        (label, _marking_sent(planned, answers, camera)),
        is_readable=planned.is_readable,
    )


def _marking_sent(
    planned: PlannedUnit, answers: Mapping[Request, Answer], camera: Camera
) -> SentPhoto:
    if planned.marking is None:
        return camera.marking(Shown.WELL)
    if planned.lines_of is None:
        return marking_sent(answers[planned.marking])
    lines = marking_from_json(answers[planned.lines_of].reading).lines
    expected = ExpectedMarking(WORD, planned.code)
    return marking_sent(answers[planned.marking], marks_in(lines, expected))
