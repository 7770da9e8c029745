"""Which files were matched with another version than the one that is live.

Guarantee: one that was matched before its version went live counts as well: till then a version is
a draft, which may have changed since, and no serial of it is known.
"""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.purchasers.deferring import match_files_soon
from recalldesk.purchasers.models import OrderFile
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import live_version

IMPORTED = "imported"


def match_what_is_behind() -> int:
    """Has the kept files matched anew of each recall of which some are behind; of how many."""
    kept = OrderFile.objects.filter(taken_back_at=None).exclude(storage_key="")
    count = 0
    for recall in Recall.objects.filter(pk__in=kept.values("recall_id")).order_by("pk"):
        live = live_version(recall)
        if live and behind_of(live).exclude(storage_key="").exists():
            match_files_soon(recall.pk)
            count += 1
    return count


def behind_of(live: RecallVersion) -> QuerySet[OrderFile]:
    """The files of a recall that were not matched since this version of it went live, or with
    another one."""
    matched = StateChange.objects.filter(
        subject=Subject.ORDER_FILE, subject_id=OuterRef("pk"), to_state=IMPORTED
    )
    files = OrderFile.objects.filter(recall=live.recall_id, taken_back_at=None)
    told = files.annotate(matched_at=Subquery(matched.order_by("-at").values("at")[:1]))
    return told.filter(~Q(version=live) | Q(matched_at__lt=live.published_at))
