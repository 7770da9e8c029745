"""The desk adds what it learned of an incident, and strikes what turned out to be wrong.

Guarantees: nothing told is taken away: it is struck, with its reason in the log, and counted no
more; what is added follows the same rule as what an owner adds.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.incidents.errors import NoSuchIncident, NothingTold
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.opening import LONGEST_NOTE, locked_incident, reason_in
from recalldesk.incidents.story import Story, keep_story, replaced_by


@transaction.atomic
def learn(*, number: int, story: Story, by: Staff, note: str = "") -> Incident:
    """Adds what was learned. Raises NotPermitted, NoSuchIncident, NothingTold."""
    require(by, Permission.ENTER_INCIDENT)
    incident = locked_incident(number)
    before = replaced_by(incident, story)
    if not keep_story(incident, story):
        raise NothingTold
    said = ". ".join(part for part in (note.strip(), before) if part)
    _log(incident, Reason.LEARNED, by, said[:LONGEST_NOTE])
    return incident


@transaction.atomic
def strike_injury(*, number: int, injury_id: int, reason: str, by: Staff) -> Incident:
    """Nobody was hurt so after all. Striking again changes nothing.

    Raises NotPermitted, NoSuchIncident, NoReasonGiven."""
    return _strike(number, Injury, injury_id, reason, by)


@transaction.atomic
def strike_damage(*, number: int, damage_id: int, reason: str, by: Staff) -> Incident:
    """Nothing was damaged so after all. Raises as `strike_injury`."""
    return _strike(number, Damage, damage_id, reason, by)


def _strike(
    number: int, kind: type[Injury] | type[Damage], part_id: int, reason: str, by: Staff
) -> Incident:
    require(by, Permission.DECIDE_INCIDENT)
    incident, said = locked_incident(number), reason_in(reason)
    rows = kind._default_manager.filter(incident=incident, pk=part_id)
    if rows.filter(struck_at=None).update(struck_at=clock.now()):
        _log(incident, Reason.STRUCK, by, f"{kind.__name__} {part_id}: {said}"[:LONGEST_NOTE])
    elif not rows.exists():
        raise NoSuchIncident(number)
    return incident


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
