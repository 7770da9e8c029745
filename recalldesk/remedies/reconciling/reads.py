"""The door to what runs found: open findings by kind, those that were settled, and the last runs.

Guarantee: each is read by one query, a bounded number of rows of each kind or provider.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject
from recalldesk.remedies.models import Finding, PlacingHold, ReconcilingRun
from recalldesk.remedies.reconciling.findings import SETTLED
from recalldesk.remedies.states import Differs

FIRST_OF_KIND = 10
PAGE = 50
LAST_RUNS = 5
LAST_SETTLED = 20


@dataclass(frozen=True)
class OfKind:
    """Open findings of one kind: how many there are, and some of them, the oldest first."""

    kind: Differs
    count: int
    findings: tuple[Finding, ...]

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.findings)


@dataclass(frozen=True)
class Settled:
    """A finding that a person closed, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class InTheWay:
    """What keeps ordering from going on: holds, and findings that could pay somebody twice."""

    holds: tuple[PlacingHold, ...]
    findings: int


def open_by_kind() -> tuple[OfKind, ...]:
    """All kinds of which any is open, the first of each."""
    opened = Finding.objects.filter(closed_at__isnull=True)
    counts = dict(opened.order_by().values_list("kind").annotate(Count("pk")))
    place = Window(RowNumber(), partition_by=F("kind"), order_by=F("pk").asc())
    rows = list(opened.annotate(place=place).filter(place__lte=FIRST_OF_KIND).order_by("pk"))
    return tuple(
        OfKind(kind, counts[kind], tuple(row for row in rows if row.kind == kind))
        for kind in Differs
        if kind in counts
    )


def open_of_kind(kind: Differs, *, after: int = 0) -> tuple[OfKind, ...]:
    """A page of one kind, by the findings' numbers, beyond `after`; none where it ends."""
    rows = Finding.objects.filter(closed_at__isnull=True, kind=kind)
    page = tuple(rows.filter(pk__gt=after).order_by("pk")[:PAGE])
    return (OfKind(kind, rows.filter(pk__gt=after).count(), page),) if page else ()


def last_settled() -> tuple[Settled, ...]:
    """The findings that people closed last. Raises SealingError."""
    rows = Finding.objects.filter(settled_by__isnull=False).select_related("settled_by")
    findings = list(rows.order_by("-closed_at", "-pk")[:LAST_SETTLED])
    changes = StateChange.objects.filter(
        subject=Subject.PLACING,
        subject_id__in=[finding.pk for finding in findings],
        to_state=SETTLED,
    )
    reasons = {each.subject_id: text_of(each.note) for each in changes.select_related("note")}
    return tuple(Settled(finding, reasons.get(finding.pk, "")) for finding in findings)


def last_runs() -> tuple[tuple[ReconcilingRun, ...], ...]:
    """The last runs of each provider, the newest first."""
    place = Window(RowNumber(), partition_by=F("provider"), order_by=F("pk").desc())
    rows = ReconcilingRun.objects.annotate(place=place).filter(place__lte=LAST_RUNS)
    return _by_provider(list(rows.order_by("provider", "-pk")))


def in_the_way() -> InTheWay | None:
    """Why nothing is ordered at all; None where ordering goes on."""
    holds = tuple(PlacingHold.objects.filter(lifted_at__isnull=True).order_by("pk"))
    if not holds:
        return None
    risky = Q(closed_at__isnull=True, could_double=True)
    return InTheWay(holds, Finding.objects.filter(risky).count())


def _by_provider(rows: Sequence[ReconcilingRun]) -> tuple[tuple[ReconcilingRun, ...], ...]:
    names = dict.fromkeys(row.provider for row in rows)
    return tuple(tuple(row for row in rows if row.provider == name) for name in names)
