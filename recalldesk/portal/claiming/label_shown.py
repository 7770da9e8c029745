"""The photo of a label on its page: how far its reading is, and what was read, to be confirmed.

Guarantees: nothing that was read is taken by itself; the part of the photo in which people can
read it stands beside it, upright; whoever waits long is never made to wait longer.
"""

import math
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
from recalldesk.reading.seen import Box, LabelReading, Point, SerialCandidate, Source

CORNERS: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))
MOST_APART = 3
"""Characters in which print may have been read otherwise than the bar code that says the same."""

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
    `look_at` its places in doubt, from 1; `has_print`, whether people can read it in the crop, and
    not a bar code alone; `product` the key of the product it names, or empty.
    """

    photo_id: int
    state: LabelState
    picture_url: str
    crop: SafeString | str
    read_as: str = ""
    look_at: tuple[int, ...] = ()
    has_print: bool = True
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
        if not self.has_print:
            return gettext(
                "We read it from the bar code. Compare it with your unit, character by character."
            )
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
    printed = printed_at(reading, first) if reading and first else None
    return LabelShown(
        photo_id=photo.pk,
        state=_state(photo, first),
        picture_url=url,
        crop=_crop(photo, first, printed, url) if first else "",
        read_as=first.text if first else "",
        look_at=tuple(place + 1 for place in first.doubtful) if first else (),
        has_print=printed is not None,
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


def printed_at(reading: LabelReading, found: SerialCandidate) -> Box | None:
    """Where people can read the serial, None where no print of it was read: nobody compares
    characters with the bars of a code.
    """
    if found.source is not Source.BAR_CODE:
        return found.box
    apart = {line.box: _apart(found.text, normalise(line.text)) for line in reading.lines}
    nearest = min(apart, key=lambda box: apart[box], default=None)
    return nearest if nearest is not None and apart[nearest] <= MOST_APART else None


def _apart(text: str, written: str) -> int:
    """In how many characters the part of `written` that is most like `text` differs from it."""
    parts = (written[at : at + len(text)] for at in range(len(written) - len(text) + 1))
    return min((sum(map(str.__ne__, text, part)) for part in parts), default=len(text))


def all_of_it(text: Box) -> Box:
    """The whole photo, turned by quarters so that a text that stands in it is upright."""
    (x, y), (later_x, later_y), _, _ = text
    quarters = round(math.atan2(later_y - y, later_x - x) / (math.pi / 2)) % 4
    first, second, third, fourth = (*CORNERS[quarters:], *CORNERS[:quarters])
    return first, second, third, fourth


def _crop(photo: Photo, found: SerialCandidate, printed: Box | None, url: str) -> SafeString:
    """The print of a serial; without any the whole photo."""
    size = photo.width or 1, photo.height or 1
    if printed is None:
        picture = cropped(url, *size, all_of_it(found.box), margin=0)
    else:
        picture = cropped(url, *size, printed)
    return format_html(
        '<svg class="crop" role="img" aria-label="{}" viewBox="{}">{}</svg>',
        gettext("Your photo")
        if printed is None
        else gettext("The part of your photo that we read"),
        picture.view_box,
        picture.markup,
    )


def _product(visitor: Visitor, unit: SeenUnit, reading: LabelReading) -> str:
    """The key of the product whose model the label names."""
    for product in visitor.seen.document.products:
        if reading.model and reading.model in (product.model, *product.names):
            return product.key
    return unit.product
