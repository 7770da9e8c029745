"""The list of the desk in which a claim stands, from its rows.

Guarantee: it is computed the same way after every act, so that nothing that waits for a person is
left out: what an owner sent stays in sight until somebody decides, what an owner wrote until
somebody answers or says that it needs no answer, what a later claim led to until somebody says what
they found.
"""

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk_lists import BEFORE_A_PERSON, desk_list
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState, DecisionState, DeskList, LeadState


def place_of(claim: Claim, *, answers_now: bool = False) -> DeskList:
    """The list of a claim whose state was just set. `answers_now`: by this move its owner sends
    what was asked for.
    """
    state = ClaimState(claim.state)
    is_before = state in BEFORE_A_PERSON
    return desk_list(
        state=state,
        is_dangerous=claim.filing.is_dangerous,
        waits_for_second=state is ClaimState.IN_REVIEW and waits_for_second(claim),
        is_appealed=claim.is_appealed,
        is_unanswered=answers_now
        or _is_written_at(claim)
        or (is_before and _sent_what_was_asked(claim)),
        is_led_to=not is_before and claim.late_leads.filter(state=LeadState.OPEN).exists(),
    )


def waits_for_second(claim: Claim) -> bool:
    """Whether a decision about the claim waits for another person."""
    return claim.decisions.filter(state=DecisionState.PROPOSED).exists()


def place_anew(filing: Filing) -> None:
    """Puts the claims of a locked filing into their lists, after a message or a decision."""
    for claim in filing.claims.exclude(state=ClaimState.DRAFT).order_by("position"):
        claim.filing = filing
        place = place_of(claim)
        if claim.desk != place:
            claim.desk = place
            claim.save(update_fields=["desk"])


def _is_written_at(claim: Claim) -> bool:
    """Whether the claim stands for what its owner wrote: the first unit's does for the filing."""
    if claim.filing.owner_wrote_at is None:
        return False
    return not claim.filing.claims.filter(position__lt=claim.position).exists()


def _sent_what_was_asked(claim: Claim) -> bool:
    """Whether the owner sent what was asked for, and nobody has decided since. A decision that was
    undone is none."""
    rows = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim.pk).order_by("-pk")
    is_undone = False
    for before, after, reason in rows.values_list("from_state", "to_state", "reason"):
        if before == after:
            continue
        if is_undone:
            is_undone = False
        elif reason == Reason.UNDONE:
            is_undone = True
        elif reason == Reason.OWNER_ANSWERED:
            return True
        elif after not in BEFORE_A_PERSON:
            return False
    return False
