"""How a person's decision is written: one row, one move, one row of the log, one job.

Guarantees: all stand together or not at all; the same form sent twice is one decision; what waits
for a second person moves nothing; what was decided is told by a job, when it can be undone no more.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from procrastinate.contrib.django import app

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.deciding.leading import Newer, newer_of
from recalldesk.claims.desk.cases import (
    case_of,
    person_of,
    refuse_unless_payable,
    unit_of,
)
from recalldesk.claims.desk.errors import (
    NewLeads,
    NotDecidable,
    SecondPersonMissing,
    stands_otherwise,
)
from recalldesk.claims.desk.second_rule import MERITS, grounds_for_two, is_barred, waits_for_second
from recalldesk.claims.desk.stamps import refuse_if_stale
from recalldesk.claims.desk_place import place_anew
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.holding import hold_unit
from recalldesk.claims.locking import filed
from recalldesk.claims.messages import needs_no_answer
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.moving import move_claim
from recalldesk.claims.remedying.disposal import held_for
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.errors import RemedyGiven

UNDONE_WITHIN = timedelta(minutes=10)
TELL, QUEUE = "claims.tell_decision", "claims"
MOVES_TO = {
    DecisionKind.APPROVE: ClaimState.APPROVED,
    DecisionKind.DECLINE: ClaimState.DECLINED,
    DecisionKind.DUPLICATE: ClaimState.DUPLICATE,
    DecisionKind.ASK_OWNER: ClaimState.NEEDS_OWNER,
}
ANSWERS = (DecisionKind.DECLINE, DecisionKind.ASK_OWNER)
"""With these the desk writes to the owner."""


@dataclass(frozen=True, repr=False)
class Asked:
    """What a reviewer wants. `seen`: the claim as they saw it (stamps); `known`: what they saw of
    what leads now, by name; `second_reader`: they ask for another person. `note`: for
    colleagues; `words`: for the owner."""

    claim_id: int
    kind: DecisionKind
    by: Staff
    seen: int
    known: frozenset[str] = frozenset()
    second_reader: bool = False
    reasons: tuple[str, ...] = ()
    grounds: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    words: str = ""

    @property
    def grant(self) -> int:
        """Which remedy of the unit it would be."""
        return int(self.grounds.get("grant", 1))


def locked_claim(claim_id: int) -> Claim:
    """A claim, with its filing locked. Raises NotPossibleNow where it was not sent, or erased."""
    filing_id = Claim.objects.filter(pk=claim_id).values_list("filing_id", flat=True).first()
    if filing_id is None:
        raise NotPossibleNow
    filing = filed(filing_id)
    claim = Claim.objects.select_related("evidence").get(pk=claim_id)
    claim.filing = filing
    return claim


def decide(asked: Asked) -> Decision:
    """Writes a decision, or proposes it to a second person. Call it in a transaction.

    Raises NotPermitted, NotPossibleNow, StaleClaim, NotDecidable, SecondPersonMissing; NewLeads
    where it approves.
    """
    require(asked.by, Permission.DECIDE_CLAIM)
    claim = locked_claim(asked.claim_id)
    if (known := _the_same(claim, asked)) is not None:
        return known
    refuse_if_stale(claim, asked.seen)
    if claim.state != ClaimState.IN_REVIEW:
        raise stands_otherwise(ClaimState(claim.state))
    if claim.decisions.filter(state=DecisionState.PROPOSED).exists():
        raise NotDecidable(
            "A decision about this claim waits for a second person.",
            "Confirm or refuse it, or have who proposed it take it back.",
        )
    case, person = case_of(claim, asked.kind, grant=asked.grant), person_of(asked.by)
    if is_barred(case, person):
        raise SecondPersonMissing(
            "You decided about this claim before.", "An appeal is decided by somebody else."
        )
    if asked.kind is DecisionKind.APPROVE:
        refuse_unless_payable(claim, grant=asked.grant)
        _refuse_unless_held(claim, grant=asked.grant)
        newer = refuse_unless_known(claim, asked.known)
        asked.grounds.update(newer=newer.grounds, found=newer.found or claim.found)
        is_listed = case.is_listed and not newer.is_delisted
        case = replace(case, is_listed=is_listed, is_asked=asked.second_reader)
    exceptions = grounds_for_two(case)
    waits = waits_for_second(case, person)
    _refuse_without_word(claim, asked, is_exception=waits)
    decision = _keep(claim, asked, [ground.value for ground in exceptions], is_proposed=waits)
    if waits:
        _propose(claim, decision, asked)
    else:
        carry_out(claim, decision, by=asked.by, reason=Reason.BY_PERSON, note=asked.note)
    return decision


def refuse_unless_known(claim: Claim, known: Collection[str]) -> Newer:
    """What leads now and did not when the rule ruled. Raises NewLeads where something of it is not
    among what whoever approves was shown."""
    newer = newer_of(claim)
    if newer.names - set(known):
        raise NewLeads(newer)
    return newer


def carry_out(
    claim: Claim, decision: Decision, *, by: Staff, reason: Reason, note: str = ""
) -> None:
    """Moves a claim as a decision that counts says, and has its owner told ten minutes later."""
    kind = DecisionKind(decision.kind)
    if kind is DecisionKind.APPROVE:
        _grant(claim, decision)
    move_claim(
        claim=claim,
        to=MOVES_TO[kind],
        actor=Actor.STAFF,
        actor_id=by.pk,
        reason=reason,
        note=note,
        tags=(),
    )
    _note_answered(claim, kind)
    app.configure_task(TELL, queue=QUEUE, schedule_at=decision.takes_effect_at).defer(
        decision_id=decision.pk
    )


def log_decision(decision: Decision, *, before: str, by: Staff | None, note: str = "") -> None:
    """One row of the log about a decision; its note is what the owner is to be told. The first
    holds the digest of what was decided, and why."""
    record_change(
        subject=Subject.DECISION,
        subject_id=decision.pk,
        from_state=before,
        to_state=decision.state,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=decision.recall_id,
        note=note,
        with_content=not before,
    )


def _the_same(claim: Claim, asked: Asked) -> Decision | None:
    """The decision that this form made before: nobody decides twice on what they saw once. One that
    was undone or refused since is none: the form is an old one then.
    """
    made = claim.decisions.filter(by=asked.by, kind=asked.kind, grounds__seen=asked.seen)
    row = made.filter(state__in=(DecisionState.PROPOSED, DecisionState.FINAL)).first()
    return row if row and list(row.reasons) == list(asked.reasons) else None


def _refuse_unless_held(claim: Claim, *, grant: int) -> None:
    holder = hold_unit(claim) if grant == 1 else None
    if holder is not None:
        raise NotDecidable(
            f"Claim {holder.filing.reference} holds this unit.",
            "Decide that one first, or mark this one as a duplicate of it.",
        )


def _refuse_without_word(claim: Claim, asked: Asked, *, is_exception: bool) -> None:
    is_danger = claim.filing.is_dangerous and asked.kind in MERITS
    if (is_exception or is_danger) and not asked.note.strip():
        raise NotDecidable(
            "The owner told of danger: say what came of it."
            if is_danger
            else "This goes beyond what one person decides: say why it shall be.",
            "Give a note; it stands sealed beside the log.",
        )


def _keep(claim: Claim, asked: Asked, exceptions: list[str], *, is_proposed: bool) -> Decision:
    wrote_at, filing = claim.filing.owner_wrote_at, claim.filing
    now = clock.now()
    before = {
        "seen": asked.seen,
        "tags": list(claim.tags),
        "desk": claim.desk,
        "since": claim.state_since.isoformat(),
        "promised_on": claim.promised_on.isoformat() if claim.promised_on else None,
        "held": claim.holds_unit,
        "owner_wrote_at": wrote_at.isoformat() if wrote_at else None,
        "exceptions": exceptions,
    }
    decision = Decision.objects.create(
        claim=claim,
        recall_id=filing.recall_id,
        kind=asked.kind,
        state=DecisionState.PROPOSED if is_proposed else DecisionState.FINAL,
        by=asked.by,
        at=now,
        takes_effect_at=now + UNDONE_WITHIN,
        was=claim.state,
        waited_since=claim.state_since,
        version=filing.version,
        reasons=list(asked.reasons),
        grounds=before | asked.grounds,
    )
    log_decision(decision, before="", by=asked.by, note=asked.words.strip())
    return decision


def _propose(claim: Claim, decision: Decision, asked: Asked) -> None:
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=Reason.SECOND_ASKED,
        actor_id=asked.by.pk,
        recall_id=decision.recall_id,
        note=asked.note,
    )
    claim.assigned_to = None  # whoever proposed it cannot agree to it
    claim.save(update_fields=["assigned_to"])
    place_anew(claim.filing)


def _grant(claim: Claim, decision: Decision) -> None:
    filing = claim.filing
    try:
        claim.remedy = grant_remedy(
            unit_digest=unit_of(claim),
            recall=filing.recall,
            key=filing.remedy_key,
            orderable_at=decision.takes_effect_at,
            grant=int(decision.grounds.get("grant", 1)),
            held=held_for(claim),
        )
    except RemedyGiven as error:
        raise NotDecidable(
            "This unit has a remedy already.", "Look at its other claims."
        ) from error


def _note_answered(claim: Claim, kind: DecisionKind) -> None:
    """What the owner wrote is answered by words of the desk; and by a decision, where it was the
    answer to a question or an appeal."""
    filing = claim.filing
    if filing.owner_wrote_at is None:
        return
    said = StateChange.objects.filter(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        reason__in=(Reason.OWNER_ANSWERED, Reason.APPEALED),
        at__gte=filing.owner_wrote_at,
    )
    if kind in ANSWERS or said.exists():
        needs_no_answer(filing)
        claim.refresh_from_db(fields=["desk"])
