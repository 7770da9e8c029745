"""The rows that figures are counted from. One function for each kind of row.

Guarantee: a number of the page and the rows behind it begin with the same rows, so that neither can
hold what the other does not.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Trunc

from recalldesk.claims.desk.second_rule import MERITS
from recalldesk.claims.desk_days import Due, desk_days
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import OPEN, ClaimState, DecisionState, DeskList
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.desk_figures.spans import Span

MADE_SINCE = Coalesce("settled_at", "at")
"""From when on a decision is what it is by now: made, agreed to, refused, or undone."""
DECIDES = sorted(MERITS)


def decisions_in(recall_ids: Collection[int], period: Period) -> QuerySet[Decision, Any]:
    """What was decided or became of a decision in the period, each with `counted_at`."""
    return Decision.objects.alias(counted_at=MADE_SINCE).filter(
        recall_id__in=recall_ids,
        counted_at__gte=period.begins_at,
        counted_at__lt=period.ends_at,
    )


def that_count(rows: QuerySet[Decision, Any]) -> QuerySet[Decision, Any]:
    """Those that count."""
    return rows.filter(state=DecisionState.FINAL)


def decided(rows: QuerySet[Decision, Any]) -> QuerySet[Decision, Any]:
    """Those that count and decide a claim."""
    return that_count(rows).filter(kind__in=DECIDES)


def filed_in(recall_ids: Collection[int], period: Period) -> QuerySet[Claim, Any]:
    """The claims that were sent in the period."""
    return Claim.objects.filter(
        filing__recall_id__in=recall_ids,
        filing__filed_at__gte=period.begins_at,
        filing__filed_at__lt=period.ends_at,
    ).exclude(state=ClaimState.DRAFT)


def waiting_of(recall_ids: Collection[int]) -> QuerySet[Claim, Any]:
    """The claims that stand in a list of the desk."""
    return Claim.objects.filter(recall_id__in=recall_ids).exclude(desk=DeskList.NONE)


def late_of(recall_ids: Collection[int], now: datetime) -> QuerySet[Claim, Any]:
    """The claims whose promised day is past, as the queue's list of promises finds them."""
    late = desk_days(now).due(Due.LATE)
    return Claim.objects.filter(late, recall_id__in=recall_ids, state__in=sorted(OPEN))


def day_of(moment: str) -> Trunc:
    """The day, of UTC, of a moment."""
    return Trunc(moment, "day", output_field=DateField(), tzinfo=UTC)


def wait() -> Combinable:
    """How long a decided claim had waited."""
    return ExpressionWrapper(F("counted_at") - F("waited_since"), output_field=DurationField())


def wait_since_sent() -> Combinable:
    """How long ago a decided claim had been sent."""
    return ExpressionWrapper(
        F("counted_at") - F("claim__filing__filed_at"), output_field=DurationField()
    )


def age(now: datetime) -> Combinable:
    """How long a claim has stood as it does."""
    return ExpressionWrapper(Value(now) - F("state_since"), output_field=DurationField())


def within(field: str, span: Span) -> Q:
    """Whether a wait stands in a span; one that a clock made less than nothing is in the first."""
    least = Q() if span.least == timedelta(0) else Q(**{f"{field}__gte": span.least})
    most = Q() if span.most is None else Q(**{f"{field}__lt": span.most})
    return least & most


def span_of(field: str, spans: Collection[Span]) -> Case:
    """The key of the span in which a wait stands."""
    whens = [
        When(Q(**{f"{field}__lt": span.most}), then=Value(span.key))
        for span in spans
        if span.most is not None
    ]
    last = next(span.key for span in spans if span.most is None)
    return Case(*whens, default=Value(last), output_field=CharField())


def promised_day() -> Cast:
    """The day that the owner was told before a person decided; null where none was."""
    return Cast(KeyTextTransform("promised_on", "grounds"), DateField())


def with_promise(rows: QuerySet[Decision, Any]) -> QuerySet[Decision, Any]:
    """People's decisions that count and of which the owner was told a day, `promised`."""
    return (
        that_count(rows)
        .filter(by__isnull=False)
        .annotate(promised=promised_day(), decided_on=day_of("counted_at"))
        .filter(promised__isnull=False)
    )
