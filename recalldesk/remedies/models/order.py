"""What is ordered from a provider for a remedy.

Guarantees: an order is written whole before its provider is first asked, and what it asks for never
changes, so that every repeat asks for the same; a remedy has one order, under the remedy's id.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.remedies.models.remedy import Remedy
from recalldesk.remedies.states import Stopped
from recalldesk.sealing.fields import SealedField


class Order(models.Model):
    """One remedy's order. `provider` is the name of one in `providers.registry`.

    `sealed_recipient` holds JSON (`recipient.py`): who gets it, where, in what language; it is
    emptied when it is needed no more. `asked` is what the recall said of the remedy then: its key,
    kind and title, and the options for its provider. `reference` is the provider's own name of it,
    kept as soon as it is known. `provider_status` is the provider's own word, known to us or not.
    `next_try_at`: it is to be placed then; None where nothing is to be tried. `stopped`: it waits
    for a person. `sealed_tracking` holds JSON: carrier, code, page. Each `…_at` is the moment at
    which the provider did it, or told us.
    """

    remedy = models.OneToOneField(Remedy, on_delete=models.PROTECT, related_name="order")
    recall_id = models.PositiveBigIntegerField()
    provider = models.CharField(max_length=20)
    sealed_recipient = SealedField(default=b"")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    asked = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(default=clock.now)
    reference = models.CharField(max_length=100, blank=True)
    provider_status = models.CharField(max_length=60, blank=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    stopped = models.CharField(max_length=16, choices=Stopped.choices, blank=True)
    stopped_at = models.DateTimeField(null=True)
    sealed_tracking = SealedField(default=b"")
    ordered_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["provider", "next_try_at", "id"],
                condition=models.Q(next_try_at__isnull=False),
                name="orders_to_place_by_provider",
            ),
            models.Index(
                fields=["recall_id", "stopped_at", "id"],
                condition=~models.Q(stopped=""),
                name="orders_that_are_stopped",
            ),
            models.Index(fields=["provider", "reference"], name="order_by_reference"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(stopped="", stopped_at__isnull=True)
                | ~models.Q(stopped="") & models.Q(stopped_at__isnull=False),
                name="a_stopped_order_says_since_when",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="order_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="order_asks_for_the_same",
                fields=[
                    "remedy",
                    "recall_id",
                    "provider",
                    "amount",
                    "currency",
                    "asked",
                    "frozen_at",
                ],
            ),
        )

    def __str__(self) -> str:
        return f"order of {self.remedy_id}"
