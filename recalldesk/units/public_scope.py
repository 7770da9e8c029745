"""What of a scope anybody may see: only where the recall file says so, as for vehicles.

Guarantee: a recall that does not mark its scope as public shows nothing of it.
"""

from recalldesk.recalls.document.scope import Meaning
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import LiveRecall
from recalldesk.units.facts import recalled_lists
from recalldesk.units.models import SerialList
from recalldesk.units.reads import covered_ranges


def public_ranges(live: LiveRecall) -> list[tuple[str, str]]:
    """The ranges of recalled units, (start, end), in order; empty where they are not public."""
    document = live.document
    if not document.scope.public:
        return []
    written = [
        (entry.start, entry.end)
        for entry in document.scope.ranges
        if entry.meaning is Meaning.RECALLED
    ]
    version = RecallVersion.objects.get(pk=live.version_id)
    names = [entry.name for entry in recalled_lists(document)]
    for serial_list in SerialList.objects.filter(recall_id=live.recall_id, name__in=names):
        written += covered_ranges(version, serial_list)
    return sorted(set(written), key=lambda ends: (len(ends[0]), ends))
