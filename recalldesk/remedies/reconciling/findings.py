"""Keeps what a run found: one row for each difference, closed once it is seen no more.

Guarantees: what a person has settled does not come back while nothing about it changes; a finding
of a provider that did not answer stays open.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.remedies.models import Finding, Order
from recalldesk.remedies.reconciling.rules import Difference
from recalldesk.remedies.states import Differs

Key = tuple[str, str, uuid.UUID | None, str]


BY_PERSON = frozenset({Differs.MISSING, Differs.DOUBLED, Differs.DIFFERING, Differs.UNKNOWN})
"""What a person may settle. The others are over once a provider speaks, or an owner answers."""
SETTLED = "finding_settled"


class FindingUnknown(Problem):
    """There is no open finding of that number."""


class NotSettled(Problem):
    """A finding is not settled: without a reason, or by a person at all."""


@dataclass
class Differences:
    """All differences of a run, each once."""

    by_key: dict[Key, Difference] = field(default_factory=dict)

    def add(self, provider: str, remedy_id: uuid.UUID | None, difference: Difference) -> None:
        """One more."""
        key = provider, difference.kind.value, remedy_id, difference.reference[:100]
        self.by_key[key] = difference


@dataclass(frozen=True)
class Kept:
    """How many findings were opened and closed."""

    opened: int
    closed: int


@transaction.atomic
def keep_findings(found: Differences, *, silent: Collection[str], since: datetime) -> Kept:
    """Opens what is new, closes what a provider that answered shows no more."""
    rows = Finding.objects.select_for_update().filter(closed_at__isnull=True)
    there = {(row.provider, row.kind, row.remedy_id, row.reference): row for row in rows}
    opened, now = 0, clock.now()
    for key, difference in found.by_key.items():
        row = there.pop(key, None)
        if row is None:
            opened += _open(key, difference)
        else:
            row.seen_at, row.could_double = now, difference.could_double
            row.row_says, row.provider_says = _said(difference)
            row.beside_id = difference.beside
            row.save()
    gone = [row for row in there.values() if _is_over(row, silent, since)]
    Finding.objects.filter(pk__in=[row.pk for row in gone]).update(closed_at=now)
    return Kept(opened, len(gone))


@transaction.atomic
def settle_finding(*, finding_id: int, by: Staff, reason: str) -> Finding:
    """Closes a finding that a person has looked into.

    Raises NotPermitted, FindingUnknown, NotSettled.
    """
    require(by, Permission.MANAGE_REMEDIES)
    if not reason.strip():
        raise NotSettled("Say what you found.", "The reason stands sealed in the log.")
    rows = Finding.objects.select_for_update()
    finding = rows.filter(pk=finding_id, closed_at__isnull=True).first()
    if finding is None:
        raise FindingUnknown(
            f"There is no open finding {finding_id}.",
            "`recalldesk remedies reconcile` lists those that are open.",
        )
    if finding.kind not in BY_PERSON:
        raise NotSettled(
            "Nobody settles this one.", "It is closed by the first run that finds it no more."
        )
    finding.closed_at, finding.settled_by = clock.now(), by
    finding.save(update_fields=["closed_at", "settled_by"])
    record_change(
        subject=Subject.PLACING,
        subject_id=finding.pk,
        from_state="finding_open",
        to_state=SETTLED,
        actor_id=by.pk,
        note=reason,
    )
    return finding


def _open(key: Key, difference: Difference) -> bool:
    provider, kind, remedy_id, reference = key
    row_says, provider_says = _said(difference)
    same = {
        "provider": provider,
        "kind": kind,
        "remedy_id": remedy_id,
        "reference": reference,
        "row_says": row_says,
        "provider_says": provider_says,
    }
    is_silence = kind == Differs.SILENT
    if not is_silence and Finding.objects.filter(~Q(settled_by=None), **same).exists():
        return False
    Finding.objects.create(
        **same, could_double=difference.could_double, beside_id=difference.beside
    )
    return True


def _said(difference: Difference) -> tuple[str, str]:
    return difference.row_says[:60], difference.provider_says[:120]


def _is_over(row: Finding, silent: Collection[str], since: datetime) -> bool:
    """Whether the run would have seen it again. One of before its beginning it does not speak of;
    a provider's silence is over once it speaks."""
    if row.provider in silent:
        return False
    if row.kind == Differs.SILENT or row.opened_at >= since:
        return True
    if row.remedy_id is None:
        return False
    order = Order.objects.filter(remedy_id=row.remedy_id).first()
    return order is not None and order.frozen_at >= since
