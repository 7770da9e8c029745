"""What was bought, by whom, and how the buyer can be reached.

Guarantees: a product of an order comes in once, however many files name it, and is never taken
away; names, order numbers and contacts are sealed, and found again by keyed digests.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.purchasers.models.file import OrderFile
from recalldesk.purchasers.models.person import Person
from recalldesk.purchasers.states import Channel, ContactKind, NamedBy, Strength
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField


class Purchaser(models.Model):
    """Somebody an order file names, as the files name them: each way of naming is a row.

    `digest`: of name and contacts, so that the same buyer of ten orders is one row; `name_digest`:
    of the words of the name; `language`: a code, or empty where no file says it."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="purchasers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="purchasers")
    digest = LookupField(max_length=32)
    sealed_name = SealedField(default=b"")
    name_digest = LookupField(max_length=32, default=b"")
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "digest"], name="a_purchaser_stands_once"),
        )
        indexes = (models.Index(fields=["recall", "name_digest"], name="purchasers_by_name"),)

    def __str__(self) -> str:
        return f"purchaser {self.pk}"


class Purchase(models.Model):
    """One affected product of one order, or a registration.

    `file` and `line`: where it was met first; `purchaser`: none where the shop says nothing of the
    buyer; `line_digest`: of channel, order and product (and of the buyer, where another has that
    number), by which it is known in another file;
    `unit_digest`: of the unit whose serial a file says, as claims know it; else empty;
    `units`: as the file that says most says; `copies`: how often the very same line stood in one
    file; `units_back`: seen back by the shop; `price`: paid for those units, as the file says that
    says most, in `currency` (empty where nothing says it); `reasons`: words of `matching`;
    `is_buyer_by_order`: the purchaser is known by the order's number alone, from another file;
    `unmatched_at`: since when the live version covers it no more: it stays, for somebody to look
    at; `taken_back_at`: since when no file that counts names it."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="purchases")
    file = models.ForeignKey(OrderFile, on_delete=models.PROTECT, related_name="purchases")
    line = models.PositiveBigIntegerField()
    channel = models.CharField(max_length=16, choices=Channel.choices)
    product = models.CharField(max_length=60)
    purchaser = models.ForeignKey(
        Purchaser, null=True, on_delete=models.PROTECT, related_name="purchases"
    )
    is_buyer_by_order = models.BooleanField(default=False)
    line_digest = LookupField(max_length=32)
    order_digest = LookupField(max_length=32)
    sealed_order = SealedField(default=b"")
    sealed_serial = SealedField(default=b"")
    unit_digest = LookupField(max_length=32, default=b"")
    units = models.PositiveIntegerField()
    copies = models.PositiveIntegerField(default=1)
    units_back = models.PositiveIntegerField(default=0)
    price = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    ordered_on = models.DateField(null=True)
    country = models.CharField(max_length=2, blank=True)
    strength = models.CharField(max_length=8, choices=Strength.choices)
    reasons = models.JSONField(default=list)
    unmatched_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(fields=["recall", "channel", "strength"], name="purchases_by_channel"),
            models.Index(fields=["recall", "order_digest"], name="purchases_by_order"),
            models.Index(
                fields=["unit_digest"],
                condition=~models.Q(unit_digest=b""),
                name="purchases_of_a_unit",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "line_digest"], name="a_line_of_an_order_counts_once"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="purchase_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"purchase {self.pk}"


class Sighting(models.Model):
    """That a file names a product of an order: on which line first, with how many units bought and
    back in all of its lines, what was paid, and by what name the buyer stands there. `line_digest`:
    as that of the purchase; of a file of returns also the one by which other shops' orders are met
    (`returned_digest`). Units that came back may be seen before their order is.
    `strength`, `reasons`: how sure the file alone makes it, empty where the file does not cover it
    any more; `sku_digest`: of the seller's number of the product; `named_by`: a line that names the
    buyer and not the product has no units of its own."""

    recall_id = models.BigIntegerField()
    file = models.ForeignKey(OrderFile, on_delete=models.PROTECT, related_name="sightings")
    line = models.PositiveBigIntegerField()
    line_digest = LookupField(max_length=32)
    units = models.PositiveIntegerField()
    units_back = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    strength = models.CharField(max_length=8, choices=Strength.choices, blank=True)
    reasons = models.JSONField(default=list)
    sku_digest = LookupField(max_length=32, default=b"")
    named_by = models.CharField(max_length=8, choices=NamedBy.choices, default=NamedBy.PRODUCT)
    purchaser = models.ForeignKey(
        Purchaser, null=True, on_delete=models.PROTECT, related_name="sightings"
    )

    class Meta:
        indexes = (models.Index(fields=["recall_id", "line_digest"], name="sightings_of_a_line"),)
        constraints = (
            models.UniqueConstraint(
                fields=["file", "line_digest"], name="a_file_names_a_line_once"
            ),
        )

    def __str__(self) -> str:
        return f"sighting {self.pk}"


class ContactPoint(models.Model):
    """One way to reach a purchaser. `digest`: of its normal form."""

    purchaser = models.ForeignKey(Purchaser, on_delete=models.CASCADE, related_name="contacts")
    recall_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    sealed_value = SealedField()
    digest = LookupField(max_length=32)

    class Meta:
        indexes = (models.Index(fields=["recall_id", "digest"], name="contact_points_by_value"),)
        constraints = (
            models.UniqueConstraint(
                fields=["purchaser", "kind", "digest"], name="a_contact_point_stands_once"
            ),
        )

    def __str__(self) -> str:
        return f"contact point {self.pk}"


class PurchaserKey(models.Model):
    """A keyed digest under which those are found who may be the same person. `kind`: a number of
    `matching.people`."""

    purchaser = models.ForeignKey(Purchaser, on_delete=models.CASCADE, related_name="keys")
    recall_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField()
    digest = LookupField(max_length=32)

    class Meta:
        indexes = (models.Index(fields=["recall_id", "digest"], name="purchasers_by_key"),)
        constraints = (
            models.UniqueConstraint(
                fields=["purchaser", "kind", "digest"], name="a_purchaser_key_stands_once"
            ),
        )

    def __str__(self) -> str:
        return f"key {self.pk} of a purchaser"
