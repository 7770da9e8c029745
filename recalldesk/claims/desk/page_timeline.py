"""The log of one claim, as its page shows it: what happened, who did it, what they wrote."""

from collections.abc import Iterable, Sequence

from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.page_values import Happening, ShownDecision
from recalldesk.claims.desk.second_rule import MERITS, Case, Person, may_settle, who_decided
from recalldesk.claims.desk.writing import MOVES_TO
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import DecisionKind, DecisionState
from recalldesk.claims.untold import TOLD
from recalldesk.foundation import clock


class Log:
    """Rows of the log, each with the `actor_name` of the member of staff who acted."""

    def __init__(self, rows: Sequence[StateChange]) -> None:
        self.rows = rows

    def told(self) -> set[int]:
        """The decisions that their owners were told."""
        return {
            row.subject_id
            for row in self.rows
            if row.subject == Subject.DECISION and row.to_state == TOLD
        }


def timeline(log: Log, *, in_full: bool) -> tuple[Happening, ...]:
    """What happened to a claim and its filing, the first first."""
    return tuple(
        Happening(
            at=row.at,
            subject=row.subject,
            before=row.from_state,
            after=row.to_state,
            reason=row.reason,
            actor=row.actor,
            by=name_of_actor(row),
            note=(text_of(row.note) or None) if in_full else None,
        )
        for row in log.rows
        if row.reason != Reason.LOOKED_AT
    )


def shown_decisions(
    log: Log, claim: Claim, decisions: Iterable[Decision], person: Person
) -> tuple[ShownDecision, ...]:
    """The decisions about a claim, the newest first, with what a person may do with each."""
    rows, told = list(decisions), log.told()
    final = [row for row in rows if row.state == DecisionState.FINAL and row.kind in MERITS]
    deciders = who_decided([(row.by_id, row.settled_by_id) for row in final])
    return tuple(
        ShownDecision(
            decision_id=row.pk,
            kind=DecisionKind(row.kind),
            state=DecisionState(row.state),
            by=row.by.name if row.by else "",
            settled_by=row.settled_by.name if row.settled_by else "",
            at=row.at,
            takes_effect_at=row.takes_effect_at,
            reasons=tuple(row.reasons),
            grounds=row.grounds,
            is_told=row.pk in told,
            may_undo=_may_undo(claim, row, person, is_told=row.pk in told),
            may_settle=row.state == DecisionState.PROPOSED
            and may_settle(_settled(claim, row, deciders), person),
        )
        for row in reversed(rows)
    )


def name_of_actor(row: StateChange) -> str:
    """The name of the member of staff who acted; empty for nobody of them."""
    return getattr(row, "actor_name", None) or ""


def _settled(claim: Claim, row: Decision, deciders: frozenset[int]) -> Case:
    return Case(
        DecisionKind(row.kind),
        is_appealed=claim.is_appealed,
        deciders=deciders,
        proposer=row.by_id,
    )


def _may_undo(claim: Claim, row: Decision, person: Person, *, is_told: bool) -> bool:
    if row.by_id is None or not (
        person.may_second or person.staff_id in (row.by_id, row.settled_by_id)
    ):
        return False
    if row.state == DecisionState.PROPOSED:
        return True
    return (
        row.state == DecisionState.FINAL
        and not is_told
        and clock.now() < row.takes_effect_at
        and MOVES_TO.get(DecisionKind(row.kind)) == claim.state
    )
