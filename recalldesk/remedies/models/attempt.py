"""Each time that a provider was asked for something.

Guarantees: the row stands, committed, before the provider is asked, so that one whose answer was
lost is known; what was sent and answered is sealed, without secrets and without codes in clear.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.remedies.models.order import Order
from recalldesk.remedies.states import Outcome, Verb
from recalldesk.sealing.fields import SealedField


class Attempt(models.Model):
    """One attempt. `number` counts from 1 for its order. `problem` is the provider's or our own
    short name of what went wrong, never free text."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=12, choices=Verb.choices)
    sealed_sent = SealedField(default=b"")
    sealed_answered = SealedField(default=b"")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "number"], name="attempts_are_counted"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="attempt_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="attempt_was_what_it_was", fields=["order", "number", "verb", "started_at"]
            ),
        )

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.order_id}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it: its order's."""
        return self.order.recall_id
