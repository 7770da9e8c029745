"""What the photos of a unit say for its claim: facts for a rule, from what was read in them. Pure.

Guarantees: nothing is decided here; what was not read speaks neither for a claim nor against it; a
character of which the reading itself is not sure makes no serial another one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.marks import marks_in
from recalldesk.reading.seen import LabelReading, MarkingReading, SerialCandidate
from recalldesk.recalls.document.remedy import Mark


class LabelReads(StrEnum):
    """What the photos of the label say of the serial that is claimed."""

    AS_CLAIMED = "as_claimed"
    OTHERWISE = "otherwise"
    UNREAD = "unread"


@dataclass(frozen=True)
class PhotoFacts:
    """`label`: how the serial reads. `marks`: each thing that is to be written, and whether it was
    verified in the one photo that shows most of them. `is_marking_read`: whether any was read.
    """

    label: LabelReads
    marks: Mapping[Mark, bool]
    is_marking_read: bool

    @property
    def missing_marks(self) -> frozenset[Mark]:
        """What is to be written and was verified in no photo that was read."""
        if not self.is_marking_read:
            return frozenset()
        return frozenset(mark for mark, is_verified in self.marks.items() if not is_verified)


@dataclass(frozen=True)
class Difference:
    """A candidate beside the serial that is claimed. `places`: where they differ, from 0; None
    where they have not the same length."""

    candidate: SerialCandidate
    places: tuple[int, ...] | None

    @property
    def is_none(self) -> bool:
        """Whether both are the same serial."""
        return self.places == ()

    @property
    def is_sure(self) -> bool:
        """Whether the reading is sure of what differs."""
        return self.places is None or not {*self.places} <= {*self.candidate.doubtful}


def facts_of_photos(
    *,
    serial: str,
    forms: Collection[SerialForm],
    labels: Sequence[LabelReading],
    markings: Sequence[MarkingReading],
    asked: Collection[Mark],
    name: str = "",
) -> PhotoFacts:
    """The facts of a unit. `forms`: of the products that it may be; `asked`: what the recall has
    its owner write; a name is looked for once it is known."""
    seen = [_verified(reading, name) for reading in markings]
    best = max(seen, key=lambda marks: len(marks & {*asked}), default=frozenset[Mark]())
    known = [mark for mark in Mark if mark in asked and (name or mark is not Mark.NAME)]
    return PhotoFacts(
        label=_label_reads(serial, forms, labels),
        marks={mark: mark in best for mark in known},
        is_marking_read=bool(markings),
    )


def nearest_reading(
    serial: str, forms: Collection[SerialForm], labels: Sequence[LabelReading]
) -> Difference | None:
    """The candidate that differs least from a serial; None where nothing was read or claimed."""
    claimed = normalise(serial)
    if not claimed:
        return None
    found = [
        _difference(candidate, claimed, forms)
        for reading in labels
        for candidate in reading.candidates
    ]
    return min(found, key=_how_far, default=None)


def _label_reads(
    serial: str, forms: Collection[SerialForm], labels: Sequence[LabelReading]
) -> LabelReads:
    nearest = nearest_reading(serial, forms, labels)
    if nearest is None:
        return LabelReads.UNREAD
    if nearest.is_none:
        return LabelReads.AS_CLAIMED
    return LabelReads.OTHERWISE if _is_sure_of_another(serial, forms, labels) else LabelReads.UNREAD


def _is_sure_of_another(
    serial: str, forms: Collection[SerialForm], labels: Sequence[LabelReading]
) -> bool:
    """Whether no candidate could be the serial."""
    claimed = normalise(serial)
    return all(
        _difference(candidate, claimed, forms).is_sure
        for reading in labels
        for candidate in reading.candidates
    )


def _difference(
    candidate: SerialCandidate, claimed: str, forms: Collection[SerialForm]
) -> Difference:
    """By the form under which they differ least."""
    found = [Difference(candidate, None)]
    found += [
        Difference(candidate, places)
        for one, other in _ways(candidate.text, claimed, forms)
        if (places := _places(one, other)) is not None
    ]
    return min(found, key=_how_far)


def _ways(one: str, other: str, forms: Collection[SerialForm]) -> Iterator[tuple[str, str]]:
    """Both texts as each form reads them; without a form, as they are."""
    if not forms:
        yield one, other
    for form in forms:
        yield form.fold(one), form.fold(other)


def _places(one: str, other: str) -> tuple[int, ...] | None:
    if len(one) != len(other):
        return None
    return tuple(
        place for place, pair in enumerate(zip(one, other, strict=True)) if len({*pair}) > 1
    )


def _how_far(difference: Difference) -> tuple[bool, int]:
    return difference.places is None, len(difference.places or ())


def _verified(reading: MarkingReading, name: str) -> frozenset[Mark]:
    """What one photo shows of all that can be asked."""
    of_name = marks_in(reading.lines, ExpectedMarking(name=name)).name if name else None
    seen = {
        Mark.WORD: reading.word,
        Mark.CODE: reading.code,
        Mark.NAME: of_name,
        Mark.DATE: reading.date,
    }
    return frozenset(kind for kind, mark in seen.items() if mark is not None and mark.is_verified)
