"""What incidents tell of people is erased five years after it was obtained, or earlier.

Guarantees: the rows stay, with what happened, when, and what care was needed, so that every figure
can still be counted; words, ages, serials, contacts, photos and what staff wrote go, and whatever
is sealed here or found by a digest goes with them; one that fails is left for the next time.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import models, transaction
from django.db.models import Q, QuerySet

from recalldesk.audit.actions import erase_notes, record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.erasing_contacts import erase_told_contact
from recalldesk.claims.kept import register_told_with
from recalldesk.evidence.actions import erase_evidence
from recalldesk.foundation import clock
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.states import IncidentState
from recalldesk.keeping.erasers import Eraser, register_eraser
from recalldesk.keeping.held import held_rows, holds_in_force
from recalldesk.keeping.kinds import Kind, bounds
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached, Thing, Why
from recalldesk.keeping.stubs import note_erased
from recalldesk.keeping.terms import old_before
from recalldesk.keeping.things import HELD, Found, Named, Preview, register_reach, register_thing
from recalldesk.sealing.fields import LookupField, SealedField

log = structlog.get_logger()
LONGEST_NUMBER = 18
UNDECIDED = Q(state=IncidentState.OBTAINED, same_as=None) | Q(same_as__state=IncidentState.OBTAINED)
"""What nobody decided about. A report that was joined to another is decided with that one."""
Held = Mapping[Thing, Collection[Any]]


def erase_people_of_old_incidents() -> int:
    """Erases what is due; returns of how many incidents."""
    count = 0
    due = incidents_due(clock.now()).exclude(incidents_held())
    for incident_id in list(due.order_by("pk").values_list("pk", flat=True)):
        try:
            count += _erase_old(incident_id)
        except Exception as error:
            name = type(error).__name__
            log.error("incident_left_for_next_time", incident=incident_id, error=name)
    return count


def _is_undecided(incident: Incident) -> bool:
    return Incident.objects.filter(UNDECIDED, pk=incident.pk).exists()


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


def incidents_due(now: datetime) -> QuerySet[Incident]:
    """Those that are old enough at a moment and still tell something, held or not.

    One about which nothing is decided yet waits for that, but never past the most that the law
    allows.
    """
    old = old_before(Kind.INCIDENTS, now, recall="recall_id", country="country")
    most = now - timedelta(days=bounds()[Kind.INCIDENTS].most)
    rows = _telling().filter(obtained_at__lte=old)
    return rows.exclude(
        pk__in=Incident.objects.filter(UNDECIDED, obtained_at__gt=most).values("pk")
    )


def incidents_held() -> Q:
    """Those that a legal hold keeps."""
    return _held_by(None)


def holds_on_incident(incident_id: int) -> list[LegalHold]:
    """The holds in force that keep an incident, the first one first."""
    rows = Incident.objects.filter(pk=incident_id)
    holds = list(holds_in_force([Kind.INCIDENTS]).select_related("recall", "placed_by"))
    if not holds or not rows.filter(_held_by(holds)).exists():
        return []
    return [hold for hold in holds if rows.filter(_held_by([hold])).exists()]


def _held_by(holds: Collection[LegalHold] | None) -> Q:
    return held_rows(
        [Kind.INCIDENTS],
        recall="recall_id",
        country="country",
        of=Reached.INCIDENT,
        among=holds,
    )


def _telling() -> QuerySet[Incident]:
    held = _holds(Incident) | _holds(Injury, "injuries__") | _holds(Damage, "damages__")
    held |= Q(evidence__isnull=False, evidence__erased_at__isnull=True)
    held |= Q(contact__sealed_note__gt=b"", contact__filing__isnull=True)
    return Incident.objects.filter(pk__in=Incident.objects.filter(held).values("pk"))


@transaction.atomic
def _erase_old(incident_id: int) -> bool:
    lock_erasing()
    Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    if not incidents_due(clock.now()).filter(pk=incident_id).exists():
        return False
    return erase_incident(incident_id, Why.TERM)


def erase_incident(incident_id: int, why: Why) -> bool:
    """Erases what one incident tells of people, in the transaction of a caller that holds
    `lock_erasing`. False where a hold keeps it, nothing is decided about it, or it tells nothing.
    """
    incident = Incident.objects.select_for_update(of=("self",)).filter(pk=incident_id).first()
    if incident is None or not _telling().filter(pk=incident_id).exists():
        return False
    if Incident.objects.filter(incidents_held(), pk=incident_id).exists():
        return False
    if why is Why.EARLY and _is_undecided(incident):
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
    note_erased(
        Kind.INCIDENTS,
        thing=Thing.INCIDENT,
        number=incident_id,
        recall_id=incident.recall_id,
        why=why,
    )
    return True


def preview(number: int) -> Preview:
    """What an erasure of an incident before its day takes, and what stays."""
    incident = Incident.objects.filter(pk=number).first()
    if incident is None or not _telling().filter(pk=number).exists():
        return Preview((), (), "It tells nothing of people any more.")
    return Preview(
        goes=(
            "the account, the serial, and how to reach the teller",
            f"ages and harm of {incident.injuries.count()} people",
            f"words about {incident.damages.count()} damaged things",
            "its photos, and what staff wrote",
        ),
        stays=(
            "what happened, when, and what care was needed",
            "the decision, and the reference of the authority",
            "every row that a figure counts, and the log",
        ),
        waits=_what_waits(incident),
    )


def _what_waits(incident: Incident) -> str:
    if Incident.objects.filter(incidents_held(), pk=incident.pk).exists():
        return HELD
    if _is_undecided(incident):
        return "Nobody has decided yet whether it has to be reported."
    return ""


def incident_at(number: int) -> Found | None:
    """An incident by its number."""
    incident = Incident.objects.filter(pk=number).first()
    if incident is None:
        return None
    name, identity = f"Incident {incident.pk}", incident.obtained_at.isoformat()
    return Found(incident.pk, name, incident.recall_id, incident.country, identity)


def _named(text: str) -> Found | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
    return incident_at(int(text)) if is_number else None


def register() -> None:
    """Says how incidents are found, what belongs to one that is held, and when they are erased."""
    register_thing(
        Thing.INCIDENT,
        Named(
            find=_named,
            at=incident_at,
            preview=preview,
            erase=erase_incident,
            hint="Give its number, as the list of incidents shows it.",
        ),
    )
    register_reach(Reached.INCIDENT, _told_with_filings)
    register_told_with(Kind.INCIDENTS, Q(incident__isnull=False))
    register_reach(Reached.FILING, _column("filing_id"))
    register_reach(Reached.EVIDENCE, _column("evidence_id"))
    register_reach(Reached.CONTACT, _column("contact_id"))
    register_eraser(
        Eraser(
            "incidents.people",
            Kind.INCIDENTS,
            incidents_due,
            incidents_held,
            country="country",
        )
    )


def _told_with_filings(held: Held) -> Collection[Any]:
    rows = Incident.objects.filter(filing_id__in=held.get(Thing.FILING, ()))
    return list(rows.values_list("pk", flat=True))


def _column(name: str) -> Callable[[Held], Collection[Any]]:
    def ids(held: Held) -> Collection[Any]:
        of_held = Q(pk__in=held.get(Thing.INCIDENT, ()))
        if name != "filing_id":
            of_held |= Q(filing_id__in=held.get(Thing.FILING, ()))
        rows = Incident.objects.filter(of_held).exclude(**{name: None})
        return list(rows.values_list(name, flat=True))

    return ids
