"""Builds a version's index from the database, under a name that its content decides."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections

from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.units.index.build import Source, build_index
from recalldesk.units.index.manifest import FORMAT
from recalldesk.units.models import SerialList
from recalldesk.units.reads import covered_ranges, covered_serials


def index_name(version: RecallVersion) -> str:
    """The folder of a version's index. An approved version has one content, hence one name."""
    return f"{version.recall.slug}-v{version.number}-{version.pk}-f{FORMAT}"


def build(version: RecallVersion) -> Path:
    """Builds the index of an approved version, or finds it finished."""
    lists = {entry.name: entry for entry in SerialList.objects.filter(recall=version.recall)}

    def serials(name: str) -> Iterator[str]:
        return covered_serials(version, lists[name]) if name in lists else iter(())

    def ranges(name: str) -> Iterator[tuple[str, str]]:
        return iter(covered_ranges(version, lists[name])) if name in lists else iter(())

    return build_index(
        Path(settings.INDEX_FOLDER),
        name=index_name(version),
        document=document_of(version),
        version=version.number,
        source=Source(serials=serials, ranges=ranges),
    )


def build_for_version(version_id: int) -> None:
    """As `build`, in a thread of its own with its own database connection."""
    try:
        build(RecallVersion.objects.select_related("recall").get(pk=version_id))
    finally:
        connections.close_all()
