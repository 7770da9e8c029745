"""Builds a version's index from the database, under a name that its content decides.

Guarantee: an index found finished is that of this very version, also where the same folder served
another database before, or an older backup of this one.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connections

from recalldesk.recalls.document import Document
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.index.build import Source, build_index
from recalldesk.units.index.manifest import FORMAT
from recalldesk.units.models import SerialImport, SerialList
from recalldesk.units.reads import covered_ranges, covered_serials

log = structlog.get_logger()


def index_name(version: RecallVersion) -> str:
    """The folder of a version's index. An approved version has one content, hence one name."""
    imports = SerialImport.objects.filter(
        serial_list__recall=version.recall_id, version__number__lte=version.number
    )
    made_of = [
        version.document,
        [str(version.created_at), str(version.approved_at)],
        [[i.pk, i.file_sha256, i.accepted, i.removed, str(i.at)] for i in imports.order_by("pk")],
    ]
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:16]
    return f"{version.recall.slug}-v{version.number}-{digest}-f{FORMAT}"


def needed_names() -> frozenset[str]:
    """The indexes of all live versions, and of approved ones: one may be about to go live."""
    versions = RecallVersion.objects.select_related("recall")
    live = versions.filter(state=VersionState.LIVE).values_list("index_name", flat=True)
    approved = versions.filter(state=VersionState.APPROVED)
    return frozenset((*live, *(index_name(version) for version in approved)))


def build(version: RecallVersion) -> Path:
    """Builds the index of an approved version, or finds it whole; waits while others build.

    A live one keeps the name that its commit gave it, also where a later program has built it anew.
    """
    name = version.index_name or index_name(version)
    lists = {entry.name: entry for entry in SerialList.objects.filter(recall=version.recall)}

    def serials(name: str) -> Iterator[str]:
        return covered_serials(version, lists[name]) if name in lists else iter(())

    def ranges(name: str) -> Iterator[tuple[str, str]]:
        return iter(covered_ranges(version, lists[name])) if name in lists else iter(())

    return build_index(
        Path(settings.INDEX_FOLDER),
        name=name,
        document=Document.from_stored(version.document),
        version=version.number,
        source=Source(serials=serials, ranges=ranges),
    )


def build_for_version(version_id: int) -> None:
    """As `build`, in a thread of its own with its own database connection; it logs what fails."""
    try:
        build(RecallVersion.objects.select_related("recall").get(pk=version_id))
    except Exception as error:  # whatever it is, the next check tries again
        log.exception("index_not_built", version_id=version_id, error=type(error).__name__)
    finally:
        connections.close_all()
