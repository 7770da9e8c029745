"""The only door to recalls. Documents of published versions never change, so they are kept."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import Error as DatabaseFailure

from recalldesk.postgres.errors import PostgresError
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.states import VersionState

SLUG = re.compile(r"[a-z0-9-]{1,60}")
"""What a recall can be named; PostgreSQL refuses to be asked for some other texts."""

LONGEST_NUMBER = 6
"""Digits that the number of a version can have."""
DATABASE_AWAY = (DatabaseFailure, PostgresError)


@dataclass(frozen=True)
class LiveRecall:
    """A recall as the public sees it, open or closed."""

    recall_id: int
    slug: str
    version: int
    version_id: int
    published_at: datetime
    closed_at: datetime | None
    index_name: str
    document: Document


@lru_cache(maxsize=512)
def _kept_document(version_id: int, _approved_at: datetime) -> Document:
    row: Any = RecallVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return Document.from_stored(row)


def document_of(version: RecallVersion) -> Document:
    """The document of a version, kept in memory once it cannot change any more."""
    if version.approved_at is None:
        return Document.from_stored(version.document)
    return _kept_document(version.pk, version.approved_at)


def document_numbered(version_id: int, approved_at: datetime) -> Document:
    """The same of a version of which no more was read; it was approved then."""
    return _kept_document(version_id, approved_at)


def _live_rows() -> Any:
    return (
        RecallVersion.objects.filter(state=VersionState.LIVE)
        .select_related("recall")
        .defer("document", "source")
        .order_by("-published_at", "-pk")
    )


def _as_live(version: RecallVersion) -> LiveRecall:
    assert version.published_at is not None
    return LiveRecall(
        recall_id=version.recall_id,
        slug=version.recall.slug,
        version=version.number,
        version_id=version.pk,
        published_at=version.published_at,
        closed_at=version.recall.closed_at,
        index_name=version.index_name,
        document=document_of(version),
    )


class _LastKnown:
    """The published recalls as they were read last, for a moment without a database."""

    recalls: list[LiveRecall] | None = None


def live_recalls() -> list[LiveRecall]:
    """Every recall ever published, by its live version, the newest first; closed ones too."""
    _LastKnown.recalls = [_as_live(version) for version in _live_rows()]
    return _LastKnown.recalls


def known_recalls() -> list[LiveRecall]:
    """As `live_recalls`; while the database is away, as they were read last by this process.

    Whoever holds an affected unit is told so then too. Raises what the database raised where none
    were read.
    """
    try:
        return live_recalls()
    except DATABASE_AWAY:
        if _LastKnown.recalls is None:
            raise
        return _LastKnown.recalls


def known_recall(slug: str) -> LiveRecall | None:
    """As `live_recall`, with the same fallback as `known_recalls`."""
    try:
        return live_recall(slug)
    except DATABASE_AWAY:
        return next((live for live in known_recalls() if live.slug == slug), None)


def live_recall(slug: str) -> LiveRecall | None:
    """One published recall, or None."""
    if not SLUG.fullmatch(slug):
        return None
    version = _live_rows().filter(recall__slug=slug).first()
    return None if version is None else _as_live(version)


def recall_named(slug: str) -> Recall | None:
    """One recall, published or not, or None."""
    return Recall.objects.filter(slug=slug).first() if SLUG.fullmatch(slug) else None


def newest_version(recall: Recall) -> RecallVersion | None:
    """The version with the highest number, or None."""
    return recall.versions.order_by("-number").first()


def live_version(recall: Recall) -> RecallVersion | None:
    """The version by which owners are answered, or None."""
    return recall.versions.filter(state=VersionState.LIVE).first()


def draft_of(recall: Recall) -> RecallVersion | None:
    """The version that can still be changed, or None."""
    return recall.versions.filter(state=VersionState.DRAFT).first()


def published_before(version: RecallVersion) -> list[RecallVersion]:
    """The versions with lower numbers that were ever live, the newest first."""
    rows = RecallVersion.objects.filter(recall=version.recall, number__lt=version.number)
    return list(rows.filter(published_at__isnull=False).order_by("-number"))


def every_recall() -> list[Recall]:
    """Every recall, published or not, by name."""
    return list(Recall.objects.order_by("slug"))


def versions_of(recall: Recall) -> list[RecallVersion]:
    """All versions of a recall, the newest first."""
    return list(recall.versions.select_related("author", "approved_by").order_by("-number"))


def published_document(recall_id: int, number: str) -> Document | None:
    """What a version said that is or was live, by its number as it was typed; None otherwise."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    published = RecallVersion.objects.filter(published_at__isnull=False)
    version = published.filter(recall_id=recall_id, number=int(number)).first()
    return None if version is None else document_of(version)


def version_numbered(recall: Recall, number: int) -> RecallVersion | None:
    """One version, or None."""
    return recall.versions.filter(number=number).first()
