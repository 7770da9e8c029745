"""Made-up people of the desk, and claims that wait for them."""

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Actor
from recalldesk.claims.deciding.leading import newer_of
from recalldesk.claims.desk.deciding import approve_claim, decline_claim
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.models import Claim, Decision, Filing
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.models import Photo
from recalldesk.evidence.moving import locked, move
from recalldesk.evidence.states import PhotoState
from tests.cast import AFFECTED
from tests.claims.owner import OLGA, Owner, claim_of


def staff(name: str, role: Role = Role.REVIEWER) -> Staff:
    """One of the desk; the same person for the same name."""
    found = Staff.objects.filter(email=f"{name}@desk.example").first()
    if found is None:
        found = Staff(email=f"{name}@desk.example", name=name.title(), role=role)
        found.set_unusable_password()
        found.save()
    return found


def rita() -> Staff:
    """A reviewer."""
    return staff("rita")


def remo() -> Staff:
    """Another reviewer."""
    return staff("remo")


def senta() -> Staff:
    """A senior reviewer."""
    return staff("senta", Role.SENIOR_REVIEWER)


def sven() -> Staff:
    """Another senior reviewer."""
    return staff("sven", Role.SENIOR_REVIEWER)


def of_people() -> QuerySet[Decision]:
    """What people decided; what the rule said of the same claims stands beside it."""
    return Decision.objects.filter(by__isnull=False)


def waiting_claim(owner: Owner = OLGA, serial: str = AFFECTED, **more: str) -> Claim:
    """A claim in review, with a photo that can be looked at."""
    filing = owner.drafts(serial, photos=True, **more)
    for photo in Photo.objects.filter(evidence_set__claim__filing=filing):
        cleaned(photo)
    return claim_of(submit_filing(filing_id=filing.pk))


@transaction.atomic
def cleaned(photo: Photo) -> None:
    """A photo as its jobs leave it, though nobody read it."""
    held = locked(photo.pk)
    move(held, PhotoState.SCANNING, actor=Actor.MACHINE)
    held.picture_bytes = held.width = held.height = 1
    move(held, PhotoState.CLEAN, actor=Actor.MACHINE)


def now(claim: Claim) -> Claim:
    """The claim as it stands."""
    return Claim.objects.select_related("filing__recall", "filing__version", "evidence").get(
        pk=claim.pk
    )


def seen(claim: Claim) -> int:
    """The stamp of the claim as it stands."""
    return stamp_of(now(claim))


def approved(claim: Claim, by: Staff | None = None, **more: object) -> Decision:
    """Approved by a reviewer who has seen all of it."""
    return approve_claim(
        claim_id=claim.pk,
        by=by or rita(),
        seen=seen(claim),
        known=newer_of(now(claim)).names,
        **more,  # type: ignore[arg-type]
    )


def declined(claim: Claim, by: Staff | None = None, *, words: str = "", note: str = "") -> Decision:
    """Declined by a reviewer who has seen all of it."""
    return decline_claim(
        claim_id=claim.pk,
        by=by or rita(),
        seen=seen(claim),
        reason="other",
        words=words,
        note=note,
    )


def filing_of(claim: Claim) -> Filing:
    """Its filing as it stands."""
    return now(claim).filing
