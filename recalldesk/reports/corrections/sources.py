"""The rows that are counted.

Guarantee: a number of the page and the rows behind it begin with the same rows.
"""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from recalldesk.claims.models import Claim
from recalldesk.claims.states import DECIDED_FOR, Proof
from recalldesk.remedies.models import Correction, Remedy, ReportedCorrection
from recalldesk.remedies.states import EFFECTIVE
from recalldesk.reports.corrections.definitions import Counted
from recalldesk.reports.corrections.selection import Chosen
from recalldesk.reports.desk_figures.period import Period

DISPOSAL: dict[Counted, Q] = {
    Counted.DECIDED_FOR: Q(state__in=sorted(DECIDED_FOR)),
    Counted.CONFIRMED: Q(disposed_on__isnull=False),
    Counted.PROVEN: Q(proof=Proof.ACCEPTED),
    Counted.PROOF_WAITS: Q(proof=Proof.WITH_PERSON),
    Counted.NO_SITE: Q(no_site_on__isnull=False, disposed_on__isnull=True),
}
"""Which claims each figure of disposal counts."""


def corrections_of(
    recall_ids: Collection[int], period: Period, chosen: Chosen
) -> QuerySet[Correction, Any]:
    """The rows that count, of what is chosen; their units add up to its number."""
    rows = Correction.objects.filter(recall_id__in=recall_ids, counted_at__lt=period.ends_at)
    if not chosen.so_far:
        rows = rows.filter(counted_at__gte=period.begins_at)
    if chosen.level is not None:
        rows = rows.filter(level=chosen.level)
    if chosen.measure is not None:
        rows = rows.filter(measure=chosen.measure)
    if chosen.week is not None:
        begins = datetime.combine(chosen.week, time(), tzinfo=UTC)
        rows = rows.filter(counted_at__gte=begins, counted_at__lt=begins + timedelta(days=7))
    return rows


def with_claims(rows: QuerySet[Correction, Any]) -> QuerySet[Correction, Any]:
    """The rows, each with the reference and place of the claim whose remedy it stands on."""
    of_unit = Claim.objects.filter(remedy__entitlement_id=OuterRef("remedy__entitlement_id"))
    return rows.select_related("recall", "report").annotate(
        reference=Subquery(of_unit.order_by("pk").values("filing__reference")[:1]),
        position=Subquery(of_unit.order_by("pk").values("position")[:1]),
    )


def reported_and_remedied(recall_ids: Collection[int]) -> QuerySet[ReportedCorrection, Any]:
    """The reports that stand of units which have a remedy of ours that counts."""
    ours = Remedy.objects.filter(
        entitlement__unit_digest=OuterRef("unit_digest"), state__in=EFFECTIVE
    )
    rows = ReportedCorrection.objects.filter(recall_id__in=recall_ids, turn__gte=1)
    rows = rows.filter(takes_back__isnull=True, taken_back_by__isnull=True)
    return rows.filter(Exists(ours))


def claims_by_disposal(recall_ids: Collection[int], figure: Counted) -> QuerySet[Claim, Any]:
    """The claims that a figure of disposal counts."""
    return Claim.objects.filter(DISPOSAL[figure], recall_id__in=recall_ids)
