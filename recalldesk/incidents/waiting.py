"""The incidents that wait for a decision, each with since when its clock counts.

Guarantee: `SINCE` is `rules.clock_since`, said to the database; a test proves them equal.
"""

from django.db.models import DateTimeField, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least

from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentState


def since() -> Combinable:
    """Since when the clock of an incident counts, for each row."""
    joined = (
        Incident.objects.filter(same_as=OuterRef("pk"))
        .order_by()
        .values("same_as")
        .annotate(first=Min("obtained_at"))
        .values("first")
    )
    first = Least(F("obtained_at"), Subquery(joined, output_field=DateTimeField()))
    return Coalesce(F("learned_at"), first, output_field=DateTimeField())


def to_decide() -> QuerySet[Incident]:
    """What nobody decided, each event once."""
    return Incident.objects.filter(state=IncidentState.OBTAINED, same_as=None)
