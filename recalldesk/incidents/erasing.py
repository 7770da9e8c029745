"""What incidents tell of people is erased five years after it was obtained.

Guarantees: the rows stay, with what happened, when, and what care was needed, so that every figure
can still be counted; words, ages, serials, contacts, photos and what staff wrote go, and whatever
is sealed here or found by a digest goes with them; one that fails is left for the next time.
"""

from datetime import timedelta

import structlog
from django.db import models, transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.actions import erase_notes, record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.erasing_contacts import erase_told_contact
from recalldesk.evidence.actions import erase_evidence
from recalldesk.foundation import clock
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.sealing.fields import LookupField, SealedField

log = structlog.get_logger()
KEPT = timedelta(days=5 * 365)
"""Of the register of complaints under the GPSR; a day or two less than five years."""


def erase_people_of_old_incidents() -> int:
    """Erases what is due; returns of how many incidents."""
    count = 0
    for incident_id in list(_due().values_list("pk", flat=True)):
        try:
            count += _erase(incident_id)
        except Exception as error:
            name = type(error).__name__
            log.error("incident_left_for_next_time", incident=incident_id, error=name)
    return count


def _names(model: type[models.Model]) -> list[str]:
    """The fields that hold something of people, also those that are added one day."""
    return [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, SealedField | LookupField)
    ]


def _holds(model: type[models.Model], path: str = "") -> Q:
    held = Q()
    for name in _names(model):
        held |= Q(**{f"{path}{name}__gt": b""})
    return held


def _due() -> QuerySet[Incident]:
    rows = Incident.objects.filter(obtained_at__lte=clock.now() - KEPT)
    held = _holds(Incident) | _holds(Injury, "injuries__") | _holds(Damage, "damages__")
    held |= Q(evidence__isnull=False, evidence__erased_at__isnull=True)
    held |= Q(contact__sealed_note__gt=b"", contact__filing__isnull=True)
    return rows.filter(held).order_by("pk").distinct()


@transaction.atomic
def _erase(incident_id: int) -> bool:
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    if not _due().filter(pk=incident_id).exists():
        return False
    for name in _names(Incident):
        setattr(incident, name, b"")
    incident.save(update_fields=_names(Incident))
    incident.injuries.update(**dict.fromkeys(_names(Injury), b""))
    incident.damages.update(**dict.fromkeys(_names(Damage), b""))
    if incident.evidence is not None:
        erase_evidence(evidence_set=incident.evidence, actor=Actor.MACHINE)
    if incident.contact_id is not None:
        erase_told_contact(contact_id=incident.contact_id)
    erase_notes(
        subject=Subject.INCIDENT,
        subject_ids=[incident_id],
        actor=Actor.MACHINE,
        recall_id=incident.recall_id,
    )
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident_id,
        from_state=incident.state,
        to_state=incident.state,
        reason=Reason.ERASED,
        actor=Actor.MACHINE,
        recall_id=incident.recall_id,
    )
    return True
