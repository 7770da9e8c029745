"""What becomes of a decision when more is told of the incident, or of the same event.

Guarantees: news after a decision is never lost: it waits to be looked at, and where it was decided
that nothing has to be reported, that is open again, with a clock of its own from the moment at
which the news was told. A report to the authority is never unsaid.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentState

FOLLOW_EVENT, QUEUE = "incidents.follow_event", "incidents"
SECOND = 1_000_000


@dataclass(frozen=True)
class Follows:
    """What follows from news: the state, and since when the first of it waits."""

    state: IncidentState
    learned_at: datetime | None


def what_follows(
    *, state: IncidentState, is_decided: bool, learned_at: datetime | None, told_at: datetime
) -> Follows:
    """The rule. `is_decided`: somebody decided about it before; `learned_at`: since when earlier
    news waits; `told_at`: when this was told. Of several news the first counts."""
    if not is_decided:
        return Follows(state, None)
    first = told_at if learned_at is None else min(learned_at, told_at)
    if state is IncidentState.NOT_REPORTABLE:
        return Follows(IncidentState.OBTAINED, first)
    if state is IncidentState.OBTAINED and learned_at is None:
        # Somebody took the decision back: all of it is open, and its clock counts from the start.
        return Follows(state, None)
    return Follows(state, first)


def follow_news(incident: Incident, *, told_at: datetime) -> bool:
    """Does and saves what follows from news, to an incident that is locked by the caller; whether
    anything changed."""
    before = IncidentState(incident.state)
    follows = what_follows(
        state=before,
        is_decided=incident.decided_at is not None,
        learned_at=incident.learned_at,
        told_at=told_at,
    )
    if (follows.state, follows.learned_at) == (before, incident.learned_at):
        return False
    incident.state, incident.learned_at = follows.state, follows.learned_at
    if follows.state != before:
        incident.reminded_at = None
    incident.save(update_fields=["state", "learned_at", "reminded_at"])
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=before,
        to_state=follows.state,
        reason=Reason.LEARNED,
        actor=Actor.MACHINE,
        recall_id=incident.recall_id,
    )
    return True


def news_of(incident: Incident) -> None:
    """Something new was told of an incident that is locked by the caller. News of a report that
    was joined to another is news of that one, which a job takes up: it is locked by itself."""
    now = clock.now()
    if incident.same_as_id is None:
        follow_news(incident, told_at=now)
        return
    app.configure_task(FOLLOW_EVENT, queue=QUEUE).defer(
        incident_id=incident.pk, microsecond=round(now.timestamp() * SECOND)
    )


@transaction.atomic
def follow_event(*, incident_id: int, told_at: datetime) -> None:
    """Takes news of a joined report to the one that is counted. Twice is the same as once."""
    joined = Incident.objects.filter(pk=incident_id, same_as__isnull=False).first()
    if joined is None:
        return
    counted = Incident.objects.select_for_update(of=("self",)).get(told_by=joined)
    if counted.decided_at is not None and counted.decided_at < told_at:
        follow_news(counted, told_at=told_at)
