"""What leads against a claim by now, as the desk sees it: asked by itself, as like photos are.

Guarantee: it costs the same however many other claims there are, and two questions more a photo.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.deciding.leading import Newer, newer_of
from recalldesk.claims.deciding.looking_back import BY_KEY
from recalldesk.claims.deciding.sharing import filings_sharing
from recalldesk.claims.desk.claim_page import sent_claim, what_both_have
from recalldesk.claims.desk.page_values import OtherClaim
from recalldesk.claims.models import Claim
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.rules import MOST_NAMED, Grounds
from recalldesk.claims.states import NOT_COUNTED, ClaimState, KeyKind

MOST_OTHERS = 200
KEYS: Mapping[R, frozenset[KeyKind]] = {**BY_KEY, R.HOUSE_LIMIT: frozenset({KeyKind.HOUSE})}
"""What is shared where so many units or owners are counted."""


@dataclass(frozen=True)
class NewerShown:
    """What is newer, and the claims that each reason leads to, the newest first."""

    newer: Newer
    others: Mapping[R, tuple[OtherClaim, ...]]


def newer_shown(*, claim_id: int, by: Staff) -> NewerShown:
    """What leads now and did not when the rule ruled.

    Raises NotPermitted, NoSuchClaim, SealingError.
    """
    require(by, Permission.SEE_CLAIMS)
    claim = sent_claim(claim_id)
    newer = newer_of(claim)
    return with_others(claim, newer)


def with_others(claim: Claim, newer: Newer) -> NewerShown:
    """The same, with the claims that it leads to."""
    by_photo = {reason: _led_to(grounds) for reason, grounds in newer.grounds.items()}
    kinds = {reason: KEYS[reason] for reason in newer.grounds if reason in KEYS}
    sharing = filings_sharing(claim.filing) if kinds else {}
    filings = {reason: _of_kinds(sharing, of_it) for reason, of_it in kinds.items()}
    wanted = Q(pk__in=set(chain.from_iterable(by_photo.values())))
    wanted |= Q(filing__in=set(chain.from_iterable(filings.values())))
    found = _claims(claim, wanted) if newer.grounds else []
    others = {
        reason: tuple(
            _other(claim, each)
            for each in found
            if each.pk in by_photo[reason] or each.filing_id in filings.get(reason, ())
        )[:MOST_NAMED]
        for reason in newer.grounds
    }
    return NewerShown(newer, others)


def _led_to(grounds: Grounds) -> set[int]:
    return {lead["other_claim"] for lead in grounds.get("leads", ())}


def _of_kinds(sharing: Mapping[KeyKind, Set[int]], kinds: Set[KeyKind]) -> set[int]:
    return set(chain.from_iterable(sharing.get(kind, ()) for kind in kinds))


def _claims(claim: Claim, wanted: Q) -> list[Claim]:
    rows = Claim.objects.filter(wanted).exclude(pk=claim.pk).exclude(state__in=NOT_COUNTED)
    return list(rows.select_related("filing__recall").order_by("-pk")[:MOST_OTHERS])


def _other(claim: Claim, other: Claim) -> OtherClaim:
    return OtherClaim(
        claim_id=other.pk,
        reference=other.filing.reference,
        position=other.position,
        recall=other.filing.recall.slug,
        state=ClaimState(other.state),
        promised_on=other.promised_on,
        shares=what_both_have(claim, other),
    )
