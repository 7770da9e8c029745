"""The words in which the log is shown: what a row is about, from where to where, and by whom."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import TextChoices

from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.states import Channel, ClaimState, DecisionState, Direction, FilingState
from recalldesk.evidence.states import PhotoState
from recalldesk.incidents.states import IncidentState
from recalldesk.mailing.states import MailingState
from recalldesk.remedies.states import RemedyState

STATES: Mapping[str, type[TextChoices]] = {
    Subject.FILING: FilingState,
    Subject.CLAIM: ClaimState,
    Subject.PHOTO: PhotoState,
    Subject.DECISION: DecisionState,
    Subject.MESSAGE: Direction,
    Subject.CONTACT: Channel,
    Subject.MAILING: MailingState,
    Subject.INCIDENT: IncidentState,
    Subject.REMEDY: RemedyState,
}


def state_words(subject: str, state: str) -> str:
    """A state as people call it; one that has no name of its own with spaces for its dashes."""
    return label_of(STATES.get(subject), state)


def label_of(kind: type[TextChoices] | None, value: str) -> str:
    """The label of a value of an enum; the value itself, readable, where it is none of it."""
    if kind is not None and value in kind.values:
        return str(kind(value).label)
    return value.replace("_", " ").capitalize()


def reason_words(row: StateChange) -> str:
    """Why, as the log's own word says it."""
    return label_of(Reason, row.reason) if row.reason else ""


def moved(row: StateChange) -> str:
    """From where to where."""
    to = state_words(row.subject, row.to_state)
    if row.from_state in ("", row.to_state):
        return to
    return f"{state_words(row.subject, row.from_state)} → {to}"


def who(row: StateChange, staff: Mapping[int, Staff]) -> str:
    """By whom: a member of staff by name."""
    if row.actor_id is not None and row.actor_id in staff:
        return staff[row.actor_id].name
    return label_of(Actor, row.actor)


def shown(value: str | int | bool | date | datetime | None) -> str:
    """A value as a text; times in UTC to the second."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S UTC")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
