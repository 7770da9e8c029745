"""What somebody saw of a version, as one text, so that they approve just that.

Guarantee: another document, another file, another import or reading of a list, or another picture
has another stamp.
"""

import hashlib
import json

from recalldesk.pictures.reads import picture_digests
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.models import SerialImport, SerialList

SHORT = 12
"""Digits of a stamp that people read and type."""


def stamp_of(version: RecallVersion) -> str:
    """64 hexadecimal digits."""
    imports = SerialImport.objects.filter(
        serial_list__recall=version.recall_id, version__number__lte=version.number
    )
    lists = SerialList.objects.filter(recall=version.recall_id).order_by("pk")
    made_of = [
        version.pk,
        version.source,
        version.document,
        [
            [each.pk, each.file_sha256, each.accepted, each.removed, each.rejected]
            for each in imports.order_by("pk")
        ],
        [list(row) for row in lists.values_list("pk", "name", "read_as")],
        picture_digests(version),
    ]
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def is_stamp_of(version: RecallVersion, seen: str) -> bool:
    """Whether these are the digits of its stamp, at least the first of them that are shown."""
    return len(seen) >= SHORT and stamp_of(version).startswith(seen.lower())
