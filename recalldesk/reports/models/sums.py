"""Sums by day of rows that stand elsewhere, so that a page of figures need not count them all.

Guarantees: what is kept here says nothing that the rows do not say, and is made anew from them
(`reports.sums`); none of it is of a person.
"""

from django.db import models

from recalldesk.protection.triggers import never_emptied
from recalldesk.remedies.models import Correction


class DaySum(models.Model):
    """How much is counted under a key on a day, as far as it was folded. `key`: what a number is
    narrowed to, part by part (`reports.sums.names`)."""

    kind = models.CharField(max_length=12)
    recall_id = models.BigIntegerField()
    day = models.DateField()
    key = models.CharField(max_length=120, blank=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "recall_id", "day", "key"],
                name="a_day_has_one_sum_of_a_key",
            ),
        )
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.day}"


class SumDelta(models.Model):
    """What one statement added to a sum, or took off, until it is folded. Whoever writes adds a row
    of their own: nobody waits for anybody."""

    kind = models.CharField(max_length=12)
    recall_id = models.BigIntegerField()
    day = models.DateField()
    key = models.CharField(max_length=120, blank=True)
    value = models.BigIntegerField()

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"{self.value:+d} {self.kind} {self.key} of {self.day}"


class CorrectionPlace(models.Model):
    """Under which country and which first direct way a correction counts, as was known when it
    counted: a past figure is never changed by what is learned later. `way`: empty where nobody was
    known to have told its owner; what takes a unit back has the place of what it takes back."""

    correction = models.OneToOneField(
        Correction,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="place",
        db_constraint=False,  # a correction is never deleted, and a check would cost each write
    )
    country = models.CharField(max_length=2, blank=True)
    way = models.CharField(max_length=8, blank=True)

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"place of correction {self.correction_id}"


class KeptPurchase(models.Model):
    """What became of one covered purchase, as it was looked at last (`reports.sums.purchases`).

    `first_way`: the first that reached its owner; `step`: how far a purchase came whose owner was
    told, none for others."""

    purchase_id = models.BigIntegerField(primary_key=True)
    recall_id = models.BigIntegerField()
    channel = models.CharField(max_length=16)
    strength = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True)
    units_left = models.IntegerField()
    outcome = models.CharField(max_length=12)
    told_by = models.CharField(max_length=40, blank=True)
    first_way = models.CharField(max_length=8, blank=True)
    step = models.SmallIntegerField(null=True)

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"kept of purchase {self.purchase_id}"


class TouchedPurchase(models.Model):
    """That something was written of a purchase since it was looked at last."""

    purchase_id = models.BigIntegerField()

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"touched purchase {self.purchase_id}"
