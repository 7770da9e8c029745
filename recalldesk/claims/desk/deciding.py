"""What a reviewer decides about a claim.

Guarantees: nobody decides about what they did not see: each verb takes the stamp of the claim as it
was shown (`stamps.stamp_of`), and is refused where something happened since; the same form sent
twice is one decision. Each may be undone for ten minutes, and only then is the owner told.
"""

from collections.abc import Collection

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import SECOND_GRANT, take_remedy_back
from recalldesk.claims.desk.duplicates import lock_both, refuse_unless_claimed_before
from recalldesk.claims.desk.errors import NotDecidable, NotDeclinable, stands_otherwise
from recalldesk.claims.desk.recall_asks import decline_reason
from recalldesk.claims.desk.stamps import refuse_if_stale
from recalldesk.claims.desk.writing import Asked, decide, locked_claim
from recalldesk.claims.holding import hold_unit
from recalldesk.claims.messages import refuse_unfit_words
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.moving import move_claim
from recalldesk.claims.remedying.mended import has_bounced
from recalldesk.claims.states import ClaimState, DecisionKind
from recalldesk.claims.untold import untold_of
from recalldesk.recalls.reads import document_of

GIVEN_BACK_BY_REVIEWER = frozenset({ClaimState.CHECKING, ClaimState.NEEDS_OWNER})
GIVEN_BACK_BY_SENIOR = frozenset({ClaimState.APPROVED, ClaimState.DECLINED, ClaimState.DUPLICATE})
"""Their owners were told something else: the mistake is mended by somebody of more experience."""


@transaction.atomic
def approve_claim(
    *,
    claim_id: int,
    by: Staff,
    seen: int,
    known: Collection[str] = (),
    note: str = "",
    second_remedy: bool = False,
    second_reader: bool = False,
) -> Decision:
    """Approves a claim, and grants its remedy; or proposes that to a second person.

    `known`: the names of what they were shown as newer than the ruling (`leading.Newer`);
    `second_remedy`: the unit has one already; `second_reader`: whoever approves asks for another
    person, with a note. Raises NewLeads and what `writing.decide` does.
    """
    grant = SECOND_GRANT if second_remedy else 1
    return decide(
        Asked(
            claim_id,
            DecisionKind.APPROVE,
            by,
            seen,
            known=frozenset(known),
            second_reader=second_reader,
            grounds={"grant": grant},
            note=note,
        )
    )


@transaction.atomic
def decline_claim(
    *, claim_id: int, by: Staff, seen: int, reason: str, words: str = "", note: str = ""
) -> Decision:
    """Declines a claim for a reason of the recall's list, with words for its owner if any.

    Raises NotDeclinable, FieldsRefused and what `writing.decide` does.
    """
    require(by, Permission.DECIDE_CLAIM)
    filing = locked_claim(claim_id).filing
    if decline_reason(document_of(filing.version), reason, filing.language) is None:
        raise NotDeclinable("This is no reason of the recall.", "Choose one of its list.")
    if words.strip():
        refuse_unfit_words(words)
    return decide(
        Asked(claim_id, DecisionKind.DECLINE, by, seen, reasons=(reason,), note=note, words=words)
    )


@transaction.atomic
def ask_owner(
    *, claim_id: int, by: Staff, seen: int, words: str, about: str = "", note: str = ""
) -> Decision:
    """Asks the owner for something; `about` is the key of a template, where it was one.

    Raises FieldsRefused and what `writing.decide` does.
    """
    refuse_unfit_words(words)
    reasons = (about,) if about else ()
    return decide(
        Asked(claim_id, DecisionKind.ASK_OWNER, by, seen, reasons=reasons, note=note, words=words)
    )


@transaction.atomic
def mark_duplicate(
    *, claim_id: int, of_claim_id: int, by: Staff, seen: int, note: str = ""
) -> Decision:
    """Says that the same owner claimed the unit before, in another claim that goes on.

    Raises what `writing.decide` does.
    """
    require(by, Permission.DECIDE_CLAIM)
    lock_both(claim_id, of_claim_id)
    claim = locked_claim(claim_id)
    if claim.state == ClaimState.IN_REVIEW:
        refuse_unless_claimed_before(claim, of_claim_id)
    asked = Asked(
        claim_id, DecisionKind.DUPLICATE, by, seen, grounds={"of": of_claim_id}, note=note
    )
    return decide(asked)


@transaction.atomic
def give_back(*, claim_id: int, by: Staff, seen: int, note: str = "") -> Claim:
    """Gives a claim to a person who reviews it anew; one that is in review stays as it is.

    Where its owner was told a decision already, it takes somebody who gives second opinions, and a
    note. Raises NotPermitted, NotPossibleNow, StaleClaim, NotDecidable.
    """
    require(by, Permission.DECIDE_CLAIM)
    claim = locked_claim(claim_id)
    state = ClaimState(claim.state)
    if state is ClaimState.IN_REVIEW:
        return claim
    refuse_if_stale(claim, seen)
    if untold_of(claim) is not None:
        raise NotDecidable("Its owner was not told yet.", "Undo the decision.")
    if has_bounced(claim):
        raise NotDecidable(
            "Its remedy is with its provider, and came back by mail.",
            "Put the e-mail address right and send it again, or cancel the order first.",
        )
    if state in GIVEN_BACK_BY_SENIOR:
        require(by, Permission.DECIDE_SECOND)
        if not note.strip():
            raise NotDecidable("The owner was told otherwise: say why.", "Give a note.")
        if state is ClaimState.APPROVED:
            take_remedy_back(claim)
    elif state not in GIVEN_BACK_BY_REVIEWER:
        raise stands_otherwise(state)
    move_claim(
        claim=claim,
        to=ClaimState.IN_REVIEW,
        actor=Actor.STAFF,
        actor_id=by.pk,
        reason=Reason.BY_PERSON,
        note=note,
    )
    hold_unit(claim)
    return claim
