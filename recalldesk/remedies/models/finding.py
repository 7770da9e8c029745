"""What a reconciliation found: a provider and the rows do not say the same.

Guarantees: one that is open is one row, however often it is seen; it is closed by a run that no
longer finds it, or by a person with a reason, and stays to be read.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.remedies.states import Differs


class Finding(models.Model):
    """One difference. `could_double`: while it is open, ordering on might pay somebody twice.
    `beside_id`: the remedy that its unit has by now, where the provider did another one for it."""

    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Differs.choices)
    remedy_id = models.UUIDField(null=True)
    beside_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=100, blank=True)
    row_says = models.CharField(max_length=60, blank=True)
    provider_says = models.CharField(max_length=120, blank=True)
    could_double = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "kind", "remedy_id", "reference"],
                condition=models.Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="an_open_finding_is_one",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True) | models.Q(closed_at__isnull=False),
                name="a_settled_finding_is_closed",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="finding_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"finding {self.pk}: {self.kind}"
