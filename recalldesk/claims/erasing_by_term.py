"""Filings whose time is over: erased whole, or first where money went, the photos, the messages.

Guarantees: the time runs from the end of the last claim, and nothing goes while one is open or its
owner waits for an answer; what stays is the filing with its claims, their stages and what was sent,
so that no figure changes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from recalldesk.audit.actions import erase_notes, record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.erasing import erase_if_over, erase_photos
from recalldesk.claims.erasing_contacts import contacts_due
from recalldesk.claims.kept import (
    contacts_kept,
    filing_at,
    filing_named,
    filings_kept,
    is_kept,
    left_photos_kept,
)
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import OPEN, FilingState
from recalldesk.evidence.actions import erase_evidence
from recalldesk.evidence.models import EvidenceSet
from recalldesk.evidence.states import EvidencePurpose
from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser, register_eraser
from recalldesk.keeping.kinds import OF_A_FILING, Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Thing, Why
from recalldesk.keeping.stubs import note_erased, note_rows_erased
from recalldesk.keeping.terms import old_before
from recalldesk.keeping.things import HELD, Named, Preview, register_thing


def filings_ended(kind: Kind, now: datetime) -> QuerySet[Filing]:
    """Filings that ended so long ago that a kind of what they hold is erased."""
    old = old_before(kind, now, recall="recall_id", country="country")
    # Whoever wrote and got no answer yet waits for one.
    silent = Filing.objects.filter(state=FilingState.FILED, owner_wrote_at__isnull=True)
    rows = silent.filter(filed_at__lte=old).annotate(old=old)
    still = Claim.objects.filter(filing=OuterRef("pk")).filter(
        Q(state__in=sorted(OPEN)) | Q(state_since__gt=OuterRef("old"))
    )
    return rows.exclude(Exists(still))


def owners_due(now: datetime) -> QuerySet[Filing]:
    """Filings that are erased whole."""
    return filings_ended(Kind.OWNER, now)


def payees_due(now: datetime) -> QuerySet[Filing]:
    """Filings that still say where money went."""
    return filings_ended(Kind.PAYEE, now).exclude(sealed_payee=b"")


def photos_due(now: datetime) -> QuerySet[Filing]:
    """Filings that still have photos of units, also of none: the sets are closed."""
    left = EvidenceSet.objects.filter(erased_at__isnull=True, claim__filing=OuterRef("pk"))
    return filings_ended(Kind.PHOTOS, now).filter(Exists(left))


def messages_due(now: datetime) -> QuerySet[Filing]:
    """Filings that still have messages."""
    rows = filings_ended(Kind.MESSAGES, now)
    return rows.filter(messages__sealed_text__gt=b"").distinct()


def left_photos_due(now: datetime) -> QuerySet[EvidenceSet]:
    """Sets of units that an owner took out of a draft while a hold kept the photos."""
    rows = EvidenceSet.objects.filter(purpose=EvidencePurpose.CLAIM, erased_at__isnull=True)
    nobodys = rows.filter(claim__isnull=True, contact__isnull=True, message__isnull=True)
    return nobodys.filter(created_at__lte=now - timedelta(days=1))


@transaction.atomic
def _erase_left_photos(numbers: Sequence[int], why: Why) -> int:
    lock_erasing()
    rows = left_photos_due(clock.now()).filter(pk__in=numbers).exclude(left_photos_kept())
    count = 0
    for evidence in rows.order_by("pk"):
        erase_evidence(evidence_set=evidence, actor=Actor.MACHINE)
        note_rows_erased(Kind.PHOTOS, 1, recall_id=evidence.recall_id, why=why)
        count += 1
    return count


def _erase_whole(numbers: Sequence[int], why: Why) -> int:
    count = 0
    for number in numbers:
        with transaction.atomic():
            lock_erasing()
            if owners_due(clock.now()).filter(pk=number).exists():
                count += erase_if_over(number, why)
    return count


def _part(
    kind: Kind, due: Callable[[datetime], QuerySet[Filing]], empty: Callable[[Filing], None]
) -> Callable[[Sequence[int], Why], int]:
    def erase(numbers: Sequence[int], why: Why) -> int:
        return sum(_erase_part(number, why) for number in numbers)

    @transaction.atomic
    def _erase_part(number: int, why: Why) -> bool:
        lock_erasing()
        filing = locked_filing(number)
        rows = due(clock.now()).filter(pk=number).exclude(filings_kept(OF_A_FILING))
        if filing is None or not rows.exists():
            return False
        empty(filing)
        record_change(
            subject=Subject.FILING,
            subject_id=filing.pk,
            from_state=filing.state,
            to_state=filing.state,
            reason=Reason.KEPT_LONG_ENOUGH,
            actor=Actor.MACHINE,
            recall_id=filing.recall_id,
        )
        note_erased(kind, thing=Thing.FILING, number=filing.pk, recall_id=filing.recall_id, why=why)
        return True

    return erase


def _empty_payee(filing: Filing) -> None:
    filing.sealed_payee = b""
    filing.save(update_fields=["sealed_payee"])


def _empty_photos(filing: Filing) -> None:
    erase_photos(filing, Actor.MACHINE)


def _empty_messages(filing: Filing) -> None:
    left = filing.messages.exclude(sealed_text=b"").values_list("pk", flat=True)
    erase_notes(
        subject=Subject.MESSAGE,
        subject_ids=filing.messages.values_list("pk", flat=True),
        actor=Actor.MACHINE,
        recall_id=filing.recall_id,
        and_texts_of=list(left),
    )
    filing.messages.update(sealed_text=b"")


def preview(number: int) -> Preview:
    """What an erasure of a filing before its day takes, and what stays."""
    filing = Filing.objects.filter(pk=number).first()
    if filing is None or filing.state != FilingState.FILED:
        return Preview((), (), "There is nothing to erase: it is a draft, or it is erased.")
    claims = filing.claims.count()
    photos = sum(claim.evidence.photos.count() for claim in filing.claims.all())
    return Preview(
        goes=(
            "name, e-mail address, phone number, address and account",
            f"the serials of {claims} unit{'' if claims == 1 else 's'}",
            *_so_many(photos, "photo, with its copies", "photos, with their copies"),
            *_so_many(filing.messages.count(), "message", "messages"),
            *_so_many(filing.contacts.count(), "note of a contact", "notes of contacts"),
            "what staff wrote about it",
            "its gift codes, 30 days later",
        ),
        stays=(
            "its reference, dates and stages",
            "what was decided and sent, with amounts",
            "every row that a figure counts, and the log",
        ),
        waits=_what_waits(filing),
    )


def _so_many(count: int, one: str, several: str) -> tuple[str, ...]:
    return (f"{count:,} {one if count == 1 else several}",) if count else ()


def _what_waits(filing: Filing) -> str:
    if is_kept(filing):
        return HELD
    if filing.claims.filter(state__in=sorted(OPEN)).exists():
        return "Its owner still waits for something: a claim of it is open."
    if filing.owner_wrote_at is not None:
        return "Its owner wrote, and nobody answered."
    return ""


def register() -> None:
    """Says what of claims is erased by its term, and how filings are found."""
    register_thing(
        Thing.FILING,
        Named(
            find=filing_named,
            at=filing_at,
            preview=preview,
            erase=erase_if_over,
            hint="Give the reference that its owner has, as the page of the claim shows it.",
        ),
    )
    parts = (
        (Kind.PAYEE, payees_due, _empty_payee),
        (Kind.PHOTOS, photos_due, _empty_photos),
        (Kind.MESSAGES, messages_due, _empty_messages),
    )
    register_eraser(
        Eraser(
            "claims.owners", Kind.OWNER, owners_due, _kept, country="country", erase=_erase_whole
        )
    )
    for kind, due, empty in parts:
        erase = _part(kind, due, empty)
        register_eraser(Eraser(f"claims.{kind}", kind, due, _kept, country="country", erase=erase))
    register_eraser(
        Eraser(
            "claims.left_photos",
            Kind.PHOTOS,
            left_photos_due,
            left_photos_kept,
            erase=_erase_left_photos,
        )
    )
    register_eraser(Eraser("claims.contacts", Kind.CONTACTS, contacts_due, contacts_kept))


def _kept() -> Q:
    return filings_kept(OF_A_FILING)
