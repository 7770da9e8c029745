"""The contacts that the desk noted: listed page by page, one opened, what was said and its scans
shown.

Guarantees: a page begins behind its place whatever came meanwhile; what was said or scanned is
shown only to whoever may see personal data, and each look stands in the log.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.references import reference_in
from recalldesk.claims.states import Channel, ContactAbout, FilingState
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.sealing.fields_of_rows import opened

PAGE_SIZE = 50
WHY_SHOWN = "To read what was said"
WHY_SCAN_SHOWN = "To look at scan {number}"
"""Who opens a note or a scan is not asked why: the act says it."""


@dataclass(frozen=True)
class ContactFilters:
    """What a list of contacts is narrowed to; empty or None where by nothing. `day`: in UTC."""

    recall: str = ""
    channel: Channel | None = None
    about: ContactAbout | None = None
    day: date | None = None


@dataclass(frozen=True)
class ContactRow:
    """One contact. `reference`: of its claim, or empty; `has_note`: whether anything was noted."""

    contact_id: int
    recall: str
    reference: str
    channel: Channel
    about: ContactAbout
    by: str
    happened_at: datetime
    has_note: bool


@dataclass(frozen=True)
class ContactPage:
    """A page of the list. `after`: the place of the next page; None where there is none."""

    rows: tuple[ContactRow, ...]
    after: int | None


def contacts_page(
    filters: ContactFilters, *, by: Staff, after: int | None = None, size: int = PAGE_SIZE
) -> ContactPage:
    """The contacts, the newest first, by one query. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    rows = contacts_in(filters)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: size + 1])
    shown = found[:size]
    return ContactPage(
        rows=tuple(row_of(contact) for contact in shown),
        after=shown[-1].pk if len(found) > size else None,
    )


def contacts_in(filters: ContactFilters) -> QuerySet[Contact]:
    """The contacts of a list, the newest first; who may see them is for the caller."""
    rows = Contact.objects.select_related("recall", "filing", "by").order_by("-pk")
    if filters.recall:
        rows = rows.filter(recall__slug=filters.recall)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.about:
        rows = rows.filter(about=filters.about)
    if filters.day:
        begin = datetime.combine(filters.day, time(), UTC)
        rows = rows.filter(happened_at__gte=begin, happened_at__lt=begin + timedelta(days=1))
    return rows


def row_of(contact: Contact) -> ContactRow:
    """A contact as it is listed."""
    return ContactRow(
        contact_id=contact.pk,
        recall=contact.recall.slug,
        reference=contact.filing.reference if contact.filing else "",
        channel=Channel(contact.channel),
        about=ContactAbout(contact.about),
        by=contact.by.name,
        happened_at=contact.happened_at,
        has_note=bool(contact.sealed_note),
    )


def contact_numbered(number: int, *, by: Staff) -> Contact | None:
    """One contact, with its claim; or None. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    rows = Contact.objects.select_related("recall", "filing__version", "by", "evidence")
    return rows.filter(pk=number).first()


@transaction.atomic
def show_note(*, contact: Contact, by: Staff) -> str:
    """What was said; the log says who looked, and why. Raises NotPermitted, SealingError."""
    require(by, Permission.SEE_PERSONAL)
    _log_shown(contact, by, WHY_SHOWN)
    return opened(contact, "sealed_note")


@transaction.atomic
def show_scan(*, contact: Contact, number: int, by: Staff) -> Photo | None:
    """A scan that can be looked at, or None; the log says who looked. Raises NotPermitted."""
    require(by, Permission.SEE_PERSONAL)
    scans = Photo.objects.filter(evidence_set=contact.evidence_id, state=PhotoState.CLEAN)
    found = scans.filter(pk=number).first()
    if found is not None:
        _log_shown(contact, by, WHY_SCAN_SHOWN.format(number=found.pk))
    return found


def _log_shown(contact: Contact, by: Staff, why: str) -> None:
    record_change(
        subject=Subject.CONTACT,
        subject_id=contact.pk,
        from_state=contact.channel,
        to_state=contact.channel,
        reason=Reason.PERSONAL_SHOWN,
        actor_id=by.pk,
        recall_id=contact.recall_id,
        note=why,
    )


def filing_named(text: str, *, recall_id: int) -> Filing | None:
    """A claim of a recall that was sent, by its reference as anybody types it; or None."""
    rows = Filing.objects.filter(recall_id=recall_id, state=FilingState.FILED)
    return rows.filter(reference=reference_in(text)).first()
