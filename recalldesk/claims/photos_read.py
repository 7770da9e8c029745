"""The door to what was read in the photos of a claim.

Guarantee: nothing of it stands open anywhere but in the value that is handed out.
"""

from dataclasses import dataclass

from recalldesk.claims.completeness import photos_asked
from recalldesk.claims.photo_facts import PhotoFacts, facts_of_photos
from recalldesk.claims.reads import SeenFiling, SeenUnit, facts_of_unit
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import label_reading_of, marking_reading_of
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.recalls.document import Document


@dataclass(frozen=True)
class PhotosRead:
    """What was read of a unit, by photo; a photo that was not read is left out."""

    labels: dict[int, LabelReading]
    markings: dict[int, MarkingReading]


def photos_read(photos: tuple[Photo, ...]) -> PhotosRead:
    """What was read in photos. Raises SealingError."""
    labels = {photo.pk: label_reading_of(photo) for photo in photos}
    markings = {photo.pk: marking_reading_of(photo) for photo in photos}
    return PhotosRead(
        {key: reading for key, reading in labels.items() if reading is not None},
        {key: reading for key, reading in markings.items() if reading is not None},
    )


def photo_facts_of(seen: SeenFiling, unit: SeenUnit, read: PhotosRead | None = None) -> PhotoFacts:
    """The facts of one unit of a filing, from all of its photos. Raises SealingError."""
    known = photos_read(unit.photos) if read is None else read
    return facts_of_photos(
        serial=unit.serial,
        forms=forms_of(seen.document, unit),
        labels=tuple(known.labels.values()),
        markings=tuple(known.markings.values()),
        asked=seen.document.evidence.marks if is_marking_asked(seen, unit) else (),
        name=seen.name,
    )


def forms_of(document: Document, unit: SeenUnit) -> tuple[SerialForm, ...]:
    """How the serial of a unit may look: as its product's, or any of the recall's."""
    products = [each for each in document.products if each.key == unit.product]
    return tuple(product.serial.form for product in products or document.products)


def is_marking_asked(seen: SeenFiling, unit: SeenUnit) -> bool:
    """Whether the recall asks for a photo of what this unit's owner wrote."""
    asked = photos_asked(seen.document.evidence, facts_of_unit(unit), is_first=False)
    return PhotoKind.MARKING in asked and not unit.cannot_photograph
