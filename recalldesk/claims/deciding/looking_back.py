"""A claim that leads to earlier ones has those looked at too, while their remedies still wait.

Guarantees: only what the rule approved is taken back, and only before its remedy is ordered; that
remedy is cancelled in the same transaction, and a person decides whether the claim gets it after
all; one that was taken back for a lead is never approved by the rule again.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.deciding.facts import gather
from recalldesk.claims.deciding.ruling import keep_ruling
from recalldesk.claims.deciding.sharing import filings_sharing
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.rules import rule_on
from recalldesk.claims.states import ClaimState, DecisionKind, DecisionState, KeyKind
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
    """Takes back the approvals that a ruling leads to; the claims that were. Again changes nothing.

    Each is a transaction of its own: two rulings that lead to one claim wait for each other, and
    nobody holds two filings.
    """
    ruled = Decision.objects.select_related("claim__filing").get(pk=decision_id)
    return [each for each in _approved(_led_to(ruled)) if _take_back(each, ruled.claim_id)]


def _led_to(ruled: Decision) -> set[int]:
    """The claims that share what the ruling stands on."""
    reasons = {R(reason) for reason in ruled.reasons}
    leads = chain.from_iterable(ruled.grounds[each]["leads"] for each in reasons & BY_PHOTO)
    claims = {int(lead["other_claim"]) for lead in leads}
    kinds = {kind for reason in reasons & BY_KEY.keys() for kind in BY_KEY[reason]}
    if kinds:
        sharing = filings_sharing(ruled.claim.filing)
        filings = set(chain.from_iterable(sharing.get(kind, ()) for kind in kinds))
        claims.update(Claim.objects.filter(filing_id__in=filings).values_list("pk", flat=True))
    return claims - {ruled.claim_id}


def _approved(claim_ids: set[int]) -> list[int]:
    rows = Claim.objects.filter(pk__in=claim_ids, state=ClaimState.APPROVED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _take_back(claim_id: int, later_id: int) -> bool:
    filing_id = Claim.objects.values_list("filing_id", flat=True).get(pk=claim_id)
    filing = locked_filing(filing_id)
    if filing is None:
        return False
    claim = Claim.objects.select_related("evidence").get(pk=claim_id)
    claim.filing = filing
    if claim.state != ClaimState.APPROVED or not _is_by_rule(claim):
        return False
    if not cancel_remedy(unit_digest=bytes(claim.unit_digest), reason=Reason.LEADS):
        return False
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
    return True


def _is_by_rule(claim: Claim) -> bool:
    """Whether nobody approved it: what a person decided stays."""
    approvals = claim.decisions.filter(kind=DecisionKind.APPROVE, state=DecisionState.FINAL)
    newest = approvals.order_by("-pk").first()
    return newest is not None and newest.by_id is None
