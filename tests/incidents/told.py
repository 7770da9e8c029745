"""Made-up incidents for the tests of what the desk does with them."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentSource
from recalldesk.incidents.story import Story, keep_story
from recalldesk.recalls.models import Recall
from tests.cast import SLUG


def incident(story: Story | None = None, *, of: str = SLUG, **more: Any) -> Incident:
    """One that was just obtained by the form. `of`: its recall, or none."""
    recall = Recall.objects.get(slug=of) if of else None
    made = Incident.objects.create(
        recall=recall, language="en", **({"source": IncidentSource.FORM} | more)
    )
    if story:
        keep_story(made, story)
    return made


def obtained(hours: float, story: Story | None = None, **more: Any) -> Incident:
    """One that was obtained so many hours ago."""
    return incident(story, obtained_at=clock.now() - timedelta(hours=hours), **more)


def again(row: Incident) -> Incident:
    """The row as it stands."""
    return Incident.objects.get(pk=row.pk)


def log_of(row: Incident) -> list[tuple[str, str, str]]:
    """From, to and reason of each row of its log."""
    rows = StateChange.objects.filter(subject=Subject.INCIDENT, subject_id=row.pk)
    return list(rows.order_by("pk").values_list("from_state", "to_state", "reason"))


def later(hours: float) -> time_machine.travel:
    """So many hours from now."""
    return time_machine.travel(clock.now() + timedelta(hours=hours), tick=False)


def at(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text)
