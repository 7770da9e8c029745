"""The lock under which the desk changes an incident, and what of it was seen.

Guarantees: whoever holds it is alone with the incident; several are locked in the order of their
numbers; what was seen is compared under the lock.
"""

import hashlib
from collections.abc import Collection

from recalldesk.incidents.errors import NoReasonGiven, NoSuchIncident, NotAsSeen
from recalldesk.incidents.models import Incident

LONGEST_NOTE = 2_000


def locked_incident(number: int, *, seen: str = "") -> Incident:
    """The incident as it stands. `seen`: its stamp where whoever acts saw it; else it is not
    compared. Raises NoSuchIncident, NotAsSeen."""
    rows = Incident.objects.select_for_update(of=("self",)).select_related("recall", "filing")
    incident = rows.filter(pk=number).first()
    if incident is None:
        raise NoSuchIncident(number)
    if seen and seen != stamp_of(incident):
        raise NotAsSeen
    return incident


def locked_incidents(numbers: Collection[int]) -> dict[int, Incident]:
    """Several, with those that are joined to one of them. Raises NoSuchIncident."""
    joined = Incident.objects.filter(same_as_id__in=numbers).values_list("pk", flat=True)
    wanted = sorted({*numbers, *joined})
    rows = Incident.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    found = {incident.pk: incident for incident in rows}
    for number in numbers:
        if number not in found:
            raise NoSuchIncident(number)
    return found


def stamp_of(incident: Incident) -> str:
    """What whoever decides has seen: changes with all that is told, decided, joined or struck."""
    seen = (
        str(incident.state),
        incident.same_as_id,
        incident.decided_at,
        incident.learned_at,
        incident.authority_reference,
        incident.reported_at,
        str(incident.happened),
        incident.happened_on,
        bytes(incident.sealed_account).hex(),
        bytes(incident.sealed_serial).hex(),
        sorted(incident.injuries.filter(struck_at=None).values_list("pk", flat=True)),
        sorted(incident.damages.filter(struck_at=None).values_list("pk", flat=True)),
        sorted(incident.told_by.values_list("pk", flat=True)),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def reason_in(text: str) -> str:
    """A reason in words. Raises NoReasonGiven."""
    reason = text.strip()[:LONGEST_NOTE]
    if not reason:
        raise NoReasonGiven
    return reason
