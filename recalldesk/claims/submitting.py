"""The claim is sent.

Guarantees: sent twice, or by two tabs at once, it is one filing with one reference; of two claims
for one unit one holds it, and the other waits for a person without being lost; claims, agreements,
log and letter stand together or not at all.
"""

from django.db import IntegrityError, transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import new_link
from recalldesk.claims.drafting import set_serial
from recalldesk.claims.errors import NotComplete
from recalldesk.claims.letters import mail_claimed_before, mail_filed
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reads import facts_of
from recalldesk.claims.rules import missing_steps
from recalldesk.claims.statements import keep_agreements
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.claims.units_named import can_be_held
from recalldesk.evidence.reads import is_settled
from recalldesk.foundation import clock
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.sealing.fields_of_rows import opened


@transaction.atomic
def submit_filing(*, filing_id: int) -> Filing:
    """Sends a draft; one that was sent already is returned as it is. Raises NotComplete."""
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("recall", "version")
        .get(pk=filing_id)
    )
    if filing.state != FilingState.DRAFT:
        return filing
    # What the owner was shown is what counts, so that a new version mid-way asks nothing anew.
    missing = missing_steps(document_of(filing.version), facts_of(filing))
    if missing:
        raise NotComplete(missing)
    file_now(filing)
    return filing


def file_now(filing: Filing) -> None:
    """Files a locked draft, whatever it lacks."""
    keep_agreements(filing=filing, document=document_of(filing.version))
    filing.version = live_version(filing.recall) or filing.version
    filing.state, filing.filed_at = FilingState.FILED, clock.now()
    filing.save()
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.DRAFT,
        to_state=FilingState.FILED,
        actor=Actor.OWNER,
        recall_id=filing.recall_id,
    )
    # In the order of the units, so that two filings of the same units wait for each other in turn.
    claims = sorted(filing.claims.all(), key=lambda claim: (bytes(claim.unit_digest), claim.pk))
    for claim in claims:
        _submit(claim, filing)
    dates = [claim.promised_on for claim in claims if claim.promised_on]
    if any(claim.state == ClaimState.DUPLICATE for claim in claims):
        mail_claimed_before(filing=filing, token=new_link(filing=filing))
    if any(claim.state != ClaimState.DUPLICATE for claim in claims):
        mail_filed(filing=filing, token=new_link(filing=filing), by=max(dates, default=None))


def _submit(claim: Claim, filing: Filing) -> None:
    claim.filing = filing
    _read_anew(claim, filing)
    move_claim(claim=claim, to=ClaimState.SUBMITTED, actor=Actor.OWNER)
    if can_be_held(claim.found) and claim.unit_digest and not _take_unit(claim):
        if _is_same_owner(claim, filing):
            move_claim(
                claim=claim,
                to=ClaimState.DUPLICATE,
                actor=Actor.MACHINE,
                reason=Reason.CLAIMED_BEFORE,
            )
        else:
            move_claim(
                claim=claim, to=ClaimState.IN_REVIEW, actor=Actor.MACHINE, reason=Reason.CONTESTED
            )
        return
    if filing.is_dangerous:
        move_claim(claim=claim, to=ClaimState.IN_REVIEW, actor=Actor.MACHINE, reason=Reason.DANGER)
    elif not is_settled(claim.evidence):
        move_claim(claim=claim, to=ClaimState.CHECKING, actor=Actor.MACHINE)
    else:
        move_claim(
            claim=claim, to=ClaimState.IN_REVIEW, actor=Actor.MACHINE, reason=Reason.PHOTOS_SETTLED
        )


def _read_anew(claim: Claim, filing: Filing) -> None:
    """The verdict may be another by now, or could not be given when the serial was typed."""
    serial = opened(claim, "sealed_serial")
    if serial:
        set_serial(claim, document_of(filing.version), serial=serial, product=claim.product)
        claim.save()


def _take_unit(claim: Claim) -> bool:
    """Whether the claim now holds its unit; False where another does."""
    try:
        with transaction.atomic():
            claim.holds_unit = True
            claim.save(update_fields=["holds_unit"])
    except IntegrityError:
        claim.holds_unit = False
        return False
    return True


def _is_same_owner(claim: Claim, filing: Filing) -> bool:
    """Whether whoever holds the unit gave the same e-mail address or phone number."""
    holder = (
        Claim.objects.filter(unit_digest=claim.unit_digest, holds_unit=True)
        .select_related("filing")
        .first()
    )
    if holder is None:
        return False
    same_email = filing.email_digest and holder.filing.email_digest == filing.email_digest
    same_phone = filing.phone_digest and holder.filing.phone_digest == filing.phone_digest
    return bool(same_email or same_phone)
