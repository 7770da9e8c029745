"""The photos of a claim beside those of every other claim that was sent, of any recall.

Guarantee: the same bytes, the same picture and like pictures are found, also among units of one
filing; a photo that was never sent with a claim is nobody's lead.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from recalldesk.claims.deciding.sharing import shared_with
from recalldesk.claims.decision_facts import PhotoLead, Sharing
from recalldesk.claims.models import Claim, Message
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.like_photos import MOST, LikePhoto, like_photos_of, same_photos
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind

WITHOUT_LIKENESS = frozenset({PhotoKind.RECEIPT, PhotoKind.DISPOSAL})
"""Receipts of one shop all look alike; of them the same bytes and pictures count."""

NOT_COMPARED = frozenset({ClaimState.DRAFT, ClaimState.DUPLICATE})
"""A duplicate is its own owner's, for the same unit, and gets nothing."""


@dataclass(frozen=True)
class PhotoLeads:
    """What was found. `is_cut`: there may be more."""

    leads: tuple[PhotoLead, ...]
    is_cut: bool


@dataclass(frozen=True)
class _Home:
    """The claim with which a photo came."""

    claim_id: int
    filing_id: int
    unit_digest: bytes
    marking_code: str


def leads_of(claim: Claim, photos: Sequence[Photo], *, within: int) -> PhotoLeads:
    """The leads of a claim's photos. `within`: in how many bits like ones differ at most."""
    compared = [photo.pk for photo in photos if photo.kind not in WITHOUT_LIKENESS]
    alike = like_photos_of(compared, within=within)
    found = {photo.pk: _found(photo, alike.get(photo.pk, [])) for photo in photos}
    is_cut = any(len(like) >= MOST for like, _ in found.values())
    near = {each.photo_id for like, same in found.values() for each in (*like, *same)}
    homes = _homes(claim, near)
    others = {home.filing_id for home in homes.values()}
    shared = shared_with(claim.filing, others) if others else {}
    leads = (
        _lead(claim, photo_id, each, homes[each.photo_id], shared, is_same_file=is_same)
        for photo_id, (like, same) in found.items()
        for of_kind, is_same in ((same, True), (like, False))
        for each in of_kind
        if each.photo_id in homes
    )
    return PhotoLeads(tuple(leads), is_cut)


def _found(photo: Photo, like: list[LikePhoto]) -> tuple[list[LikePhoto], list[LikePhoto]]:
    """Like photos that are not the same one, and the same one."""
    same = same_photos(photo)
    known = {each.photo_id for each in same}
    if len(like) >= MOST:
        return like, same
    return [each for each in like if each.photo_id not in known], same


def _homes(claim: Claim, photo_ids: Collection[int]) -> Mapping[int, _Home]:
    """With which claim each photo came; those of this claim, of drafts and duplicates are left out.

    Of a filing with several units a message may be about any: it leads to the first.
    """
    if not photo_ids:
        return {}
    sets = dict(Photo.objects.filter(pk__in=photo_ids).values_list("pk", "evidence_set_id"))
    sent = Claim.objects.exclude(state__in=sorted(NOT_COMPARED)).select_related("evidence")
    of_sets = {
        each.evidence_id: _home(each)
        for each in sent.filter(evidence_id__in=sets.values()).exclude(pk=claim.pk)
    }
    messages = Message.objects.filter(evidence_id__in=sets.values())
    written = dict(
        messages.exclude(filing_id=claim.filing_id).values_list("evidence_id", "filing_id")
    )
    firsts = sent.filter(filing_id__in=written.values(), position=1) if written else ()
    first = {each.filing_id: _home(each) for each in firsts}
    of_sets |= {
        set_id: first[filing_id]
        for set_id, filing_id in written.items()
        if set_id is not None and filing_id in first
    }
    return {photo_id: of_sets[held] for photo_id, held in sets.items() if held in of_sets}


def _home(claim: Claim) -> _Home:
    return _Home(claim.pk, claim.filing_id, bytes(claim.unit_digest), claim.marking_code)


def _lead(
    claim: Claim,
    photo_id: int,
    other: LikePhoto,
    home: _Home,
    shared: Mapping[int, frozenset[Sharing]],
    *,
    is_same_file: bool,
) -> PhotoLead:
    own = bytes(claim.unit_digest)
    is_same_unit = bool(own) and own == home.unit_digest
    common = set(shared.get(home.filing_id, ()))
    if is_same_unit:
        common.add(Sharing.UNIT)
    if home.marking_code and home.marking_code == claim.marking_code:
        common.add(Sharing.CODE)
    if home.filing_id == claim.filing_id:
        common.add(Sharing.PERSON)
    return PhotoLead(
        photo_id=photo_id,
        other_photo_id=other.photo_id,
        other_claim_id=home.claim_id,
        distance=other.distance,
        is_same_file=is_same_file,
        is_same_unit=is_same_unit,
        shared=frozenset(common),
    )
