"""Remedies of many claims that were given elsewhere, some hundred by a few statements.

Guarantee: each remedy and each claim passes the stages that it would pass alone, judged by the
database and each in the log; it is for claims of which nothing but their remedy moves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.promises import promised_on, today_of
from recalldesk.claims.states import ClaimState, DeskList, FilingState
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.remedies.taking_over import Given, give
from recalldesk.takeover.claims_judged import STANDS_AT
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim, TakenRemedy
from recalldesk.takeover.remedies_said import RemedySaid, Terms

WAY = (
    ClaimState.APPROVED,
    ClaimState.REMEDY_ORDERED,
    ClaimState.REMEDY_SENT,
    ClaimState.SETTLED,
)


@dataclass(frozen=True, repr=False)
class Waiting:
    """A line that is taken: of which claim and remedy, what it says, where it stands."""

    taken: TakenClaim
    remedy: Remedy
    said: RemedySaid
    given: Given
    line: int


def can_wait(taken: TakenClaim, said: RemedySaid, line: int) -> Waiting | None:
    """What may be kept with others: the claim is approved, its remedy is held since it was taken
    over, and nobody at the desk has anything of it."""
    claim, remedy, given = taken.claim, taken.claim.remedy, said.given
    if remedy is None or given is None:
        return None
    is_plain = (
        claim.state == ClaimState.APPROVED
        and claim.desk == DeskList.NONE
        and claim.filing.state == FilingState.FILED
        and remedy.state == RemedyState.WAITING
        and remedy.held in (Held.TAKEN_OVER, Held.MAYBE_SENT)
    )
    return Waiting(taken, remedy, said, given, line) if is_plain else None


def keep_given(reading: Reading, terms: Terms, waiting: Sequence[Waiting]) -> None:
    """Keeps them. No two are of one claim."""
    if not waiting:
        return
    # In one order for all, so that no two wait for each other in a ring.
    filings = {each.taken.claim.filing_id for each in waiting}
    list(Filing.objects.select_for_update().filter(pk__in=filings).order_by("pk"))
    for each in waiting:
        each.remedy.key = each.said.offered.key
    Remedy.objects.bulk_update([each.remedy for each in waiting], ["key"])
    give([(each.remedy, each.given) for each in waiting], by=reading.by)
    _note(reading, waiting)
    _bring(reading, terms, waiting)


def _note(reading: Reading, waiting: Sequence[Waiting]) -> None:
    ids = [each.remedy.pk for each in waiting]
    known = set(TakenRemedy.objects.filter(remedy_id__in=ids).values_list("remedy_id", flat=True))
    TakenRemedy.objects.bulk_create(
        TakenRemedy(
            file_id=reading.number,
            recall_id=reading.recall.pk,
            line=each.line,
            remedy=each.remedy,
            provider_said=each.said.provider_said,
            on=each.said.on,
        )
        for each in waiting
        if each.remedy.pk not in known
    )


def _bring(reading: Reading, terms: Terms, waiting: Sequence[Waiting]) -> None:
    """A stage after the other; at the last one it is promised what that stage promises."""
    goals = {each.taken.claim_id: STANDS_AT[each.given.state] for each in waiting}
    for before, to in pairwise(WAY):
        ids = [pk for pk, goal in goals.items() if WAY.index(goal) >= WAY.index(to)]
        if not ids:
            return
        Claim.objects.filter(pk__in=ids).update(state=to, state_since=terms.now)
        record_moves(
            [Move(reading.recall.pk, pk, before, to) for pk in ids],
            subject=Subject.CLAIM,
            actor=Actor.STAFF,
            actor_id=reading.by.pk,
            reason=Reason.TAKEN_OVER,
        )
    today = today_of(terms.document)
    by_promise: dict[date | None, list[int]] = defaultdict(list)
    for each in waiting:
        goal = goals[each.taken.claim_id]
        if goal in (ClaimState.REMEDY_SENT, ClaimState.SETTLED):
            promised = promised_on(
                goal,
                document=terms.document,
                remedy_key=each.taken.claim.filing.remedy_key,
                today=today,
            )
            by_promise[promised].append(each.taken.claim_id)
    for promised, ids in by_promise.items():
        Claim.objects.filter(pk__in=ids).update(promised_on=promised)
