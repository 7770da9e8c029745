"""Somebody decides whether an incident is reported to the authority.

Guarantees: each decision is one legal move of the table, made on what was seen, with who and when;
its reason stands sealed in the log; a report is kept with its reference and the moment at which it
was made, and never unsaid: what was mistyped is put right, with what stood there in the log.
"""

from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.incidents.errors import NotDecidable, NotReported
from recalldesk.incidents.models import Incident
from recalldesk.incidents.opening import LONGEST_NOTE, locked_incident, reason_in
from recalldesk.incidents.states import MOVES, IncidentState

LONGEST_REFERENCE = 64


@transaction.atomic
def decide_filed(
    *,
    number: int,
    reference: str,
    reported_at: datetime,
    by: Staff,
    note: str = "",
    seen: str = "",
) -> Incident:
    """It was reported to the authority, under its reference. A report that was made before the firm
    obtained this one needs a note: it tells of an event that was known from elsewhere.

    Raises NotPermitted, NoSuchIncident, NotAsSeen, NotDecidable, NotReported.
    """
    require(by, Permission.DECIDE_INCIDENT)
    incident = _to_move(number, IncidentState.FILED, seen)
    incident.authority_reference = _reference(reference)
    incident.reported_at = _reported_at(reported_at, incident, note)
    return _moved(incident, IncidentState.FILED, by, note)


@transaction.atomic
def mend_report(
    *,
    number: int,
    reference: str,
    reported_at: datetime,
    by: Staff,
    note: str = "",
    seen: str = "",
) -> Incident:
    """The reference or the moment of a report was written down wrongly. What stood there stays in
    the log, with the note that says why.

    Raises NotPermitted, NoSuchIncident, NotAsSeen, NotDecidable, NotReported.
    """
    require(by, Permission.DECIDE_INCIDENT)
    incident = locked_incident(number, seen=seen)
    before, moment = incident.authority_reference, incident.reported_at
    if incident.state != IncidentState.FILED or moment is None:
        raise NotDecidable("This incident was not reported.", "Load the page again.")
    if not note.strip():
        raise NotReported("note", "Say what was wrong.", "It stands sealed in the log.")
    incident.authority_reference = _reference(reference)
    if reported_at != moment.replace(second=0, microsecond=0):  # a form knows minutes
        incident.reported_at = _reported_at(reported_at, incident, note)
    if (incident.authority_reference, incident.reported_at) == (before, moment):
        raise NotReported("reference", "So it stands here already.", "Write it as it is right.")
    incident.save(update_fields=["authority_reference", "reported_at"])
    said = f"Before: {before}, {moment:%Y-%m-%d %H:%M} UTC. {note.strip()}"
    _log(incident, incident.state, by, said[:LONGEST_NOTE], Reason.BY_PERSON)
    return incident


@transaction.atomic
def decide_not_reportable(*, number: int, reason: str, by: Staff, seen: str = "") -> Incident:
    """It need not be reported. Raises NotPermitted, NoSuchIncident, NotAsSeen, NotDecidable,
    NoReasonGiven."""
    require(by, Permission.DECIDE_INCIDENT)
    incident = _to_move(number, IncidentState.NOT_REPORTABLE, seen)
    return _moved(incident, IncidentState.NOT_REPORTABLE, by, reason_in(reason))


@transaction.atomic
def reconsider(*, number: int, reason: str, by: Staff, seen: str = "") -> Incident:
    """It is open again whether it has to be reported. Nothing new was told: the clock counts from
    where it did. Raises as `decide_not_reportable`."""
    require(by, Permission.DECIDE_INCIDENT)
    incident = _to_move(number, IncidentState.OBTAINED, seen)
    note = reason_in(reason)
    before = incident.state
    incident.state, incident.reminded_at = IncidentState.OBTAINED, None
    incident.save(update_fields=["state", "reminded_at"])
    _log(incident, before, by, note)
    return incident


@transaction.atomic
def look_at_news(*, number: int, reason: str, by: Staff, seen: str = "") -> Incident:
    """What was told after the report was looked at: it was passed on, or need not be, which the
    reason says. Raises as `decide_not_reportable`."""
    require(by, Permission.DECIDE_INCIDENT)
    incident = locked_incident(number, seen=seen)
    if incident.state != IncidentState.FILED or incident.learned_at is None:
        raise NotDecidable("Nothing waits here that was told after a report.", "Load the page.")
    incident.learned_at = None
    incident.save(update_fields=["learned_at"])
    _log(incident, incident.state, by, reason_in(reason), Reason.LOOKED_AT)
    return incident


def _to_move(number: int, to: IncidentState, seen: str) -> Incident:
    incident = locked_incident(number, seen=seen)
    if incident.same_as_id is not None:
        raise NotDecidable(
            f"It tells of the same event as incident {incident.same_as_id}.",
            "Decide that one; the decision is of both.",
        )
    state = IncidentState(incident.state)
    if to not in MOVES[state]:
        raise NotDecidable(
            f"This incident is decided: {str(state.label).lower()}.", "Look at its timeline."
        )
    return incident


def _moved(incident: Incident, to: IncidentState, by: Staff, note: str) -> Incident:
    before = incident.state
    incident.state = to
    incident.decided_at, incident.decided_by = clock.now(), by
    incident.learned_at = None
    incident.save(
        update_fields=[
            "state",
            "decided_at",
            "decided_by",
            "learned_at",
            "authority_reference",
            "reported_at",
        ]
    )
    _log(incident, before, by, note.strip()[:LONGEST_NOTE], Reason.BY_PERSON)
    return incident


def _log(incident: Incident, before: str, by: Staff, note: str, reason: Reason | str = "") -> None:
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=before,
        to_state=incident.state,
        reason=reason,
        actor_id=by.pk,
        recall_id=incident.recall_id,
        note=note,
    )


def _reference(text: str) -> str:
    reference = " ".join(text.split())
    if not reference:
        raise NotReported(
            "reference", "The authority’s reference is missing.", "Write it as they gave it."
        )
    if len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        raise NotReported(
            "reference",
            "This is no reference of an authority.",
            f"Write it as they gave it, in at most {LONGEST_REFERENCE} characters.",
        )
    return reference


def _reported_at(moment: datetime, incident: Incident, note: str) -> datetime:
    if moment > clock.now():
        raise NotReported(
            "reported_at",
            "This moment has not come yet.",
            "Write when it was reported, in UTC.",
        )
    if moment < incident.obtained_at and not note.strip():
        raise NotReported(
            "note",
            "It was reported before we obtained this incident.",
            "If that is right, write from where it was known; else mend the moment.",
        )
    return moment
