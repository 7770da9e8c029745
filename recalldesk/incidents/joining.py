"""Reports that tell of one event: joined, parted, or kept apart.

Guarantees: an event is counted once and every report of it stays whole; each joined report points
at the one that is counted, never at another joined one; a report that was made to the authority is
never hidden behind one that was not; joining hides no clock: that of the event is the earliest.
"""

from collections.abc import Iterable, Mapping

from django.db import models, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.incidents.errors import NotAsSeen, NotJoinable
from recalldesk.incidents.following import follow_news
from recalldesk.incidents.models import ApartReports, Incident
from recalldesk.incidents.opening import locked_incident, locked_incidents, reason_in, stamp_of
from recalldesk.incidents.states import IncidentState


@transaction.atomic
def join_reports(
    *, number: int, same_as: int, by: Staff, reason: str = "", seen: str = ""
) -> Incident:
    """The report tells of the same event as another, which is counted for both; what is joined to
    the first goes along. Returns the one that is counted.

    Raises NotPermitted, NoSuchIncident, NotAsSeen, NotJoinable.
    """
    require(by, Permission.DECIDE_INCIDENT)
    target = Incident.objects.filter(pk=same_as).values_list("same_as_id", flat=True).first()
    rows = locked_incidents({number, same_as, *([target] if target else [])})
    incident, counted = rows[number], _counted(rows, same_as)
    if seen and seen != stamp_of(incident):
        raise NotAsSeen
    if incident.told_by.exclude(pk__in=rows).exists():
        raise NotAsSeen  # another was joined to it at this moment
    _refuse(incident, counted, rows.values())
    moving = [incident, *(row for row in rows.values() if row.same_as_id == incident.pk)]
    for each in moving:
        each.same_as = counted
        each.save(update_fields=["same_as"])
        _apart(each.pk, counted.pk).delete()
        _log(each, Reason.SAME_EVENT, by, reason or f"The same event as incident {counted.pk}")
    is_open = incident.state == IncidentState.OBTAINED
    waits_since = incident.learned_at or (incident.obtained_at if is_open else None)
    if counted.decided_at is not None and waits_since is not None:
        # What nobody decided about or looked at is news of the event, since when it waits there.
        follow_news(counted, told_at=waits_since)
    _log(counted, Reason.SAME_EVENT, by, f"Incident {incident.pk} tells of it too")
    return counted


@transaction.atomic
def part_reports(*, number: int, by: Staff, reason: str) -> Incident:
    """A joined report tells of an event of its own after all, and is counted again.

    Raises NotPermitted, NoSuchIncident, NotJoinable, NoReasonGiven.
    """
    require(by, Permission.DECIDE_INCIDENT)
    incident = locked_incident(number)
    if incident.same_as_id is None:
        raise NotJoinable("This report is joined to no other.", "Load the page again.")
    said, counted = reason_in(reason), incident.same_as_id
    incident.same_as, incident.reminded_at = None, None
    incident.save(update_fields=["same_as", "reminded_at"])
    _keep_apart(number, counted)
    _log(incident, Reason.OWN_EVENT, by, said)
    return incident


@transaction.atomic
def keep_apart(*, number: int, other: int, by: Staff) -> None:
    """Two reports that look alike tell of two events; nobody is asked about them again.

    Raises NotPermitted, NoSuchIncident, NotJoinable.
    """
    require(by, Permission.DECIDE_INCIDENT)
    rows = locked_incidents({number, other})
    if number == other or other == rows[number].same_as_id or number == rows[other].same_as_id:
        raise NotJoinable("These two are one event as they stand.", "Part them first.")
    _keep_apart(number, other)
    _log(rows[number], Reason.OWN_EVENT, by, f"Not the event of incident {other}")


def _counted(rows: Mapping[int, Incident], same_as: int) -> Incident:
    named = rows[same_as]
    if named.same_as_id is None:
        return named
    if named.same_as_id not in rows:
        raise NotAsSeen  # it was joined to another one at this moment
    return rows[named.same_as_id]


def _refuse(incident: Incident, counted: Incident, event: Iterable[Incident]) -> None:
    if counted.pk in (incident.pk, incident.same_as_id):
        raise NotJoinable(
            "The report is counted for that one already, or is the same.", "Choose another number."
        )
    if len({each.recall_id for each in event} - {None}) > 1:
        raise NotJoinable(
            "They belong to two recalls, and each is counted in its own.",
            "Look whether the number is the right one.",
        )
    instead = f"Join incident {counted.pk} to this one instead."
    if incident.recall_id is not None and counted.recall_id is None:
        raise NotJoinable(
            f"This one is counted in its recall, and incident {counted.pk} in none.", instead
        )
    if incident.state == IncidentState.FILED != counted.state:
        raise NotJoinable(
            f"This one was reported to the authority, and incident {counted.pk} was not.", instead
        )


def _apart(one: int, other: int) -> models.QuerySet[ApartReports]:
    first, second = sorted((one, other))
    return ApartReports.objects.filter(first_id=first, second_id=second)


def _keep_apart(one: int, other: int) -> None:
    first, second = sorted((one, other))
    ApartReports.objects.get_or_create(first_id=first, second_id=second)


def _log(incident: Incident, reason: Reason, by: Staff, note: str) -> None:
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=incident.state,
        to_state=incident.state,
        reason=reason,
        actor_id=by.pk,
        recall_id=incident.recall_id,
        note=note,
    )
