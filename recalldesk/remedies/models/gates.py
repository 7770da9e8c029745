"""What may keep orders from being placed: a failing provider, a day's budget, a restore.

Each is a row, so that all workers see the same, and a restart forgets none.
"""

from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall


class Circuit(models.Model):
    """Whether a provider answers. `open_until`: it is not asked before; `failures` in a row."""

    provider = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"circuit of {self.provider}"


class DayBudget(models.Model):
    """What was ordered for a recall on one day, in one currency ("" for remedies without a value).

    Over the recall's limit nothing more is ordered until two people agreed: `agreed_by`, then
    `released_by`, never the same. `held_since`: it holds remedies back.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    currency = models.CharField(max_length=3, blank=True)
    ordered = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    count = models.PositiveIntegerField(default=0)
    held_since = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "day", "currency"], name="one_budget_a_day_and_currency"
            ),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("agreed_by")),
                name="a_budget_is_released_by_two",
            ),
        )
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"budget {self.pk}"


class PlacingHold(models.Model):
    """That nothing is ordered at all, since a restore, until what providers did is reconciled."""

    since = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=20)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["since"], condition=models.Q(lifted_at__isnull=True), name="holds_that_hold"
            ),
        )
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"hold since {self.since:%Y-%m-%d %H:%M}"
