"""The photos of a claim page, with what was read in them and where. Nothing asks the database: rows
come with their readings.
"""

from collections.abc import Iterable, Iterator

from recalldesk.claims.desk.page_values import ReadBox, ShownMark, ShownPhoto
from recalldesk.claims.models import Claim
from recalldesk.evidence.models import Photo, Reading
from recalldesk.evidence.states import PhotoKind, ReadingState
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.kept import label_from_json, marking_from_json
from recalldesk.reading.seen import LabelReading
from recalldesk.recalls.document import Document
from recalldesk.sealing.fields_of_rows import opened


def forms_of_claim(document: Document, claim: Claim) -> tuple[SerialForm, ...]:
    """How the serial of a claim may look: as its product's, or any of the recall's."""
    named = [each for each in document.products if each.key == claim.product]
    return tuple(product.serial.form for product in named or document.products)


def labels_of(photos: Iterable[Photo]) -> dict[int, LabelReading]:
    """What was read in photos of labels, by photo. Raises SealingError."""
    return {
        photo.pk: label_from_json(answer)
        for photo in photos
        if photo.kind == PhotoKind.LABEL and (answer := _answer_of(photo))
    }


def shown_photo(photo: Photo, of: tuple[str, int], *, in_full: bool) -> ShownPhoto:
    """A photo, in full with what was read in it and where. Raises SealingError."""
    return ShownPhoto(
        photo_id=photo.pk,
        kind=photo.kind,
        state=photo.state,
        reading=photo.reading,
        received_at=photo.received_at,
        width=photo.width,
        height=photo.height,
        of=of,
        boxes=tuple(_boxes(photo)) if in_full else (),
        marks=tuple(_marks(photo)),
        problem=photo.problem,
    )


def _marks(photo: Photo) -> Iterator[ShownMark]:
    answer = _answer_of(photo) if photo.kind == PhotoKind.MARKING else ""
    if not answer:
        return
    reading = marking_from_json(answer)
    for name in ("word", "code", "name", "date"):
        seen = getattr(reading, name)
        if seen is not None:
            yield ShownMark(name, seen.score, seen.is_verified)


def _answer_of(photo: Photo) -> str:
    reading: Reading | None = getattr(photo, "what_was_read", None)
    if reading is None or photo.reading != ReadingState.READ:
        return ""
    return opened(reading, "sealed_answer")


def _boxes(photo: Photo) -> Iterator[ReadBox]:
    answer = _answer_of(photo)
    if not answer:
        return
    if photo.kind == PhotoKind.MARKING:
        for line in marking_from_json(answer).lines:
            yield ReadBox("line", line.text, line.confidence, line.box)
        return
    label = label_from_json(answer)
    for candidate in label.candidates:
        yield ReadBox("serial", candidate.text, candidate.confidence, candidate.box)
    for code in label.bar_codes:
        yield ReadBox("bar_code", code.text, None, code.box)
    for line in label.lines:
        yield ReadBox("line", line.text, line.confidence, line.box)
