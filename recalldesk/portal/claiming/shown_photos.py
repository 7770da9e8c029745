"""A photo as its owner sees it: what it shows, how it stands, and what to do where it is of no use.

Guarantee: only the re-encoded copy of a clean photo has an address.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from recalldesk.claims.reads import FAILED_PHOTOS
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoProblem, PhotoState
from recalldesk.evidence.words import PROBLEMS, STATES
from recalldesk.portal.claiming.visitor import Visitor

KINDS: Mapping[PhotoKind, Promise] = {
    PhotoKind.LABEL: gettext_lazy("The label with the serial number"),
    PhotoKind.MARKING: gettext_lazy("What you wrote on it"),
    PhotoKind.RECEIPT: gettext_lazy("The receipt"),
    PhotoKind.OTHER: gettext_lazy("Something else"),
}


@dataclass(frozen=True)
class ShownPhoto:
    """One photo. `address` is empty where there is no picture; `do` where nothing is to be done."""

    photo: Photo
    kind: Promise
    says: Promise
    do: Promise | None
    address: str


def shown_photos(visitor: Visitor, photos: Iterable[Photo]) -> tuple[ShownPhoto, ...]:
    """The photos, in the order given. Of one that is of no use nothing is to be done where another
    shows the same."""
    given = tuple(photos)
    shown = {photo.kind for photo in given if photo.state not in FAILED_PHOTOS}
    return tuple(_shown(visitor, photo, shown - {PhotoKind.OTHER}) for photo in given)


def _shown(visitor: Visitor, photo: Photo, shown: Set[str]) -> ShownPhoto:
    state = PhotoState(photo.state)
    problem = PROBLEMS[PhotoProblem(photo.problem)] if photo.problem else None
    return ShownPhoto(
        photo=photo,
        kind=KINDS[PhotoKind(photo.kind)],
        says=problem.what if problem else STATES[state],
        do=problem.do if problem and photo.kind not in shown else None,
        address=visitor.address("claim_picture", photo.pk) if state is PhotoState.CLEAN else "",
    )
