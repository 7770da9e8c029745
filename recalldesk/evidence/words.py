"""What a page tells the owner of a photo that was refused, or is of no use, and what to do.

Guarantee: there are words for every refusal and every problem (a test compares them).
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from recalldesk.evidence.errors import Refusal
from recalldesk.evidence.states import PhotoProblem, PhotoState


class Words(NamedTuple):
    """What is so, and what to do. Both are sentences in the reader's language."""

    what: Promise
    do: Promise


def in_one(words: Words) -> str:
    """Both, one after the other."""
    return f"{words.what} {words.do}"


REFUSALS: Mapping[Refusal, Words] = {
    Refusal.EMPTY: Words(
        gettext_lazy("This file is empty."),
        gettext_lazy("Take the photo again, or choose another file."),
    ),
    Refusal.TOO_LARGE: Words(
        gettext_lazy("This file is larger than 25 MB."),
        gettext_lazy("Send a smaller copy: a screenshot of the photo will do."),
    ),
    Refusal.TOO_MANY: Words(
        gettext_lazy("You have sent 12 photos, which is as many as we can take."),
        gettext_lazy("Remove one that is not needed, then send this one."),
    ),
    Refusal.BUSY: Words(
        gettext_lazy("Many people are sending photos just now, and we cannot take this one yet."),
        gettext_lazy("Try again in a minute. What you sent before is kept."),
    ),
    Refusal.NOT_STORED: Words(
        gettext_lazy("We could not keep this photo. That is our fault, not yours."),
        gettext_lazy("Try again in a minute. What you sent before is kept."),
    ),
    Refusal.CLOSED: Words(
        gettext_lazy("These photos were erased, so nothing can be added to them."),
        gettext_lazy("Start again from the recall's page."),
    ),
}

KEPT = Words(
    gettext_lazy("We have to keep this photo for now: a legal matter asks for it."),
    gettext_lazy("You can send another photo beside it."),
)
"""Of a photo that somebody wants to take back while a legal hold keeps it."""

PROBLEMS: Mapping[PhotoProblem, Words] = {
    PhotoProblem.INFECTED: Words(
        gettext_lazy("Our virus scanner found something harmful in this file. We did not open it."),
        gettext_lazy("Take a new photo with the camera and send that."),
    ),
    PhotoProblem.NOT_A_PICTURE: Words(
        gettext_lazy("This file is not a photo that we can open."),
        gettext_lazy("Send a JPEG, PNG, WebP or HEIC: what a phone's camera makes is one of them."),
    ),
    PhotoProblem.DAMAGED: Words(
        gettext_lazy("This photo arrived damaged or cut off."),
        gettext_lazy("Send it again. If that does not help, take a new one."),
    ),
    PhotoProblem.TOO_MANY_PIXELS: Words(
        gettext_lazy("This photo has more than 40 megapixels."),
        gettext_lazy("Send a smaller copy: a screenshot of the photo will do."),
    ),
    PhotoProblem.TOO_SMALL: Words(
        gettext_lazy("This picture is too small for anybody to read."),
        gettext_lazy("Send the photo itself, not its preview, or take a new one from close by."),
    ),
    PhotoProblem.TOO_MUCH_WORK: Words(
        gettext_lazy("This photo is made in a way that we cannot open."),
        gettext_lazy("Take a new photo with the camera, or send a screenshot of this one."),
    ),
    PhotoProblem.NOT_KEPT: Words(
        gettext_lazy("We lost this photo. That is our fault, not yours."),
        gettext_lazy("Please send it again."),
    ),
}

STATES: Mapping[PhotoState, Promise] = {
    PhotoState.RECEIVED: gettext_lazy("Received. We check it in a moment; you need not wait."),
    PhotoState.SCANNING: gettext_lazy("Received. We check it in a moment; you need not wait."),
    PhotoState.SCANNER_ERROR: gettext_lazy(
        "Received. Checking it takes longer than usual; you need not wait."
    ),
    PhotoState.CLEAN: gettext_lazy("We have this photo."),
    PhotoState.INFECTED: gettext_lazy("We cannot use this photo."),
    PhotoState.UNUSABLE: gettext_lazy("We cannot use this photo."),
    PhotoState.REMOVED: gettext_lazy("Removed."),
}
