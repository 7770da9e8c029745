"""How often the recall's public pages were asked for, by the program's own count.

Guarantee, kept by the database itself: what was counted is never taken back. Nothing here tells of
a visitor.
"""

import pgtrigger
from django.db import models

from recalldesk.protection.triggers import never_emptied
from recalldesk.publicity.states import PageKind
from recalldesk.recalls.models import Recall


class PageHits(models.Model):
    """Hits of one day (UTC) on pages of one kind."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    page = models.CharField(max_length=12, choices=PageKind.choices)
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "day", "page"], name="one_count_of_a_page_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(page__in=PageKind.values), name="hits_are_of_a_known_page"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="hits_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="page_never_changes", exclude=["count"]),
            pgtrigger.Protect(
                name="hits_only_grow",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.count < OLD.count"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.count} hits on {self.page} on {self.day}"
