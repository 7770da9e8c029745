"""What somebody saw of a version, as one text, so that they approve just that.

Guarantee: another document, another file, another import or reading of a list, or another picture
has another stamp.
"""

import hashlib
import json

from recalldesk.pictures.reads import picture_digests
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.models import SerialImport, SerialList


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
