"""What an owner is told of what was read in a photo, and what to do better.

Guarantees: a place is named and never what should stand there; what was not read is no fault of
the owner's; nothing here stops anybody.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from recalldesk.claims.photo_facts import Difference, nearest_reading
from recalldesk.claims.photos_read import PhotosRead, forms_of, photo_facts_of
from recalldesk.claims.reads import SeenFiling, SeenUnit
from recalldesk.claims.rules import LOOKED_FOR_AGAIN
from recalldesk.reading.seen import LabelReading, MarkingReading
from recalldesk.recalls.document.remedy import Mark
from recalldesk.recalls.wording import listed, locale_of

MOST_NAMED = 4
"""Places that are named one by one; with more, every character is to be compared."""
MARKS: dict[Mark, Promise] = {
    Mark.CODE: gettext_lazy("your number"),
    Mark.NAME: gettext_lazy("your name"),
}


class Said(NamedTuple):
    """What is so, and what to do, as sentences. `mends`: the words of the way to the serial."""

    says: str
    does: str = ""
    mends: str = ""


def said_of_label(
    seen: SeenFiling, unit: SeenUnit, reading: LabelReading, *, is_asked: bool
) -> Said:
    """Of one photo of a label."""
    nearest = nearest_reading(unit.serial, forms_of(seen.document, unit), [reading])
    if nearest is not None and nearest.is_none:
        return Said(gettext("We read what you gave: %(serial)s") % {"serial": unit.serial})
    is_found = bool(reading.candidates)
    if not is_found or not is_asked:
        return Said(gettext("We have this photo. A person looks at it."))
    if nearest is None:
        return Said(
            gettext("We may have read the number on it."), mends=gettext("See what we read")
        )
    return Said(_differs(nearest), mends=gettext("Look at it again"))


def _differs(difference: Difference) -> str:
    places = difference.places
    if places is None or len(places) > MOST_NAMED:
        return gettext("It reads otherwise than what you gave: please look again.")
    return ngettext(
        "It reads otherwise at character %(places)s: please look again.",
        "It reads otherwise at characters %(places)s: please look again.",
        len(places),
    ) % {"places": places_named(places)}


def places_named(places: Iterable[int]) -> str:
    """Places that are counted from 0, as people count and say them."""
    return _listed(str(place + 1) for place in places)


def said_of_marking(
    seen: SeenFiling,
    unit: SeenUnit,
    reading: MarkingReading,
    read: PhotosRead,
    *,
    is_asked: bool,
) -> Said:
    """Of one photo of what was written. With another that shows all of it nothing is missing."""
    here = photo_facts_of(seen, unit, replace(read, markings={0: reading}))
    wanted = [mark for mark in here.marks if mark in LOOKED_FOR_AGAIN]
    missing = [mark for mark in wanted if not here.marks[mark]]
    is_shown_elsewhere = not photo_facts_of(seen, unit, read).missing_marks & LOOKED_FOR_AGAIN
    word = seen.document.evidence.word
    if wanted and not missing:
        return Said(gettext("We see %(marks)s on it.") % {"marks": _marks(wanted, word)})
    if is_shown_elsewhere:
        return Said(gettext("We have this photo."))
    if not is_asked:
        return Said(gettext("We have this photo. A person looks at it."))
    does = gettext(
        "One more photo helps: written large, in good light, and all of it in the picture."
    )
    if seen.is_draft:
        does = " ".join((does, gettext("You can go on without it.")))
    return Said(
        gettext("We do not see %(marks)s on it yet.") % {"marks": _marks(missing, word)}, does
    )


def _marks(marks: Iterable[Mark], word: str) -> str:
    return _listed(word if mark is Mark.WORD else str(MARKS[mark]) for mark in marks)


def _listed(words: Iterable[str]) -> str:
    return listed(list(words), locale_of(get_language() or "en"))
