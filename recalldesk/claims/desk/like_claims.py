"""The claims whose photos look like those of one claim: leads, never more.

Two honest photos of one product look alike; what else both claims share stands beside each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.claim_page import sent_claim, what_both_have
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.like_photos import like_photos_of
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState


@dataclass(frozen=True)
class LikeClaim:
    """A photo of another claim that looks like one of this. `distance`: in how many of 256 bits
    they differ; `shares`: what else both claims have."""

    photo_id: int
    other_photo_id: int
    distance: int
    claim_id: int
    reference: str
    position: int
    recall: str
    state: ClaimState
    shares: tuple[str, ...]


def like_claims(*, claim_id: int, by: Staff, most: int = 20) -> tuple[LikeClaim, ...]:
    """The likest first; a photo of the same claim is none. Raises NotPermitted, NoSuchClaim."""
    require(by, Permission.SEE_PERSONAL)
    claim = sent_claim(claim_id)
    own = Photo.objects.filter(evidence_set=claim.evidence_id, state=PhotoState.CLEAN)
    like = like_photos_of(list(own.values_list("pk", flat=True)))
    pairs = sorted(
        (each.distance, photo_id, each.photo_id)
        for photo_id, found in like.items()
        for each in found
    )
    owners = _claims_with([other for _, _, other in pairs])
    return tuple(
        _like(claim, owners[other], photo_id, other, distance)
        for distance, photo_id, other in pairs
        if other in owners and owners[other].pk != claim.pk
    )[:most]


def _claims_with(photo_ids: Sequence[int]) -> dict[int, Claim]:
    """The claims of photos, by photo; drafts are nobody's to see."""
    sets = dict(Photo.objects.filter(pk__in=photo_ids).values_list("pk", "evidence_set_id"))
    rows = Claim.objects.filter(evidence__in=[*sets.values()]).exclude(state=ClaimState.DRAFT)
    found = {row.evidence_id: row for row in rows.select_related("filing__recall")}
    return {pk: found[of_set] for pk, of_set in sets.items() if of_set in found}


def _like(claim: Claim, other: Claim, photo_id: int, its_photo: int, distance: int) -> LikeClaim:
    return LikeClaim(
        photo_id=photo_id,
        other_photo_id=its_photo,
        distance=distance,
        claim_id=other.pk,
        reference=other.filing.reference,
        position=other.position,
        recall=other.filing.recall.slug,
        state=ClaimState(other.state),
        shares=what_both_have(claim, other),
    )
