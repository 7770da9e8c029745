"""Files for a warehouse or a bank, line by line.

Guarantees, kept by the database itself: an order stands in one file, once; what was frozen keeps
its digest, its lines and its sum; rows stay; of each kind one file collects at a time, for a recall
and a currency.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.remedies.batches.states import (
    BatchKind,
    BatchState,
    FileForm,
    LineState,
    ReadReason,
)
from recalldesk.remedies.models.order import Order
from recalldesk.sealing.fields import LookupField, SealedField

IS_OPEN = models.Q(state=BatchState.OPEN)


class Batch(models.Model):
    """One file, of one recall, so that it is sealed under that recall's key and goes with it.

    `reference` names it to the other end, anew even after a restore. `journaled_at`: since it was
    first handed out each of its lines stands in the journal. `total` is its control sum.
    """

    kind = models.CharField(max_length=12, choices=BatchKind.choices)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.OPEN)
    reference = models.CharField(max_length=35, blank=True)
    lines_count = models.PositiveIntegerField(default=0)
    total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    opened_at = models.DateTimeField(default=clock.now)
    frozen_at = models.DateTimeField(null=True)
    journaled_at = models.DateTimeField(null=True)
    handed_out_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "recall", "currency"],
                condition=IS_OPEN,
                name="one_file_collects_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~models.Q(reference=""), name="file_reference"
            ),
            models.CheckConstraint(
                condition=IS_OPEN & models.Q(frozen_at__isnull=True)
                | ~IS_OPEN & models.Q(frozen_at__isnull=False) & ~models.Q(reference=""),
                name="a_frozen_file_says_since_when",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="batch_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="batch_is_for_the_same", fields=["kind", "recall", "currency", "opened_at"]
            ),
            pgtrigger.FSM(
                name="batch_only_goes_on",
                field="state",
                transitions=[
                    (BatchState.OPEN.value, BatchState.FROZEN.value),
                    (BatchState.FROZEN.value, BatchState.ERASED.value),
                ],
            ),
            pgtrigger.Protect(
                name="frozen_file_stays_the_same",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__frozen_at__isnull=False)
                & (
                    pgtrigger.Q(old__reference__df=pgtrigger.F("new__reference"))
                    | pgtrigger.Q(old__lines_count__df=pgtrigger.F("new__lines_count"))
                    | pgtrigger.Q(old__total__df=pgtrigger.F("new__total"))
                    | pgtrigger.Q(old__frozen_at__df=pgtrigger.F("new__frozen_at"))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"file {self.pk}"


class BatchFile(models.Model):
    """The bytes of a frozen file in one form, sealed as base64; emptied once nobody needs them."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=FileForm.choices)
    sealed_content = SealedField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "form"], name="file_in_each_form_once"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="file_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="file_is_what_it_was", fields=["batch", "form", "sha256", "size"]
            ),
        )

    def __str__(self) -> str:
        return f"{self.form} of file {self.batch_id}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it: its file's."""
        return self.batch.recall_id


class BatchLine(models.Model):
    """One order in a file. `mark` is our name of it at the other end: it follows from the remedy's
    id. `status` is the other end's own word; `told_at`: when it was read, `done_at`: since when.
    `left_in`: the file in which it had left before a restore forgot it; it leaves in no other.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="line")
    mark = models.CharField(max_length=11, unique=True)
    state = models.CharField(
        max_length=16, choices=LineState.choices, default=LineState.LISTED, db_index=True
    )
    status = models.CharField(max_length=60, blank=True)
    left_in = models.CharField(max_length=35, blank=True)
    done_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(default=clock.now)
    sealed_tracking = SealedField(default=b"")

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="line_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="line_is_what_it_was", fields=["batch", "order", "mark", "listed_at"]
            ),
        )

    def __str__(self) -> str:
        return f"line {self.pk}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it: its order's."""
        return self.order.recall_id


class SentUnit(models.Model):
    """What was in a parcel, by the serial or the batch that the warehouse says: a recall of the
    replacement finds its owners by it."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="sent_unit")
    article = models.CharField(max_length=200, blank=True)
    sealed_serial = SealedField(default=b"")
    serial_digest = LookupField(max_length=32, default=b"", db_index=True)
    lot = models.CharField(max_length=60, blank=True, db_index=True)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="sent_unit_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"unit sent under order {self.order_id}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it: its order's."""
        return self.order.recall_id


class FileRead(models.Model):
    """A file that came back, and what became of each of its lines. `turn`: its first reading, or a
    later one that took lines which were not known before."""

    sha256 = models.CharField(max_length=64)
    turn = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint("sha256", "turn", name="one_reading_of_a_file_each_turn"),
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                ),
                name="every_line_that_came_back_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="file_read_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"file read {self.pk}"


class LineRejected(models.Model):
    """A line of a file that came back, not taken: by its number only."""

    file = models.ForeignKey(FileRead, on_delete=models.PROTECT, related_name="rejects")
    number = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=16, choices=ReadReason.choices)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="rejected_line_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"line {self.number} of file read {self.file_id}"
