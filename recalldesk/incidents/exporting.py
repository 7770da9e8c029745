"""What is kept of the incident that was told with a claim, for its owner, as JSON."""

from typing import Any

from recalldesk.evidence.reads import photos_of
from recalldesk.incidents.models import Incident
from recalldesk.incidents.story import damaged_of, hurt_of
from recalldesk.sealing.fields_of_rows import opened


def everything_told(filing_id: int) -> dict[str, Any] | None:
    """All of it, by name; None where nothing was told. Photos are listed."""
    rows = Incident.objects.select_related("evidence")
    incident = rows.filter(filing_id=filing_id).first()
    if incident is None:
        return None
    day = incident.happened_on
    return {
        "number": incident.pk,
        "obtained_at": incident.obtained_at.isoformat(),
        "happened": incident.happened,
        "happened_on": day.isoformat() if day else None,
        "is_day_exact": incident.is_day_exact,
        "product": incident.product_key,
        "country": incident.country,
        "has_unit": incident.has_unit,
        "serial": opened(incident, "sealed_serial"),
        "account": opened(incident, "sealed_account"),
        "hurt": [
            {"care": str(each.care), "age": each.age, "harm": each.harm}
            for each in hurt_of(incident)
        ],
        "damaged": [
            {
                "what": each.what,
                "amount": str(each.amount) if each.amount is not None else None,
                "currency": each.currency,
            }
            for each in damaged_of(incident)
        ],
        "photos": [
            {"state": photo.state, "received_at": photo.received_at.isoformat()}
            for photo in (photos_of(incident.evidence) if incident.evidence else [])
        ],
    }
