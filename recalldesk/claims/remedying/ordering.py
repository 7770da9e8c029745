"""Remedies of approved claims are ordered once their time has come.

Guarantees: claim and order move in one transaction, so that an owner who changes the address or
withdraws does so before the order or not at all; a claim that cannot be ordered now is left as it
is, and keeps no other waiting; where the day's budget is used up, the recall's others wait too.
"""

from contextlib import suppress

import structlog
from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.audit.states import Actor
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.remedies_offered import remedy_named
from recalldesk.claims.remedying.recipients import recipient_of
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.recalls.wording import fill
from recalldesk.remedies.actions import FIRST_GRANT
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.remedies.corrections.reporting import tell_claims
from recalldesk.remedies.errors import NotOrderable, OverBudget
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.ordering import begin_order, place_soon
from recalldesk.remedies.placing import budgets, holds
from recalldesk.remedies.reads import remedies_to_order

ORDER, QUEUE = "claims.order_due", "claims"
MOST = 1_000
PAGE = 200

log = structlog.get_logger()


def order_due(*, most: int = MOST) -> int:
    """Orders the remedies whose time has come, at most so many; how many were begun."""
    if holds.is_held():
        return 0
    over, begun, now = set[int](), 0, clock.now()
    due = remedies_to_order(now=now)
    page = list(due[:PAGE])
    while page and begun < most:
        for remedy in page:
            if remedy.recall_id not in over and begun < most:
                begun += _order_or_leave(remedy, over)
        last = page[-1]
        further = Q(orderable_at__gt=last.orderable_at) | Q(
            orderable_at=last.orderable_at, pk__gt=last.pk
        )
        page = list(due.filter(further).exclude(recall_id__in=over)[:PAGE])
    if begun:
        place_soon()
    return begun


def _order_or_leave(remedy: Remedy, over: set[int]) -> bool:
    try:
        return order_remedy(remedy)
    except OverBudget:
        over.add(remedy.recall_id)
        _note_held(remedy)
    except Exception as error:
        log.error("remedy_left_for_next_time", remedy=str(remedy.pk), error=type(error).__name__)
    return False


@transaction.atomic
def order_remedy(remedy: Remedy) -> bool:
    """Begins the order of one remedy; False where its claim is not approved (any more).

    Raises OverBudget.
    """
    claim = Claim.objects.filter(remedy=remedy).select_related("evidence").first()
    filing = locked_filing(claim.filing_id) if claim else None
    if claim is None or filing is None or filing.state != FilingState.FILED:
        return False
    claim.refresh_from_db()
    claim.filing = filing
    if claim.state != ClaimState.APPROVED or claim.remedy_id != remedy.pk:
        return False
    reports = reports_of_unit(bytes(claim.unit_digest))
    if reports and remedy.entitlement.grant == FIRST_GRANT:
        tell_claims(report_id=reports[0])  # gives the claim to a person, where no job did
        return False
    try:
        begin_order(
            remedy_id=remedy.pk,
            offered=offered_to(filing, remedy.key),
            budget=document_of(_live(filing)).budget,
            recipient=recipient_of(filing),
        )
        move_claim(claim=claim, to=ClaimState.REMEDY_ORDERED, actor=Actor.MACHINE)
    except NotOrderable as error:
        log.error("remedy_left_for_next_time", remedy=str(remedy.pk), error=error.message)
        return False
    return True


def offered_to(filing: Filing, key: str) -> Offered:
    """The remedy as it was offered when the owner filed, with the numbers of then in its title,
    handed out as the recall says by now; with the value of now where none was said then, since
    without one it can never be ordered.

    Raises NotOrderable where the recall offered none of that key.
    """
    document = document_of(filing.version)
    offered = remedy_named(document, filing.country, key)
    if offered is None:
        raise NotOrderable("The recall does not offer this remedy.", "Switch to another one.")
    now = remedy_named(document_of(_live(filing)), filing.country, key)
    title = {code: fill(text, document, code) for code, text in offered.title.items()}
    by_now = {"ordering": now.ordering, "value": offered.value or now.value} if now else {}
    return offered.model_copy(update={"title": title, **by_now})


def _live(filing: Filing) -> RecallVersion:
    return live_version(filing.recall) or filing.version


def _note_held(remedy: Remedy) -> None:
    claim = Claim.objects.select_related("filing__recall", "filing__version").get(remedy=remedy)
    value = offered_to(claim.filing, remedy.key).value
    currency = value.currency if value else ""
    budgets.note_held(remedy.recall, currency, clock.now().date())


def order_what_waits() -> None:
    """Has a worker order what is due; one that waits already is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(ORDER, queue=QUEUE, queueing_lock=ORDER).defer(timestamp=0)
