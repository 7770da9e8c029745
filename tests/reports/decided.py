"""Made-up decisions, written straight into their rows; and a whole desk of them from a seed."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState, DeskList
from tests.claims.owner import the_recall
from tests.claims.queued import queued

K, S = DecisionKind, DecisionState
RULE_REASONS = ("label_unread", "like_photo", "mark_not_seen", "network_limit", "not_reached")
DECLINE_REASONS = ("not-this-product", "no-proof")


def moment(text: str) -> datetime:
    """A moment of UTC, as 2026-11-26T10:00."""
    return datetime.fromisoformat(f"{text}+00:00")


def decision(
    at: datetime,
    kind: DecisionKind = K.APPROVE,
    *,
    by: Staff | None = None,
    state: DecisionState = S.FINAL,
    waited: timedelta = timedelta(hours=2),
    sent_before: timedelta = timedelta(days=1),
    promised: date | None = None,
    **more: Any,
) -> Decision:
    """A decision about a claim of its own, which had `waited`."""
    claim_id = more.pop("claim_id", None)
    if claim_id is None:
        (claim_id,) = queued(
            None, desk=DeskList.NONE, state=ClaimState.APPROVED, filed_at=at - sent_before
        )
    claim = Claim.objects.get(pk=claim_id)
    return Decision.objects.create(
        claim=claim,
        recall_id=claim.recall_id,
        kind=kind,
        state=state,
        by=by,
        at=at,
        takes_effect_at=at,
        was=ClaimState.IN_REVIEW,
        waited_since=at - waited,
        version_id=the_recall().version_id,
        grounds={"promised_on": promised.isoformat() if promised else None} if by else {},
        **more,
    )


def a_desk(people: list[Staff], *, seed: int, count: int, now: datetime) -> None:
    """A made-up desk: `count` claims of the last four weeks, decided and waiting."""
    draw = random.Random(seed)
    for _ in range(count):
        days = min(draw.expovariate(1 / 9), 30.0)
        sent = now - timedelta(days=days, minutes=draw.randrange(600))
        if draw.random() < 0.6:
            _by_rule(draw, sent)
        elif draw.random() < 0.75:
            _by_person(draw, people, sent, now)
        else:
            _waits(draw, sent, now)


def _by_rule(draw: random.Random, sent: datetime) -> None:
    at = sent + timedelta(minutes=draw.expovariate(1 / 4))
    wait = at - sent
    kind = draw.choices([K.APPROVE, K.ASK_OWNER, K.TO_A_PERSON], [7, 1, 2])[0]
    reasons = [] if kind is K.APPROVE else draw.sample(RULE_REASONS, draw.randint(1, 2))
    decision(at, kind, waited=wait, sent_before=wait, reasons=reasons)


def _by_person(draw: random.Random, people: list[Staff], sent: datetime, now: datetime) -> None:
    wait = timedelta(hours=min(draw.lognormvariate(3, 1), 400))
    at = min(sent + wait, now - timedelta(minutes=draw.randrange(60)))
    kind = draw.choices([K.APPROVE, K.DECLINE, K.ASK_OWNER, K.DUPLICATE], [6, 2, 3, 1])[0]
    state = draw.choices([S.FINAL, S.UNDONE, S.PROPOSED, S.REFUSED], [88, 4, 4, 4])[0]
    person = draw.choice(people)
    more: dict[str, Any] = {}
    if state is S.UNDONE:
        more = {"settled_by": person, "settled_at": at + timedelta(minutes=3)}
    elif state is S.REFUSED or draw.random() < 0.15:
        other = draw.choice([each for each in people if each != person])
        more = {"settled_by": other, "settled_at": at + timedelta(minutes=draw.randrange(900))}
        if state is S.PROPOSED:
            more = {}
    decision(
        at,
        kind,
        by=person,
        state=state,
        waited=at - sent,
        sent_before=at - sent,
        promised=(sent + timedelta(days=7)).date() if draw.random() < 0.9 else None,
        reasons=[draw.choice(DECLINE_REASONS)] if kind is K.DECLINE else [],
        **more,
    )


def _waits(draw: random.Random, sent: datetime, now: datetime) -> None:
    desk = draw.choices(
        [DeskList.REVIEW, DeskList.ANSWERED, DeskList.APPEAL, DeskList.SECOND, DeskList.DANGER],
        [12, 4, 1, 1, 1],
    )[0]
    queued(
        sent.date() + timedelta(days=8),
        desk=desk,
        state=ClaimState.IN_REVIEW,
        filed_at=sent,
        state_since=min(now, sent + timedelta(minutes=5)),
        tags=["label_unread"],
    )
