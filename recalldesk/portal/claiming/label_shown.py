"""The photo of a label on its page: how far its reading is, and what was read, to be confirmed.

Guarantees: nothing that was read is taken by itself; the part of the photo that it was read from
stands beside it, upright; whoever waits long is never made to wait longer.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from recalldesk.claims.reads import FAILED_PHOTOS, SeenUnit
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import label_reading_of
from recalldesk.evidence.states import WAITING, PhotoKind, PhotoProblem, PhotoState, ReadingState
from recalldesk.evidence.words import PROBLEMS, Words
from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import normalise
from recalldesk.portal.claiming.reading_words import MOST_NAMED, places_named
from recalldesk.portal.claiming.visitor import Visitor
from recalldesk.portal.drawings.crop import cropped
from recalldesk.reading.seen import Box, LabelReading, SerialCandidate, Source

ALL_OF_IT: Box = ((0, 0), (1, 0), (1, 1), (0, 1))

SLOW_AFTER = timedelta(seconds=20)


class LabelState(StrEnum):
    """How far the reading of a label is."""

    WAITS = "waits"
    SLOW = "slow"
    READ = "read"
    NOTHING_READ = "nothing_read"
    OF_NO_USE = "of_no_use"


@dataclass(frozen=True)
class LabelShown:
    """The newest photo of a label. `read_as` is what may be the serial, empty where none was found;
    `look_at` its places in doubt, from 1; `product` the key of the product it names, or empty.
    """

    photo_id: int
    state: LabelState
    picture_url: str
    crop: SafeString | str
    read_as: str = ""
    look_at: tuple[int, ...] = ()
    product: str = ""
    problem: Words | None = None

    @property
    def token(self) -> str:
        """What changes with whatever the page has to show anew."""
        return f"{self.photo_id}-{self.state}"

    @property
    def look_words(self) -> str:
        """What to look at before it is confirmed."""
        count = len(self.look_at)
        if not count:
            return gettext("Compare it with the photo, character by character.")
        if count > MOST_NAMED:
            return gettext("We are not sure of it. Compare every character with the photo.")
        return ngettext(
            "Look at character %(places)s: we are not sure of it.",
            "Look at characters %(places)s: we are not sure of them.",
            count,
        ) % {"places": places_named(place - 1 for place in self.look_at)}


def label_shown(visitor: Visitor) -> LabelShown | None:
    """The photo of the label by which the claim was begun; None where there is none, or where the
    claim is for several units. Raises SealingError.
    """
    units = visitor.seen.units
    photos = [each for each in units[0].photos if each.kind == PhotoKind.LABEL] if units else []
    if len(units) != 1 or not photos:
        return None
    return _shown(visitor, units[0], photos[-1])


def _shown(visitor: Visitor, unit: SeenUnit, photo: Photo) -> LabelShown:
    reading = label_reading_of(photo)
    first = reading.candidates[0] if reading and reading.candidates else None
    is_clean = photo.state == PhotoState.CLEAN
    url = visitor.address("claim_picture", photo.pk) if is_clean else ""
    return LabelShown(
        photo_id=photo.pk,
        state=_state(photo, first),
        picture_url=url,
        crop=_crop(photo, printed_at(reading, first), url) if reading and first else "",
        read_as=first.text if first else "",
        look_at=tuple(place + 1 for place in first.doubtful) if first else (),
        product=_product(visitor, unit, reading) if reading else unit.product,
        problem=PROBLEMS[PhotoProblem(photo.problem)] if photo.problem else None,
    )


def _state(photo: Photo, found: SerialCandidate | None) -> LabelState:
    if photo.state in FAILED_PHOTOS:
        return LabelState.OF_NO_USE
    if photo.state in WAITING or photo.reading == ReadingState.WAITING:
        is_slow = clock.now() - photo.received_at > SLOW_AFTER
        return LabelState.SLOW if is_slow else LabelState.WAITS
    return LabelState.READ if found else LabelState.NOTHING_READ


def printed_at(reading: LabelReading, found: SerialCandidate) -> Box:
    """Where people can read the serial: nobody compares characters with the bars of a code."""
    if found.source is not Source.BAR_CODE:
        return found.box
    lines = (line.box for line in reading.lines if found.text in normalise(line.text))
    return next(lines, ALL_OF_IT)


def _crop(photo: Photo, box: Box, url: str) -> SafeString:
    picture = cropped(url, photo.width or 1, photo.height or 1, box)
    return format_html(
        '<svg class="crop" role="img" aria-label="{}" viewBox="{}">{}</svg>',
        gettext("The part of your photo that we read"),
        picture.view_box,
        picture.markup,
    )


def _product(visitor: Visitor, unit: SeenUnit, reading: LabelReading) -> str:
    """The key of the product whose model the label names."""
    for product in visitor.seen.document.products:
        if reading.model and reading.model in (product.model, *product.names):
            return product.key
    return unit.product
