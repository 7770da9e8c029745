"""That one provider was compared with the rows: one row for each provider of a run.

Guarantee: a row is written once, when the comparison has ended, and never changes.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class ReconcilingRun(models.Model):
    """One provider in one run. `since`: from when on it was asked; `still_open`: findings of this
    provider that were open at the end."""

    provider = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(default=clock.now)
    since = models.DateTimeField()
    is_silent = models.BooleanField(default=False)
    orders = models.PositiveIntegerField(default=0)
    effects = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    adopted = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    still_open = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["provider", "-id"], name="last_runs_of_a_provider"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="run_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"reconciling run {self.pk} of {self.provider}"

    @property
    def is_green(self) -> bool:
        """Whether the provider spoke, and nothing differed that is still open."""
        return not self.is_silent and not self.still_open
