"""The door to incidents, as far as whoever told of one needs it."""

from collections.abc import Sequence
from datetime import date

from recalldesk.foundation.working_days import add_working_days
from recalldesk.incidents.models import Incident
from recalldesk.recalls.reads import LiveRecall
from recalldesk.sealing.fields_of_rows import opened


def is_untold(incident_id: int) -> bool:
    """Whether nobody has said yet how to be reached about it."""
    return Incident.objects.filter(pk=incident_id, filing__isnull=True, sealed_contact=b"").exists()


def account_of(filing_id: int) -> str:
    """What the owner of a filing told of danger; nothing where there is none."""
    incident = Incident.objects.filter(filing_id=filing_id).first()
    return opened(incident, "sealed_account") if incident else ""


def called_by(incident: Incident, recalls: Sequence[LiveRecall]) -> date:
    """The day by which a person gets in touch about an incident that made no claim: the latest
    that any recall promises."""
    obtained_on = incident.obtained_at.date()
    promised = [each.document.promises for each in recalls]
    days = [add_working_days(obtained_on, each.confirm_days, each.holidays) for each in promised]
    return max(days, default=add_working_days(obtained_on, 1))
