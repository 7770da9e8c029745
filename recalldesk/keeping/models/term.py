"""How long a kind of data is kept: the newest row of its kind, recall and country counts.

Guarantee, kept by the database itself: no term is changed or deleted; another is set after it.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall


class KeepingTerm(models.Model):
    """`recall`: None for all of them; `country`: empty for all. `days`: None takes what was set for
    the same back. `by`: nobody where a restore set it anew. Why it was set stands, sealed, beside
    its row of the log."""

    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    days = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="term_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"term {self.pk}"
