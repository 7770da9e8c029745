"""The claim is sent.

Guarantees: sent twice, or by two tabs at once, it is one filing with one reference; of two claims
for one unit one holds it, and the other waits for a person without being lost; claims, agreements,
log and letter stand together or not at all.
"""

import json

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import new_link, shorten_passes
from recalldesk.claims.completeness import MOST_WITH_PHOTOS, Step, missing_steps
from recalldesk.claims.drafting import set_serial
from recalldesk.claims.errors import NotComplete
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.holding import hold_unit
from recalldesk.claims.letters import mail_claimed_before, mail_filed
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.looked_through import give_to_a_person, go_on_from_photos
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.moving import move_alike, move_claim
from recalldesk.claims.payees import PayeeKind
from recalldesk.claims.reads import facts_of
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.claims.statements import keep_agreements
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.evidence.reads import is_settled
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import document_of
from recalldesk.sealing.fields_of_rows import opened

GO_ON_WITH_LIST = "claims.go_on_with_list"
"""The job that asks the rule about the claims of a list."""


@transaction.atomic
def submit_filing(*, filing_id: int, language: str = "", network: str = "") -> Filing:
    """Sends a draft; one that was sent already is returned as it is. Raises NotComplete.

    `language` is that of the page on which the owner agreed; letters are in it from then on.
    `network` is that from which it comes (checks/network.py); empty where the desk enters it.
    """
    filing = locked_filing(filing_id)
    if filing is None:
        raise NotComplete((Step.UNIT,))
    if filing.state != FilingState.DRAFT:
        return filing
    # What the owner was shown is what counts: a new version mid-way asks nothing anew, and the
    # filing stays under the version by which it was made.
    document = document_of(filing.version)
    facts = facts_of(filing)
    missing = missing_steps(document, facts)
    if missing:
        raise NotComplete(missing)
    if language in document.languages:
        filing.language = language
    keep_agreements(filing=filing, document=document, is_gone=facts.is_gone)
    file_now(filing, network=network)
    return filing


def file_now(filing: Filing, *, network: str = "") -> None:
    """Files a locked draft, whatever it lacks."""
    _drop_what_is_not_needed(filing, document_of(filing.version))
    filing.state, filing.filed_at = FilingState.FILED, clock.now()
    filing.save()
    keep_keys(filing, network=network)
    shorten_passes(filing=filing)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.DRAFT,
        to_state=FilingState.FILED,
        actor=Actor.OWNER,
        recall_id=filing.recall_id,
    )
    claims = list(filing.claims.select_related("evidence"))
    _submit_all(filing, claims, is_alone=len(claims) == 1)
    dates = [claim.promised_on for claim in claims if claim.promised_on]
    if any(claim.state == ClaimState.DUPLICATE for claim in claims):
        mail_claimed_before(filing=filing, token=new_link(filing=filing))
    if any(claim.state != ClaimState.DUPLICATE for claim in claims):
        mail_filed(filing=filing, token=new_link(filing=filing), by=max(dates, default=None))
    _go_on(filing, claims)


def file_more(filing: Filing, claims: list[Claim]) -> None:
    """Sends claims that came to a locked filing after it was sent: as one of several each, whatever
    there is; no letter confirms them, since their owner looks at the page."""
    _submit_all(filing, claims, is_alone=False)
    _go_on(filing, claims)


def _submit_all(filing: Filing, claims: list[Claim], *, is_alone: bool) -> None:
    for claim in claims:
        claim.filing = filing
        _read_anew(claim, filing)
    # In the order of the units, so that two filings of the same units wait for each other in turn.
    claims.sort(key=lambda claim: (bytes(claim.unit_digest), claim.pk))
    if _is_for_a_job(filing, claims):
        move_alike(claims=claims, to=ClaimState.SUBMITTED, actor=Actor.OWNER)
        for claim in claims:
            hold_unit(claim)  # one that somebody else holds meets a person, by the rule
        return
    for claim in claims:
        _submit(claim, filing, is_alone=is_alone)


def _go_on(filing: Filing, claims: list[Claim]) -> None:
    """The rule is asked of each. Of many a job asks it, so that nobody waits before a page."""
    sent = [claim for claim in claims if claim.state == ClaimState.SUBMITTED]
    if _is_for_a_job(filing, claims):
        move_alike(claims=sent, to=ClaimState.CHECKING, actor=Actor.MACHINE)
        app.configure_task(GO_ON_WITH_LIST, queue="claims").defer(filing_id=filing.pk)
        return
    for claim in sent:
        go_on_from_photos(claim)


def _is_for_a_job(filing: Filing, claims: list[Claim]) -> bool:
    return filing.is_list and not filing.is_dangerous and len(claims) > MOST_WITH_PHOTOS


def _submit(claim: Claim, filing: Filing, *, is_alone: bool) -> None:
    move_claim(claim=claim, to=ClaimState.SUBMITTED, actor=Actor.OWNER)
    holder = hold_unit(claim)
    is_again = holder is not None and _is_same_owner(holder.filing, filing)
    # A dangerous unit meets a person, also where it was claimed before. So do several units: which
    # of a list had been claimed, and so are recalled, would else be told at the price of one check.
    if is_again and not filing.is_dangerous and is_alone:
        reason = Reason.CLAIMED_BEFORE
        move_claim(claim=claim, to=ClaimState.DUPLICATE, actor=Actor.MACHINE, reason=reason)
    elif filing.is_dangerous:
        give_to_a_person(claim, Reason.DANGER)
    elif holder:
        give_to_a_person(claim, Reason.CLAIMED_BEFORE if is_again else Reason.CONTESTED)
    elif not is_settled(claim.evidence):
        move_claim(claim=claim, to=ClaimState.CHECKING, actor=Actor.MACHINE)
    # Else the rule is asked after the letter that confirms the claim: it may write one itself.


def _read_anew(claim: Claim, filing: Filing) -> None:
    """The verdict may be another by now, or could not be given when the serial was typed."""
    serial = opened(claim, "sealed_serial")
    if not serial:
        return
    before = (bytes(claim.unit_digest), claim.found, claim.product)
    set_serial(claim, document_of(filing.version), serial=serial, product=claim.product)
    if (bytes(claim.unit_digest), claim.found, claim.product) != before:
        claim.save()


def _is_same_owner(one: Filing, other: Filing) -> bool:
    """Whether both gave the same e-mail address or phone number."""
    same_email = one.email_digest and one.email_digest == other.email_digest
    same_phone = one.phone_digest and one.phone_digest == other.phone_digest
    return bool(same_email or same_phone)


def _drop_what_is_not_needed(filing: Filing, document: Document) -> None:
    """An owner may have given an account, and chosen a gift card in the end."""
    needs = needs_of(remedy_named(document, filing.country, filing.remedy_key))
    if Need.PAYEE not in needs:
        filing.sealed_payee = b""
    payee = opened(filing, "sealed_payee")
    is_check = bool(payee) and json.loads(payee)["kind"] == PayeeKind.CHECK
    is_reached_by_post = not filing.sealed_email and not filing.sealed_phone
    if Need.ADDRESS not in needs and not is_check and not is_reached_by_post:
        filing.sealed_address = b""
