"""The log of one claim, as its page shows it: what happened, who did it, what they wrote."""

from collections.abc import Collection, Iterable, Sequence

from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.page_values import Happening, ShownDecision
from recalldesk.claims.desk.second_rule import MERITS, Case, Person, may_settle, who_decided
from recalldesk.claims.desk.writing import MOVES_TO
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import DecisionKind, DecisionState
from recalldesk.claims.untold import TOLD
from recalldesk.foundation import clock
from recalldesk.sealing import vault


class Log:
    """Rows of the log, and the names of the people in them."""

    def __init__(self, rows: Sequence[StateChange]) -> None:
        self.rows = rows
        self._names: dict[int, str] = {}

    def learn_names(self, more: Collection[int | None]) -> None:
        """Reads the names of everybody who stands in the rows, and of some others."""
        people = {row.actor_id for row in self.rows if row.actor == Actor.STAFF} | {*more}
        found = Staff.objects.filter(pk__in=[each for each in people if each is not None])
        self._names = dict(found.values_list("pk", "name"))

    def name_of(self, person: int | None) -> str:
        """The name of a member of staff; empty for nobody."""
        return self._names.get(person or 0, "")

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
            by=log.name_of(row.actor_id) if row.actor == Actor.STAFF else "",
            note=_note(row) if in_full else None,
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
            by=log.name_of(row.by_id),
            settled_by=log.name_of(row.settled_by_id),
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


def _note(row: StateChange) -> str | None:
    if row.note is None or not row.note.sealed_text:
        return None
    return vault.open_text(
        bytes(row.note.sealed_text), scope=vault.DESK, purpose="audit.Note.sealed_text"
    )
