"""Which recalls have files that were matched with a version that is live no more."""

from recalldesk.purchasers.deferring import match_files_soon
from recalldesk.purchasers.models import OrderFile
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_version


def match_what_is_behind() -> int:
    """Has the kept files matched anew of each recall whose live version is another than theirs; of
    how many recalls."""
    kept = OrderFile.objects.filter(taken_back_at=None).exclude(storage_key="")
    count = 0
    for recall in Recall.objects.filter(pk__in=kept.values("recall_id")).order_by("pk"):
        live = live_version(recall)
        if live and kept.filter(recall=recall).exclude(version=live).exists():
            match_files_soon(recall.pk)
            count += 1
    return count
