"""Claims of somebody whom an order file names are tied to them, as they are filed or change.

Guarantees: a filing is held against the purchasers once for each set of its keys, by their keyed
digests; where it is in doubt whose it is, somebody is asked; one that was erased is tied to nobody
any more, and nobody is asked about it, within minutes.
"""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.matching.people import keys_of
from recalldesk.purchasers.digests import digest_of_keys, person_key_digest
from recalldesk.purchasers.models import FilingLook, Join, Purchaser, PurchaserKey
from recalldesk.purchasers.people.keeping import cluster_persons_anew
from recalldesk.purchasers.people.records import record_of_filing
from recalldesk.purchasers.people.untying import let_go_of_erased
from recalldesk.recalls.models import Recall
from recalldesk.sealing.keys import SealingError

NEWS_FROM = timedelta(hours=2)
MOST_PERSONS = 500
"""Whom a filing may be: a key that so many share is of nobody. The run over all of them looks."""

log = structlog.get_logger()


def tie_filings(*, every: bool = False) -> int:
    """Holds the filings of which the log tells news against the purchasers; how many were looked
    at. `every`: all of them, whatever the log tells."""
    recalls = Purchaser.objects.order_by().values("recall_id").distinct()
    filings = Filing.objects.filter(state=FilingState.FILED, recall__in=recalls)
    if not every:
        filings = filings.filter(pk__in=_with_news())
    count = 0
    for number in filings.order_by("pk").values_list("pk", flat=True).iterator():
        try:
            count += tie_filing(number)
        except SealingError as error:
            log.error("filing_not_tied", filing=number, error=type(error).__name__)
    let_go_of_erased()
    return count


@transaction.atomic
def tie_filing(filing_id: int) -> bool:
    """Holds one filing against the purchasers, if its keys are others than the last time. Raises
    SealingError."""
    filing = Filing.objects.filter(pk=filing_id, state=FilingState.FILED).first()
    if filing is None:
        return False
    record = record_of_filing(filing)
    digests = [person_key_digest(int(kind), form) for kind, form in keys_of(record)]
    look = digest_of_keys([*digests, filing.recall_id.to_bytes(8)])
    if FilingLook.objects.filter(filing=filing, keys_digest=look).exists():
        return False
    Recall.objects.select_for_update(no_key=True).get(pk=filing.recall_id)
    keys = PurchaserKey.objects.filter(recall_id=filing.recall_id, digest__in=digests)
    named = Q(pk__in=keys.values("purchaser_id")) | Q(
        pk__in=Join.objects.filter(filing=filing).values("first_id")
    )
    persons = Purchaser.objects.filter(named, recall_id=filing.recall_id).values_list(
        "person_id", flat=True
    )
    found = list(persons.order_by().distinct()[: MOST_PERSONS + 1])
    if found and len(found) <= MOST_PERSONS:
        cluster_persons_anew(filing.recall_id, found, filing)
    FilingLook.objects.update_or_create(
        filing=filing, defaults={"keys_digest": look, "at": clock.now()}
    )
    return True


def _with_news() -> QuerySet[StateChange, int]:
    rows = StateChange.objects.filter(subject=Subject.FILING, at__gte=clock.now() - NEWS_FROM)
    return rows.order_by().values_list("subject_id", flat=True).distinct()
