"""Background work of claims. Each job may run twice without harm."""

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims import erasing
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.reads import is_settled
from recalldesk.foundation import clock
from recalldesk.mailing.actions import forget_recipient
from recalldesk.mailing.reads import filing_id_of

EVERY_QUARTER = "*/15 * * * *"
EVERY_HOUR = "7 * * * *"


@app.task(name="claims.evidence_settled", queue="claims")
@transaction.atomic
def evidence_settled(evidence_set_id: int) -> None:
    """A photo was looked through: the claim goes on once none of its photos waits."""
    found = Claim.objects.filter(evidence_id=evidence_set_id).values_list("filing_id", flat=True)
    filing_id = found.first()
    if filing_id is None:
        return
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("recall", "version")
        .get(pk=filing_id)
    )
    claim = filing.claims.select_related("evidence").get(evidence_id=evidence_set_id)
    claim.filing = filing
    if claim.state == ClaimState.CHECKING and is_settled(claim.evidence):
        move_claim(
            claim=claim, to=ClaimState.IN_REVIEW, actor=Actor.MACHINE, reason=Reason.PHOTOS_SETTLED
        )


@app.task(name="claims.mail_failed", queue="claims")
@transaction.atomic
def mail_failed(mailing_id: int) -> None:
    """Something written to an owner reached nobody: noted at the filing, for a person to see."""
    filing_id = filing_id_of(mailing_id)
    if filing_id is None:
        return
    filing = Filing.objects.select_for_update().filter(pk=filing_id).first()
    if filing is None or filing.unreached_since is not None:
        return
    filing.unreached_since = clock.now()
    filing.save(update_fields=["unreached_since"])
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=filing.state,
        reason=Reason.NOT_REACHED,
        actor=Actor.MACHINE,
        recall_id=filing.recall_id,
    )


@app.task(name="claims.forget_recipient", queue="claims")
def forget_last_recipient(filing_id: int) -> None:
    """Forgets the address to which the last letter of an erased filing went."""
    forget_recipient(filing_id=filing_id)


@app.periodic(cron=EVERY_QUARTER)
@app.task(name="claims.remind_drafts", queue="claims", queueing_lock="claims.remind_drafts")
def remind_drafts(timestamp: int) -> None:
    """Reminds the owners of drafts, once each."""
    erasing.remind_drafts()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="claims.erase_drafts", queue="claims", queueing_lock="claims.erase_drafts")
def erase_drafts(timestamp: int) -> None:
    """Erases drafts that nobody touched for 30 days, and passes that are over."""
    erasing.erase_drafts()
    erasing.forget_old_passes()
