"""What waits for a person among remedies: orders that are stopped, and what came to nothing.

Guarantee: each list is read by an index, a page at a time, the longest waiting first.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.wording import said
from recalldesk.remedies.models import Attempt, Order
from recalldesk.remedies.placing.dead_letters import comes_to_the_same
from recalldesk.remedies.states import INEFFECTIVE, Stopped

PAGE = 50


@dataclass(frozen=True)
class StoppedOrder:
    """One order, with its claim. `remedy`: what the owner was offered, in the desk's words;
    `problem`: the provider's short name of what went wrong last."""

    order_id: int
    claim_id: int
    reference: str
    position: int
    recall: str
    provider: str
    remedy: str
    why: Stopped
    problem: str
    tries: int
    since: datetime
    may_be_sent_on: bool

    @property
    def is_in_a_file(self) -> bool:
        """Whether it stands in a file that left, where its line may still be done."""
        return not self.may_be_sent_on and self.why in (Stopped.REFUSED, Stopped.OUT_OF_STOCK)


@dataclass(frozen=True)
class CameToNothing:
    """One approved claim whose last remedy counts no more. `key` and `remedy`: it, as it was
    offered."""

    claim_id: int
    reference: str
    position: int
    recall: str
    key: str
    remedy: str
    state: str
    since: datetime


def stopped_orders(*, after: int = 0) -> list[StoppedOrder]:
    """A page of them, by the order's number, beyond `after`."""
    rows = Order.objects.exclude(stopped="").filter(pk__gt=after).order_by("pk")
    orders = list(rows.select_related("remedy__recall")[:PAGE])
    claims = _claims_of([order.remedy_id for order in orders])
    problems = _problems_of(orders)
    return [
        _stopped(order, claims[order.remedy_id], problems.get(order.pk, ""))
        for order in orders
        if order.remedy_id in claims
    ]


def came_to_nothing(*, after: int = 0) -> list[CameToNothing]:
    """A page of approved claims without a remedy that counts, beyond the claim `after`."""
    rows = Claim.objects.filter(state=ClaimState.APPROVED, remedy__state__in=INEFFECTIVE)
    rows = rows.filter(pk__gt=after).select_related("filing__version", "recall", "remedy")
    return [
        CameToNothing(
            claim_id=claim.pk,
            reference=claim.filing.reference,
            position=claim.position,
            recall=claim.recall.slug,
            key=claim.remedy.key,
            remedy=_title(claim, claim.remedy.key),
            state=claim.remedy.get_state_display(),
            since=claim.state_since,
        )
        for claim in rows.order_by("pk")[:PAGE]
        if claim.remedy is not None
    ]


def _claims_of(remedies: Sequence[uuid.UUID]) -> dict[uuid.UUID | None, Claim]:
    rows = Claim.objects.filter(remedy_id__in=remedies).select_related("filing__version")
    return {claim.remedy_id: claim for claim in rows}


def _problems_of(orders: Sequence[Order]) -> dict[int, str]:
    rows = Attempt.objects.filter(order__in=orders).order_by("order_id", "number")
    return dict(rows.values_list("order_id", "problem"))


def _title(claim: Claim, key: str) -> str:
    """What was offered under a key when the owner filed; the key where it was not."""
    document = document_of(claim.filing.version)
    offered = next((each for each in document.remedies if each.key == key), None)
    return said(offered.title, document, "en") if offered else key


def _stopped(order: Order, claim: Claim, problem: str) -> StoppedOrder:
    assert order.stopped_at is not None
    return StoppedOrder(
        order_id=order.pk,
        claim_id=claim.pk,
        reference=claim.filing.reference,
        position=claim.position,
        recall=order.remedy.recall.slug,
        provider=order.provider,
        remedy=_title(claim, order.asked.get("key", "")),
        why=Stopped(order.stopped),
        problem=problem,
        tries=order.tries,
        since=order.stopped_at,
        may_be_sent_on=not comes_to_the_same(order),
    )
