"""A claim that leads to earlier ones has those looked at too.

Guarantees: only what the rule approved is taken back, and only before its remedy is ordered; that
remedy is cancelled in the same transaction, and a person decides whether the claim gets it after
all; one that was taken back for a lead is never approved by the rule again; what the rule approved
and cannot be taken back any more is kept for a person to look at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import replace
from itertools import chain

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.deciding.facts import gather
from recalldesk.claims.deciding.late_leads import keep_late_lead
from recalldesk.claims.deciding.ruling import keep_ruling
from recalldesk.claims.deciding.sharing import filings_sharing
from recalldesk.claims.deciding.telling_anew import tell_looked_at_again
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.rules import rule_on
from recalldesk.claims.states import (
    DECIDED_FOR,
    ClaimState,
    DecisionKind,
    DecisionState,
    FilingState,
    KeyKind,
)
from recalldesk.remedies.actions import cancel_remedy

BY_PHOTO = frozenset({R.SAME_PHOTO, R.COPIED_PHOTO, R.LIKE_PHOTO})
BY_KEY: Mapping[R, frozenset[KeyKind]] = {
    R.PERSON_LIMIT: frozenset({KeyKind.EMAIL, KeyKind.PHONE}),
    R.ADDRESS_LIMIT: frozenset({KeyKind.ADDRESS}),
    R.PAYEE_LIMIT: frozenset({KeyKind.PAYEE}),
    R.NETWORK_LIMIT: frozenset({KeyKind.NETWORK}),
    R.OWNERS_AT_ADDRESS: frozenset({KeyKind.ADDRESS}),
    R.OWNERS_OF_PAYEE: frozenset({KeyKind.PAYEE}),
}
"""What leads back, by which keys. A house does not: its flats know nothing of each other."""
LEADS_BACK = BY_PHOTO | BY_KEY.keys()


LOOK_BACK, QUEUE = "claims.look_back", "claims"


def look_back_soon(ruled: Decision) -> None:
    """Has a job look back, where the ruling leads to other claims. No filing is locked for it: the
    ruling's own transaction may hold the lock under which approvals are given.
    """
    if {R(reason) for reason in ruled.reasons} & LEADS_BACK:
        app.configure_task(LOOK_BACK, queue=QUEUE).defer(decision_id=ruled.pk)


def look_back(decision_id: int) -> list[int]:
    """Takes back the approvals that a ruling leads to, and keeps the leads that come too late for
    that; the claims that were taken back. Again changes nothing.

    Each is a transaction of its own: two rulings that lead to one claim wait for each other, and
    nobody holds two filings.
    """
    ruled = Decision.objects.select_related("claim__filing").get(pk=decision_id)
    led_to = _led_to(ruled)
    return [each for each in _given(led_to) if _is_taken_back(each, ruled.claim_id, led_to[each])]


def _led_to(ruled: Decision) -> Mapping[int, Set[R]]:
    """The claims that share what the ruling stands on, and by which of its reasons."""
    reasons = {R(reason) for reason in ruled.reasons}
    led_to: defaultdict[int, set[R]] = defaultdict(set)
    for reason in reasons & BY_PHOTO:
        for lead in ruled.grounds[reason]["leads"]:
            led_to[int(lead["other_claim"])].add(reason)
    by_key = reasons & BY_KEY.keys()
    sharing = filings_sharing(ruled.claim.filing) if by_key else {}
    for reason in by_key:
        filings = set(chain.from_iterable(sharing.get(kind, ()) for kind in BY_KEY[reason]))
        for claim_id in Claim.objects.filter(filing_id__in=filings).values_list("pk", flat=True):
            led_to[claim_id].add(reason)
    led_to.pop(ruled.claim_id, None)
    return led_to


def _given(claim_ids: Collection[int]) -> list[int]:
    """Those whose owners were given a remedy, or are to get one."""
    rows = Claim.objects.filter(pk__in=claim_ids, state__in=sorted(DECIDED_FOR))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _is_taken_back(claim_id: int, later_id: int, reasons: Set[R]) -> bool:
    filing_id = Claim.objects.values_list("filing_id", flat=True).get(pk=claim_id)
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.FILED:
        return False
    claim = Claim.objects.select_related("evidence").get(pk=claim_id)
    claim.filing = filing
    if claim.state not in DECIDED_FOR or not _is_by_rule(claim):
        return False
    if claim.state == ClaimState.APPROVED and cancel_remedy(
        unit_digest=bytes(claim.unit_digest), reason=Reason.LEADS
    ):
        _give_to_a_person(claim, later_id)
        return True
    keep_late_lead(claim=claim, later_id=later_id, reasons=reasons)
    return False


def _give_to_a_person(claim: Claim, later_id: int) -> None:
    gathered = gather(claim)
    gathered = replace(gathered, own=replace(gathered.own, led_from=(later_id,)))
    ruling = rule_on(gathered.with_neighbours(), gathered.terms)
    keep_ruling(gathered, ruling, DecisionKind.TO_A_PERSON)
    move_claim(
        claim=claim,
        to=ClaimState.IN_REVIEW,
        actor=Actor.MACHINE,
        reason=Reason.LEADS,
        tags=ruling.reasons,
    )
    tell_looked_at_again(claim)


def _is_by_rule(claim: Claim) -> bool:
    """Whether nobody approved it: what a person decided stays."""
    approvals = claim.decisions.filter(kind=DecisionKind.APPROVE, state=DecisionState.FINAL)
    newest = approvals.order_by("-pk").first()
    return newest is not None and newest.by_id is None
