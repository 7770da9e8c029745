"""Builds a version's index from the database, under a name that its content decides.

Guarantee: an index found finished is that of this very version, also where the same folder served
another database before, or an older backup of this one.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connections

from recalldesk.recalls.document import Document
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.index.build import Source, build_index
from recalldesk.units.index.manifest import FORMAT
from recalldesk.units.index.version_index import open_version
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


def build(version: RecallVersion, *, again: bool = False) -> Path:
    """Builds the index of an approved version, or finds it finished.

    A live one keeps the name that its commit gave it. `again` does not believe what lies there.
    """
    name = version.index_name or index_name(version)
    if again:
        _put_aside(Path(settings.INDEX_FOLDER) / name)
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
        build(RecallVersion.objects.select_related("recall").get(pk=version_id), again=True)
    except Exception as error:  # whatever it is, the next check tries again
        log.exception("index_not_built", version_id=version_id, error=type(error).__name__)
    finally:
        connections.close_all()


def _put_aside(folder: Path) -> None:
    """Removes an index that cannot be opened; one that another process just mended stays."""
    try:
        open_version(folder)
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
