"""The photos of the made-up year: most are facts drawn from the errors measured of real reading.

The shares are those of RESULTS.md ("A label's serial is read", "A marking is verified"), with half
a photo added, so that what never happened in so few is not taken for impossible.
"""

import random
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.year.drawn import Answer
from benchmarks.year.sent import SentPhoto
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.kept import label_from_json, marking_from_json
from recalldesk.reading.seen import (
    Box,
    LabelReading,
    Mark,
    MarkingReading,
    SerialCandidate,
    Source,
)

LABELS, EXACT, OTHERWISE = 140, 138, 1
"""Labels read, how many exactly, and how many as another serial with all that differs in doubt; of
the rest nothing was found."""
DOUBTFUL = 0.21
"""Share of exact readings in which some character is in doubt all the same (110 of 138 are not)."""
MARKINGS, VERIFIED = 200, 200
DESKS, TYPICAL = 4_000, 0.122
"""Photos of one desk look alike by chance where both are typical of it: 1.5 % of its pairs. With so
many desks one claim in three has such a hit at 50,000 photos, as was found before."""
LEAST_OFF, MOST_OFF = 10, 15
FAR_OFF = (64, 110)
BITS = 256
BOX: Box = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.2), (0.1, 0.2))
SEEN, UNSEEN = Mark(0.95, is_verified=True), Mark(0.2, is_verified=False)


class Shown(StrEnum):
    """How a photo came out. Only of `WELL` anything can be read."""

    WELL = "well"
    UNREADABLE = "unreadable"
    OTHER = "other"
    UNUSABLE = "unusable"


@dataclass
class Camera:
    """Draws photos that are nobody's copy. `desks`: what each desk looks like."""

    draw: random.Random

    def __post_init__(self) -> None:
        self._desks = [self.draw.getrandbits(BITS) for _ in range(DESKS)]
        self._one_more = 0

    def label(self, serial: str, shown: Shown = Shown.WELL, other: str = "") -> SentPhoto:
        """Of the label of a unit; `other`: the serial that stands on one that is another's."""
        if shown is Shown.WELL:
            reading = self._reads(serial)
        elif shown is Shown.OTHER:
            reading = self._reads(other)
        else:
            reading = LabelReading()
        return self._photo(PhotoKind.LABEL, reading, shown)

    def marking(self, shown: Shown = Shown.WELL) -> SentPhoto:
        """Of a unit that is marked for its own claim; `OTHER`: with the word and without a code."""
        is_read = self.draw.random() < (VERIFIED + 0.5) / (MARKINGS + 1)
        if shown is Shown.WELL and is_read:
            reading = MarkingReading(SEEN, SEEN)
        else:
            reading = MarkingReading(SEEN if shown is Shown.OTHER else UNSEEN, UNSEEN)
        return self._photo(PhotoKind.MARKING, reading, shown)

    def _reads(self, serial: str) -> LabelReading:
        draw, chance = self.draw, self.draw.random() * (LABELS + 1)
        if chance < EXACT + 0.5:
            doubtful = (draw.randrange(2, len(serial)),) if draw.random() < DOUBTFUL else ()
            return LabelReading(candidates=(_candidate(serial, doubtful),))
        if chance < EXACT + 0.5 + OTHERWISE + 0.25:
            place = draw.randrange(2, len(serial))
            wrong = draw.choice([digit for digit in "0123456789" if digit != serial[place]])
            text = f"{serial[:place]}{wrong}{serial[place + 1 :]}"
            return LabelReading(candidates=(_candidate(text, (place,)),))
        return LabelReading()

    def _photo(
        self, kind: PhotoKind, reading: LabelReading | MarkingReading, shown: Shown
    ) -> SentPhoto:
        self._one_more += 1
        content = self.draw.randbytes(32)
        if shown is Shown.UNUSABLE:
            return SentPhoto(kind, content, b"", b"", None, is_usable=False)
        return SentPhoto(kind, content, self.draw.randbytes(32), self._looks(), reading)

    def _looks(self) -> bytes:
        draw = self.draw
        bounds = (LEAST_OFF, MOST_OFF) if draw.random() < TYPICAL else FAR_OFF
        bits = draw.choice(self._desks)
        for place in draw.sample(range(BITS), draw.randint(*bounds)):
            bits ^= 1 << place
        return bits.to_bytes(BITS // 8)


def _candidate(text: str, doubtful: tuple[int, ...]) -> SerialCandidate:
    sure = tuple(0.6 if place in doubtful else 0.99 for place in range(len(text)))
    return SerialCandidate(text, 0.95, sure, doubtful, Source.PRINT, BOX)


def label_sent(answer: Answer) -> SentPhoto:
    """A photo of a label that was really drawn and read."""
    return SentPhoto(
        PhotoKind.LABEL,
        answer.content,
        answer.picture,
        answer.likeness,
        label_from_json(answer.reading),
    )


def marking_sent(answer: Answer, reading: MarkingReading | None = None) -> SentPhoto:
    """A photo of a marked unit that was really drawn; `reading`: what stands for its own."""
    read = reading or marking_from_json(answer.reading)
    return SentPhoto(PhotoKind.MARKING, answer.content, answer.picture, answer.likeness, read)
