"""Claims whose photos were read, in one call. Everything is made up."""

from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.claims.models import Claim, Decision, Filing
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.like_photos import keep_fingerprint
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.reading.likeness import BYTES, TURNS
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import RemedyState
from tests.cast import AFFECTED
from tests.claims.owner import CARD, OLGA, STREET, Owner, claim_of, sends
from tests.claims.readings import is_read, label_of, marking_of
from tests.worked import run_jobs

R = DecisionReason


def owner(number: int, **more: object) -> Owner:
    """A made-up owner who has nothing in common with another number's."""
    street = STREET | {"street_address": f"{number + 100} Madeup{number} Lane"}
    made = Owner(f"Given{number} Family{number}", f"owner{number}@home.example", street=street)
    return replace(made, **more)  # type: ignore[arg-type]


def drafted(
    who: Owner = OLGA, serial: str = AFFECTED, *, content: bytes = b"", remedy: str = CARD
) -> Filing:
    """A draft whose photos were read and show all that is asked. `content`: bytes of the photos,
    which else are like no other's."""
    draft = who.opens(serial)
    for claim in draft.claims.all():
        for kind in (PhotoKind.LABEL, PhotoKind.MARKING):
            photo = _same(claim, kind, content) if content else sends(claim, kind)
            with transaction.atomic():
                is_read(photo, label_of(serial) if kind == PhotoKind.LABEL else marking_of())
    filled = who.fills(draft, remedy=remedy)
    filled.claims.update(cannot_photograph=False)
    return filled


def _same(claim: Claim, kind: PhotoKind, content: bytes) -> Photo:
    return receive_photo(evidence_set=claim.evidence, kind=kind, chunks=[content + kind.encode()])


def sent(
    who: Owner = OLGA,
    serial: str = AFFECTED,
    *,
    content: bytes = b"",
    network: str = "",
    remedy: str = CARD,
) -> Filing:
    """The same, sent: the rule has decided."""
    draft = drafted(who, serial, content=content, remedy=remedy)
    filing = submit_filing(filing_id=draft.pk, network=network)
    run_jobs(tasks=["claims.evidence_settled"])
    return filing


def looks_like(filing: Filing, bits: int, kind: PhotoKind = PhotoKind.LABEL) -> None:
    """Gives its photo of a kind a look that differs in so many bits from the look of 0."""
    photo = claim_of(filing).evidence.photos.get(kind=kind)
    look = (int.from_bytes(bytes([0b10100101]) * BYTES) ^ ((1 << bits) - 1)).to_bytes(BYTES)
    keep_fingerprint(photo, look * TURNS)


def reasons_of(filing: Filing, position: int = 1) -> set[str]:
    """Why a person looks at it, as its tags say."""
    return set(claim_of(filing, position).tags)


def decision_of(filing: Filing) -> Decision:
    """The last decision about its first claim."""
    return Decision.objects.filter(claim=claim_of(filing)).latest("pk")


def is_ordered(remedies: QuerySet[Remedy], at_last: RemedyState = RemedyState.ORDERED) -> None:
    """These left their wait and stand at `at_last`, by moves that the database allows."""
    remedies.update(state=RemedyState.ORDERING)
    remedies.update(state=at_last)
