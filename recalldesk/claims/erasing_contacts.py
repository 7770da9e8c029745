"""What was noted of contacts that never became part of a claim is erased after half a year.

Guarantees: the row stays, with how, about what, when and by whom, so that figures do; its note and
its scans go. What belongs to a claim goes with it, and what told of danger with its incident.
"""

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.actions import erase_notes, record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.kept import contacts_kept
from recalldesk.claims.models import Contact
from recalldesk.claims.states import ContactAbout
from recalldesk.evidence.actions import erase_evidence
from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.stubs import note_rows_erased
from recalldesk.keeping.terms import old_before

log = structlog.get_logger()
ERASED = "erased"
"""The state of a contact in the log, beside its way of coming."""


def erase_contacts() -> int:
    """Erases those that are due; returns how many. One that fails is left for the next time."""
    count = 0
    for contact_id in list(_due().order_by("pk").values_list("pk", flat=True)):
        try:
            count += _erase(contact_id)
        except Exception as error:
            log.error("contact_left_for_next_time", contact=contact_id, error=type(error).__name__)
    return count


def contacts_due(now: datetime) -> QuerySet[Contact]:
    """Those that are old enough at a moment, held or not."""
    holds = ~Q(sealed_note=b"") | Q(evidence__isnull=False, evidence__erased_at__isnull=True)
    old = old_before(Kind.CONTACTS, now, recall="recall_id")
    rows = Contact.objects.filter(holds, filing__isnull=True, at__lte=old)
    return rows.exclude(about=ContactAbout.DANGER)


def _due() -> QuerySet[Contact]:
    return contacts_due(clock.now()).exclude(contacts_kept())


@transaction.atomic
def _erase(contact_id: int) -> bool:
    lock_erasing()
    held = Contact.objects.select_for_update().get(pk=contact_id)
    if not _due().filter(pk=contact_id).exists():
        return False  # it was linked to a claim meanwhile
    _empty(held)
    note_rows_erased(Kind.CONTACTS, 1, recall_id=held.recall_id)
    return True


@transaction.atomic
def erase_told_contact(*, contact_id: int) -> None:
    """Erases what was noted of a contact that told of danger, once that need not be kept longer.
    What belongs to a claim goes with it."""
    held = Contact.objects.select_for_update().get(pk=contact_id)
    if held.filing_id is None:
        _empty(held)


def _empty(held: Contact) -> None:
    if held.evidence is not None:
        erase_evidence(evidence_set=held.evidence, actor=Actor.MACHINE)
    erase_notes(
        subject=Subject.CONTACT,
        subject_ids=[held.pk],
        actor=Actor.MACHINE,
        recall_id=held.recall_id,
        and_texts_of=[held.pk] if held.sealed_note else (),
    )
    held.sealed_note = b""
    held.save(update_fields=["sealed_note"])
    record_change(
        subject=Subject.CONTACT,
        subject_id=held.pk,
        from_state=held.channel,
        to_state=ERASED,
        actor=Actor.MACHINE,
        recall_id=held.recall_id,
    )
