"""The only door to versions that were published: the live one and those before it.

Guarantee: a version that never went live is not to be found here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from recalldesk.pictures.reads import Pictures, pictures_known, pictures_of
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import SLUG, LiveRecall, document_of
from recalldesk.recalls.states import VersionState


@dataclass(frozen=True)
class Published:
    """A version that is or was live. `replaced_at` is None for the live one.

    `is_preview`: it was not published; `previews.py` alone makes these. `pictures`: those of its
    products, by the file that it names.
    """

    recall_id: int
    version_id: int
    slug: str
    number: int
    published_at: datetime
    closed_at: datetime | None
    replaced_at: datetime | None
    document: Document
    is_preview: bool = False
    pictures: Pictures = field(default_factory=dict, hash=False)

    @property
    def is_live(self) -> bool:
        """Whether it is what owners are answered by."""
        return self.replaced_at is None and not self.is_preview


def published_of(live: LiveRecall) -> Published:
    """The live version."""
    return Published(
        recall_id=live.recall_id,
        version_id=live.version_id,
        slug=live.slug,
        number=live.version,
        published_at=live.published_at,
        closed_at=live.closed_at,
        replaced_at=None,
        document=live.document,
        pictures=pictures_known(live),
    )


def _rows() -> Any:
    return (
        RecallVersion.objects.filter(published_at__isnull=False)
        .select_related("recall")
        .defer("document", "source")
        .order_by("recall_id", "number")
    )


def _in_turn(rows: Iterable[RecallVersion]) -> list[Published]:
    """The versions of one recall, by number; each is replaced by the next."""
    versions = list(rows)
    followers = [*(version.published_at for version in versions[1:]), None][: len(versions)]
    return [
        Published(
            recall_id=version.recall_id,
            version_id=version.pk,
            slug=version.recall.slug,
            number=version.number,
            published_at=version.published_at,
            closed_at=version.recall.closed_at,
            replaced_at=None if version.state == VersionState.LIVE else follower,
            document=document_of(version),
            pictures=pictures_of(version),
        )
        for version, follower in zip(versions, followers, strict=True)
        if version.published_at is not None
    ]


def versions_published(slug: str) -> list[Published]:
    """Every version of a recall that was published, the oldest first; empty for an unknown one."""
    return _in_turn(_rows().filter(recall__slug=slug)) if SLUG.fullmatch(slug) else []


def every_version_published() -> list[Published]:
    """The same of all recalls, the newest publication first."""
    of_recall: dict[int, list[RecallVersion]] = {}
    for version in _rows():
        of_recall.setdefault(version.recall_id, []).append(version)
    found = [each for rows in of_recall.values() for each in _in_turn(rows)]
    return sorted(found, key=lambda each: (each.published_at, each.slug), reverse=True)
