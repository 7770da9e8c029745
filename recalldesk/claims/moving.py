"""The one way in which a claim moves: row, promise and log together.

Guarantees: a move that the table does not know is refused by the database; every move writes one
row of the log and the day by which the next stage is promised; a day that was told is not put off;
what waits for a person stands in a list of the desk.
"""

from collections.abc import Collection, Sequence
from datetime import date

from recalldesk.audit.actions import Move, record_change, record_moves
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk_place import place_of
from recalldesk.claims.models import Claim
from recalldesk.claims.promises import kept_promise, promised_on, today_of
from recalldesk.claims.states import HOLDS_NOTHING, ClaimState
from recalldesk.foundation import clock
from recalldesk.recalls.reads import document_of

MOVED = (
    "state",
    "state_since",
    "promised_on",
    "holds_unit",
    "desk",
    "tags",
    "is_appealed",
    "remedy",
)
"""What a move may change of a claim."""


def move_claim(
    *,
    claim: Claim,
    to: ClaimState,
    actor: Actor,
    reason: Reason | str = "",
    actor_id: int | None = None,
    note: str = "",
    tags: Collection[str] | None = None,
    orderable_on: date | None = None,
    is_with_owner: bool = False,
) -> None:
    """Moves a claim whose filing the caller has locked, with the remedy that it was given. `tags`:
    what makes it wait from now on; `orderable_on`: the day from which on its remedy may be ordered;
    `is_with_owner`: its remedy lies ready for its owner, so that no promise runs any more.
    """
    before, filing = ClaimState(claim.state), claim.filing
    document = document_of(filing.version)
    claim.state, claim.state_since = to, clock.now()
    claim.promised_on = kept_promise(before, to, claim.promised_on) or promised_on(
        to,
        document=document,
        remedy_key=filing.remedy_key,
        today=today_of(document),
        is_dangerous=filing.is_dangerous,
        orderable_on=orderable_on,
    )
    if is_with_owner:
        claim.promised_on = None
    if to in HOLDS_NOTHING:
        claim.holds_unit = False
    if reason == Reason.APPEALED:
        claim.is_appealed = True
    if tags is not None:
        claim.tags = sorted(tags)
    claim.desk = place_of(claim, answers_now=reason == Reason.OWNER_ANSWERED)
    claim.save(update_fields=MOVED)
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=before,
        to_state=to,
        reason=reason,
        actor=actor,
        actor_id=actor_id,
        recall_id=filing.recall_id,
        note=note,
    )


def move_alike(*, claims: Sequence[Claim], to: ClaimState, actor: Actor) -> None:
    """Moves claims of one locked filing that stand at one stage, with one promise, in as many
    statements as a single one takes; each has its own row of the log."""
    if not claims:
        return
    first, now = claims[0], clock.now()
    before, filing = ClaimState(first.state), first.filing
    document = document_of(filing.version)
    promised = kept_promise(before, to, first.promised_on) or promised_on(
        to,
        document=document,
        remedy_key=filing.remedy_key,
        today=today_of(document),
        is_dangerous=filing.is_dangerous,
    )
    for claim in claims:
        claim.state, claim.state_since, claim.promised_on = to, now, promised
    desk = place_of(first)
    for claim in claims:
        claim.desk = desk
    ids = [claim.pk for claim in claims]
    Claim.objects.filter(pk__in=ids).update(
        state=to, state_since=now, promised_on=promised, desk=desk
    )
    moves = [Move(filing.recall_id, claim_id, before, to) for claim_id in ids]
    record_moves(moves, subject=Subject.CLAIM, actor=actor)
