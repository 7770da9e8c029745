"""A photo as its owner sees it: what it shows, how it stands, what was read, and what to do.

Guarantees: only the re-encoded copy of a clean photo has an address; of a serial it is said where
the photo reads otherwise, and never what would be recalled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from recalldesk.claims.photos_read import PhotosRead, photos_read
from recalldesk.claims.reads import FAILED_PHOTOS, SeenUnit
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import WAITING, PhotoKind, PhotoProblem, PhotoState, ReadingState
from recalldesk.evidence.words import PROBLEMS, STATES
from recalldesk.portal.claiming.reading_words import Said, said_of_label, said_of_marking
from recalldesk.portal.claiming.visitor import Visitor

KINDS: Mapping[PhotoKind, Promise] = {
    PhotoKind.LABEL: gettext_lazy("The label with the serial number"),
    PhotoKind.MARKING: gettext_lazy("The unit with what you wrote on it"),
    PhotoKind.RECEIPT: gettext_lazy("The receipt"),
    PhotoKind.DISPOSAL: gettext_lazy("How you got rid of it"),
    PhotoKind.OTHER: gettext_lazy("Something else"),
}


@dataclass(frozen=True)
class PhotoSaid:
    """One photo. `url` is its picture, and empty while there is none to show; `does` is empty where
    nothing is to be done; `mend_url` leads to the serial, where that reads otherwise.
    """

    id: int
    kind: str
    title: Promise
    says: str
    does: str
    url: str
    mend_url: str = ""
    mend_words: str = ""
    is_failed: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class PhotosSaid:
    """The photos of one unit, or of one message, and what was read in them."""

    visitor: Visitor
    photos: tuple[Photo, ...]
    unit: SeenUnit | None = None
    is_asked: bool = False
    """Whether the owner may still do something about what was read."""
    read: PhotosRead = field(default_factory=lambda: PhotosRead({}, {}))

    def of_kind(self, kind: PhotoKind) -> tuple[PhotoSaid, ...]:
        """Those of one kind, in their order."""
        return tuple(self.of(photo) for photo in self.photos if photo.kind == kind)

    def all(self) -> tuple[PhotoSaid, ...]:
        """All of them, in their order."""
        return tuple(self.of(photo) for photo in self.photos)

    def of(self, photo: Photo) -> PhotoSaid:
        """One of them in words, and its picture where there is one."""
        visitor, said = self.visitor, self._said(photo)
        is_clean = photo.state == PhotoState.CLEAN
        return PhotoSaid(
            id=photo.pk,
            kind=photo.kind,
            title=KINDS[PhotoKind(photo.kind)],
            says=said.says,
            does=said.does,
            url=visitor.address("claim_picture", photo.pk) if is_clean else "",
            mend_url=visitor.address("claim_label") if said.mends else "",
            mend_words=said.mends,
            is_failed=photo.state in FAILED_PHOTOS,
            is_waiting=photo.state in WAITING or photo.reading == ReadingState.WAITING,
        )

    def _said(self, photo: Photo) -> Said:
        if photo.problem:
            words = PROBLEMS[PhotoProblem(photo.problem)]
            return Said(str(words.what), "" if self._is_shown(photo.kind) else str(words.do))
        if photo.reading == ReadingState.WAITING:
            return Said(gettext("We have this photo and are reading it; you need not wait."))
        if self.unit is not None and photo.reading:
            return self._read(photo, self.unit)
        return Said(str(STATES[PhotoState(photo.state)]))

    def _is_shown(self, kind: str) -> bool:
        """Whether another photo can be used that shows the same."""
        usable = {photo.kind for photo in self.photos if photo.state not in FAILED_PHOTOS}
        return kind in usable - {PhotoKind.OTHER}

    def _read(self, photo: Photo, unit: SeenUnit) -> Said:
        label, marking = self.read.labels.get(photo.pk), self.read.markings.get(photo.pk)
        if label is not None:
            return said_of_label(self.visitor.seen, unit, label, is_asked=self.is_asked)
        if marking is not None:
            return said_of_marking(
                self.visitor.seen, unit, marking, self.read, is_asked=self.is_asked
            )
        return Said(gettext("We have this photo. We could not read it: a person looks at it."))


def photos_said(visitor: Visitor, unit: SeenUnit, *, is_asked: bool) -> PhotosSaid:
    """The photos of a unit. Raises SealingError."""
    return PhotosSaid(visitor, unit.photos, unit, is_asked, photos_read(unit.photos))


def shown_photos(visitor: Visitor, photos: Iterable[Photo]) -> tuple[PhotoSaid, ...]:
    """Photos that belong to no unit, in the order given."""
    return PhotosSaid(visitor, tuple(photos)).all()
