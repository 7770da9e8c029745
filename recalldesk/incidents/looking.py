"""What an incident tells of people and their health, in full.

Guarantees: who may not see it gets none of it; each look stands in the log before anything is
shown, with why, and so does each photo. What is read of it by way of a claim or a contact is logged
here too.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import photos_of
from recalldesk.evidence.states import PhotoState
from recalldesk.incidents.errors import NoSuchIncident
from recalldesk.incidents.found_again import serial_of
from recalldesk.incidents.models import Incident
from recalldesk.incidents.opening import reason_in
from recalldesk.incidents.story import Damaged, Hurt, damaged_of, hurt_of
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True, repr=False)
class InFull:
    """All that is sealed of one incident. `photos`: the numbers of those that can be shown."""

    account: str
    serial: str
    contact: str
    hurt: tuple[Hurt, ...]
    damaged: tuple[Damaged, ...]
    photos: tuple[int, ...]


@transaction.atomic
def show_in_full(*, number: int, by: Staff, reason: str) -> InFull:
    """Raises NotPermitted, NoReasonGiven, NoSuchIncident, SealingError."""
    require(by, Permission.SEE_HEALTH)
    said = reason_in(reason)
    incident = _incident(number)
    _log(incident, by, said)
    return InFull(
        account=opened(incident, "sealed_account"),
        serial=serial_of(incident),
        contact=_contact(incident),
        hurt=tuple(hurt_of(incident)),
        damaged=tuple(damaged_of(incident)),
        photos=tuple(photo.pk for photo in shown_photos(incident)),
    )


def shown_photos(incident: Incident) -> list[Photo]:
    """The photos that can be shown, the first sent first."""
    if incident.evidence is None:
        return []
    return [each for each in photos_of(incident.evidence) if each.state == PhotoState.CLEAN]


@transaction.atomic
def show_photo(*, number: int, photo_id: int, by: Staff) -> Photo:
    """One photo. Raises NotPermitted, NoSuchIncident."""
    require(by, Permission.SEE_HEALTH)
    incident = _incident(number)
    photo = next((each for each in shown_photos(incident) if each.pk == photo_id), None)
    if photo is None:
        raise NoSuchIncident(number)
    _log(incident, by, f"Photo {photo_id}")
    return photo


@transaction.atomic
def account_shown(
    *, by: Staff, reason: str, filing_id: int | None = None, contact_id: int | None = None
) -> str:
    """What was told of danger with a claim, or by a call or letter; nothing where nothing was. The
    caller asked whether the person may see it, and why."""
    told = Q(filing_id=filing_id) if filing_id is not None else Q(contact_id=contact_id)
    incident = Incident.objects.filter(told).exclude(sealed_account=b"").first()
    if incident is None:
        return ""
    _log(incident, by, reason)
    return opened(incident, "sealed_account")


def _incident(number: int) -> Incident:
    rows = Incident.objects.select_related("filing", "evidence")
    incident = rows.filter(pk=number).first()
    if incident is None:
        raise NoSuchIncident(number)
    return incident


def _contact(incident: Incident) -> str:
    filing = incident.filing
    if filing is None:
        return opened(incident, "sealed_contact")
    told = (opened(filing, f"sealed_{each}") for each in ("name", "email", "phone"))
    return " ".join(each for each in told if each)


def _log(incident: Incident, by: Staff, note: str) -> None:
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=incident.state,
        to_state=incident.state,
        reason=Reason.HEALTH_SHOWN,
        actor_id=by.pk,
        recall_id=incident.recall_id,
        note=note,
    )
