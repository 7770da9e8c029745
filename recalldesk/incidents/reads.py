"""The door to incidents, as far as whoever told of one needs it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from recalldesk.foundation.working_days import add_working_days
from recalldesk.incidents.models import Incident
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import LiveRecall
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.sealing.fields_of_rows import opened

INCIDENT_OF_CLAIM = Subquery(
    Incident.objects.filter(filing_id=OuterRef("filing_id")).order_by("pk").values("pk")[:1]
)
"""The number of the incident that came with a claim, asked for beside the claim itself."""


NONCE_OF_PLACED = "placed {}"
"""By what the report that counts in a recall is known as that of one of none (`placing`)."""


def standing_for(incident_id: int) -> int:
    """The report with which what was told of one stands: itself, or that of its recall once that
    was known."""
    rows = Incident.objects.filter(nonce=NONCE_OF_PLACED.format(incident_id))
    return rows.values_list("pk", flat=True).first() or incident_id


def is_untold(incident_id: int) -> bool:
    """Whether nobody has said yet how to be reached about it."""
    incident_id = standing_for(incident_id)
    return Incident.objects.filter(pk=incident_id, filing__isnull=True, sealed_contact=b"").exists()


def incident_of_contact(contact_id: int) -> int | None:
    """The number of the incident that a call or letter told of."""
    rows = Incident.objects.filter(contact_id=contact_id)
    return rows.values_list("pk", flat=True).first()


def told_of_danger(contact_id: int) -> bool:
    """Whether what was told by a call or letter stands with an incident."""
    return Incident.objects.filter(contact_id=contact_id).exclude(sealed_account=b"").exists()


def incident_numbered(incident_id: int) -> Incident | None:
    """The incident of a number, for whoever holds its token."""
    rows = Incident.objects.select_related("evidence", "filing")
    return rows.filter(pk=standing_for(incident_id)).first()


def of_claim(filing_id: int) -> int | None:
    """The number of the incident that was told with a claim."""
    return Incident.objects.filter(filing_id=filing_id).values_list("pk", flat=True).first()


def has_claim(incident_id: int) -> bool:
    """Whether a claim was made of it, which says how its owner is reached."""
    return Incident.objects.filter(pk=standing_for(incident_id), filing__isnull=False).exists()


def waits_for_form(incident_id: int, nonce: str) -> bool:
    """Whether no form told of an incident yet, or this one did. Of another form of the same browser
    it is not known to be the same: two owners may share one."""
    return Incident.objects.filter(pk=incident_id, nonce__in={"", nonce}).exists()


def is_reached(incident: Incident) -> bool:
    """Whether it is known how to reach whoever told of it."""
    return incident.filing_id is not None or bool(incident.sealed_contact)


def serial_of(incident: Incident) -> str:
    """The serial that was told, for whoever told it."""
    return opened(incident, "sealed_serial")


def called_by(incident: Incident, recalls: Sequence[LiveRecall]) -> date:
    """The day by which a person gets in touch about an incident that made no claim: the latest
    that any recall promises."""
    documents = [each.document for each in recalls]
    days = [_called_by(incident.obtained_at, document) for document in documents]
    return max(days, default=add_working_days(incident.obtained_at.date(), 1))


def _called_by(obtained_at: datetime, document: Document) -> date:
    calendar = calendar_of(document)
    return calendar.after(calendar.day_of(obtained_at), document.promises.confirm_days)
