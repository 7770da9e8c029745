"""That a list of claims was handed out: to whom, which one, and whether it was handed out whole.

Guarantees, kept by the database itself: the row of an export is never deleted and says for ever
what it said; how it ended is added once.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from recalldesk.claims.states import ExportState, SheetForm
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class ListExport(models.Model):
    """One export. `query`: the list and its filters; `columns`: keys, in their order.

    `expected`: claims in the list when it began; `written`: those that were handed out.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    query = models.CharField(max_length=400, blank=True)
    form = models.CharField(max_length=8, choices=SheetForm.choices)
    columns = ArrayField(models.CharField(max_length=40))
    is_personal = models.BooleanField()
    expected = models.PositiveIntegerField()
    written = models.PositiveIntegerField(null=True)
    state = models.CharField(
        max_length=12, choices=ExportState.choices, default=ExportState.STARTED
    )
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="export_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="export_says_what_it_said", exclude=["written", "state", "ended_at"]
            ),
            pgtrigger.FSM(
                name="only_legal_moves",
                field="state",
                transitions=[("started", "ended"), ("started", "broken_off")],
            ),
        )

    def __str__(self) -> str:
        return f"export {self.pk}"
