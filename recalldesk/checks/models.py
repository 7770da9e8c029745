"""How often was asked, and what was answered: for each minute one row of a kind, never a serial.

Guarantees, kept by the database itself: a row names a recall with its version, or neither; what was
counted is never taken back.
"""

import pgtrigger
from django.db import models

from recalldesk.checks.states import COUNTED_AS, Source
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall

KIND = ("recall", "minute", "version", "verdict", "source")


class CheckCount(models.Model):
    """Checks of one minute that are of one kind.

    Without a recall a row counts checks, each once, by the answer that was given. With a recall it
    counts how often that recall spoke in them, by what it said; several can speak in one check.
    """

    recall = models.ForeignKey(
        Recall, null=True, on_delete=models.PROTECT, related_name="check_counts", db_index=False
    )
    version = models.PositiveIntegerField(null=True)
    minute = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=[(name, name) for name in COUNTED_AS])
    source = models.CharField(max_length=16, choices=[(name.value, name.value) for name in Source])
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=KIND, nulls_distinct=False, name="one_count_of_a_kind_a_minute"
            ),
            models.CheckConstraint(
                condition=models.Q(recall__isnull=True, version__isnull=True)
                | models.Q(recall__isnull=False, version__isnull=False),
                name="count_names_recall_and_version",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=COUNTED_AS, source__in=[s.value for s in Source]),
                name="count_is_of_a_known_kind",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="count_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="kind_never_changes", exclude=["count"]),
            pgtrigger.Protect(
                name="count_only_grows",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.count < OLD.count"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.count} {self.verdict} by {self.source} at {self.minute}"
