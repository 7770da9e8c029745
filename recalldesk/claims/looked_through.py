"""What becomes of a claim once all of its photos were looked through, and read.

Guarantees: a claim that proves all that is asked is approved, and its unit granted one remedy, in
one transaction; so long as the recall says that remedy waits before it may be ordered, and is not
promised before it; a photo that does not show what is needed means one more photo and then a
person, never a refusal; an owner is asked once; whatever else speaks against it, a person decides.
"""

from dataclasses import replace

from django.db import transaction

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import new_link
from recalldesk.claims.deciding.facts import Gathered, gather
from recalldesk.claims.deciding.looking_back import look_back_soon
from recalldesk.claims.deciding.ruling import keep_ruling, ruling_now, ruling_to_apply
from recalldesk.claims.desk_place import waits_for_second
from recalldesk.claims.letters import mail_photo_asked, mail_stage
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.remedying.disposal import held_for
from recalldesk.claims.remedying.ordering import order_what_waits
from recalldesk.claims.rules import Outcome, Ruling, rule_on
from recalldesk.claims.states import ClaimState, DecisionKind
from recalldesk.evidence.states import PhotoProblem
from recalldesk.foundation import clock
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.errors import RemedyGiven

LOGGED = {
    DecisionReason.LABEL_DIFFERS: Reason.LABEL_DIFFERS,
    DecisionReason.MARK_NOT_SEEN: Reason.MARK_NOT_SEEN,
}
"""Reasons that the log names; all stand in the decision."""


def go_on_from_photos(claim: Claim) -> None:
    """Moves a claim whose photos are settled: on, to its owner or to a person. Its filing is
    locked, and the claim was just sent or is being checked.
    """
    gathered = gather(claim)
    ruling = ruling_to_apply(gathered)
    if ruling.outcome is Outcome.APPROVE:
        try:
            _approve(gathered, ruling)
        except RemedyGiven:  # by whatever is no claim: the rule had seen it otherwise
            own = replace(gathered.own, has_remedy=True)
            _give_to_a_person(replace(gathered, own=own), None)
    elif ruling.outcome is Outcome.ASK_OWNER:
        _ask_owner(gathered, ruling)
    else:
        _give_to_a_person(gathered, None, ruling)


def give_to_a_person(claim: Claim, reason: Reason) -> None:
    """Moves a claim to a person for what the rule need not be asked about, with all that it says.
    Its filing is locked.
    """
    _give_to_a_person(gather(claim), reason)


def tell_anew(claim: Claim) -> None:
    """Says of a claim that waits for a person what its photos show by now; it goes nowhere."""
    claim.tags = sorted(ruling_now(claim).reasons)
    claim.save(update_fields=["tags"])


@transaction.atomic
def _approve(gathered: Gathered, ruling: Ruling) -> None:
    claim = gathered.claim
    orderable_at = clock.now() + gathered.terms.wait_before_order
    claim.remedy = grant_remedy(
        unit_digest=bytes(claim.unit_digest),
        recall=claim.filing.recall,
        key=claim.filing.remedy_key,
        orderable_at=orderable_at,
        held=held_for(claim),
    )
    keep_ruling(gathered, ruling, DecisionKind.APPROVE)
    _check(claim)
    move_claim(
        claim=claim,
        to=ClaimState.APPROVED,
        actor=Actor.MACHINE,
        reason=Reason.BY_RULE,
        tags=(),
        orderable_on=calendar_of(document_of(claim.filing.version)).day_of(orderable_at),
    )
    mail_stage(claim=claim, token=new_link(filing=claim.filing))
    if not gathered.terms.wait_before_order:
        order_what_waits()


def _ask_owner(gathered: Gathered, ruling: Ruling) -> None:
    claim = gathered.claim
    look_back_soon(keep_ruling(gathered, ruling, DecisionKind.ASK_OWNER))
    _check(claim)
    move_claim(
        claim=claim,
        to=ClaimState.NEEDS_OWNER,
        actor=Actor.MACHINE,
        reason=Reason.PHOTO_ASKED,
        tags=ruling.reasons,
    )
    mail_photo_asked(filing=claim.filing, token=new_link(filing=claim.filing))


def ask_for_what_was_lost(claim: Claim) -> bool:
    """Asks the owner of a claim that waits for a person for a photo that a disk lost, where no
    other shows the same; once for each loss. Its filing is locked."""
    lost = claim.evidence.photos.filter(problem=PhotoProblem.NOT_KEPT)
    newest = lost.order_by("-settled_at").first()
    if newest is None or claim.filing.is_dangerous or waits_for_second(claim):
        return False
    useless = gather(claim).own.photos.useless
    asked = StateChange.objects.filter(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        reason=Reason.PHOTO_ASKED,
        at__gte=newest.settled_at or clock.now(),
    )
    if not lost.filter(kind__in=useless).exists() or asked.exists():
        return False
    move_claim(
        claim=claim,
        to=ClaimState.NEEDS_OWNER,
        actor=Actor.MACHINE,
        reason=Reason.PHOTO_ASKED,
        tags=claim.tags,
    )
    mail_photo_asked(filing=claim.filing, token=new_link(filing=claim.filing), is_lost=True)
    return True


def _check(claim: Claim) -> None:
    """A claim that was just sent is checked first, if only for a moment."""
    if claim.state == ClaimState.SUBMITTED:
        move_claim(claim=claim, to=ClaimState.CHECKING, actor=Actor.MACHINE)


def _give_to_a_person(
    gathered: Gathered, reason: Reason | None, ruling: Ruling | None = None
) -> None:
    said = ruling or rule_on(gathered.with_neighbours(), gathered.terms)
    logged = (LOGGED[each] for each in said.reasons if each in LOGGED)
    look_back_soon(keep_ruling(gathered, said, DecisionKind.TO_A_PERSON))
    move_claim(
        claim=gathered.claim,
        to=ClaimState.IN_REVIEW,
        actor=Actor.MACHINE,
        reason=reason or next(logged, Reason.LEADS),
        tags=said.reasons,
    )
