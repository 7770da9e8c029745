"""The only door to pictures of products: which a version shows, which it lacks, and their bytes.

Guarantee: to the public only what a version that was published shows; what an approved version
shows never changes, so it is kept in memory.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from recalldesk.pictures.models import PictureSize, TakenPicture
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import DATABASE_AWAY, LiveRecall, document_of

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Size:
    """One width of a picture; `digest` is that of the JPEG."""

    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class ShownPicture:
    """What a version shows for a file that it names, in sizes from the smallest on."""

    digest: str
    source_digest: str
    sizes: tuple[Size, ...]

    @property
    def largest(self) -> Size:
        """The widest."""
        return self.sizes[-1]


class NotApproved(Exception):
    """The version is a draft, or was not approved."""

    def __init__(self, version: RecallVersion) -> None:
        super().__init__(version.pk)
        self.version = version


Pictures = Mapping[str, ShownPicture]
"""By the file's name."""


def files_named(document: Document) -> tuple[str, ...]:
    """The files of all pictures, in the order of the recall file, each once."""
    named = (photograph.file for p in document.products for photograph in p.photographs)
    return tuple(dict.fromkeys(named))


def _taken(recall_id: int, number: int) -> dict[str, ShownPicture]:
    """For each file, what the last version up to this number took."""
    rows = list(
        TakenPicture.objects.filter(version__recall_id=recall_id, version__number__lte=number)
        .order_by("file", "-version__number")
        .distinct("file")
        .select_related("picture")
    )
    sizes: dict[int, list[Size]] = {row.picture_id: [] for row in rows}
    for picture, digest, width, height in (
        PictureSize.objects.filter(picture__in=sizes)
        .order_by("width")
        .values_list("picture_id", "digest", "width", "height")
    ):
        sizes[picture].append(Size(digest, width, height))
    return {
        row.file: ShownPicture(row.picture.digest, row.source_digest, tuple(sizes[row.picture_id]))
        for row in rows
    }


def _of_version(recall_id: int, number: int, document: Document) -> Pictures:
    named = files_named(document)
    taken = _taken(recall_id, number) if named else {}
    return {file: taken[file] for file in named if file in taken}


@lru_cache(maxsize=512)
def _kept(version_id: int, _approved_at: datetime) -> Pictures:
    version = RecallVersion.objects.defer("source").get(pk=version_id)
    return _of_version(version.recall_id, version.number, document_of(version))


def pictures_of(version: RecallVersion) -> Pictures:
    """What a version shows, of the files that it names; kept in memory once it cannot change."""
    if version.approved_at is None:
        return _of_version(version.recall_id, version.number, document_of(version))
    return _kept(version.pk, version.approved_at)


def pictures_known(live: LiveRecall) -> Pictures:
    """The same of a published version, or of one that is previewed; none where the database is
    away and none were read."""
    try:
        return _kept_published(live.version_id)
    except NotApproved as problem:
        return pictures_of(problem.version)
    except DATABASE_AWAY:
        return {}


@lru_cache(maxsize=512)
def _kept_published(version_id: int) -> Pictures:
    version = RecallVersion.objects.defer("source").get(pk=version_id)
    if version.approved_at is None:
        raise NotApproved(version)  # what is raised is not kept: the pictures may still change
    return pictures_of(version)


def missing_pictures(version: RecallVersion) -> tuple[str, ...]:
    """The files that a version names and that never came, in the order of the recall file."""
    shown = pictures_of(version)
    return tuple(file for file in files_named(document_of(version)) if file not in shown)


def picture_digests(version: RecallVersion) -> tuple[tuple[str, str], ...]:
    """Each file that a version names with the digest of its picture, empty where it is missing.

    What an approval covers: another picture under the same name is another digest.
    """
    shown = pictures_of(version)
    return tuple(
        (file, shown[file].digest if file in shown else "")
        for file in files_named(document_of(version))
    )


def published_content(digest: str) -> bytes | None:
    """The JPEG of this digest where a version shows it that is or was live; else None."""
    if not DIGEST.fullmatch(digest):
        return None
    return content_of(digest) if any(_shows(v, digest) for v in _published_by(digest)) else None


def content_for_staff(recall: Recall, digest: str) -> bytes | None:
    """The JPEG of this digest where any version of the recall shows it; else None."""
    if not DIGEST.fullmatch(digest):
        return None
    versions = recall.versions.defer("source").order_by("-number")
    return content_of(digest) if any(_shows(v, digest) for v in versions) else None


def _published_by(digest: str) -> Iterator[RecallVersion]:
    """The published versions of the recalls in which a picture with this size was taken."""
    recalls = TakenPicture.objects.filter(picture__sizes__digest=digest)
    yield from RecallVersion.objects.filter(
        recall__in=recalls.values("version__recall"), published_at__isnull=False
    ).defer("source", "document")


def digests_of(shown: Iterable[ShownPicture]) -> frozenset[str]:
    """Those of every width."""
    return frozenset(size.digest for picture in shown for size in picture.sizes)


def _shows(version: RecallVersion, digest: str) -> bool:
    return digest in digests_of(pictures_of(version).values())


def pictures_that_differ(before: RecallVersion, after: RecallVersion) -> tuple[str, ...]:
    """The files for which two versions show another picture, or of which one shows none."""
    old, new = pictures_of(before), pictures_of(after)
    return tuple(
        file
        for file in dict.fromkeys((*old, *new))
        if file not in old or file not in new or old[file].digest != new[file].digest
    )


def content_of(digest: str) -> bytes | None:
    """The JPEG of this digest, whoever shows it: for what is made of a version at hand."""
    kept = PictureSize.objects.filter(digest=digest).values_list("content", flat=True).first()
    return None if kept is None else bytes(kept)
