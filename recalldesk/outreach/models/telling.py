"""Shops that tell their customers themselves: which orders they were asked about, what they say.

Guarantee: each order is a row, so that what a shop says it did can be traced.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.outreach.states import OrderTold
from recalldesk.protection.triggers import never_emptied
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall


class ShopTelling(models.Model):
    """A list of orders and a text that a shop was asked to send in its own name. `told`, `failed`:
    what the shop says in numbers alone, where it does not say it order by order."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="shop_tellings")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=16, choices=Channel.choices)
    shop = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    orders = models.PositiveIntegerField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    told = models.PositiveIntegerField(null=True)
    failed = models.PositiveIntegerField(null=True)
    told_on = models.DateField(null=True)
    read_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "number"], name="a_telling_has_a_number"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="telling_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"telling {self.number} of {self.recall_id}"


class ToldOrder(models.Model):
    """A purchase whose buyer a shop was asked to tell."""

    telling = models.ForeignKey(ShopTelling, on_delete=models.PROTECT, related_name="told_orders")
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=OrderTold.choices, default=OrderTold.ASKED)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["telling", "purchase"], name="a_shop_is_asked_once_for_an_order"
            ),
        )
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"order {self.pk} of telling {self.telling_id}"
