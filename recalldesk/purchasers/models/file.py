"""Order files that came in, and their lines that were not taken.

Guarantee, kept by the database itself: what a file held is counted line by line and never changes;
no file is forgotten. The file itself stands sealed outside the database until it is erased.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.sealing.fields import SealedField


class OrderFile(models.Model):
    """One file. `reading`: how it was read (variant, encoding, locale, columns), with no cell of
    it; `mapping_digest`: of the mapping file by which another shop's file was read; `storage_key`:
    the name of the sealed file, empty once erased; `size`: of the file, in bytes; `version`: with
    whose identifiers and windows it was matched last; `lines_of_others`: accepted, and by that
    version of no affected product; `taken_back_at`: since when nothing in it counts, since it was
    read wrongly: what it held was never kept, and the same file may come in again."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="order_files")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    kind = models.CharField(max_length=16, choices=FileKind.choices)
    file_sha256 = models.CharField(max_length=64)
    mapping_digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField()
    reading = models.JSONField()
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()
    continued = models.PositiveBigIntegerField()
    lines_of_others = models.PositiveBigIntegerField()
    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="+")
    storage_key = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "file_sha256", "channel", "kind", "mapping_digest"],
                condition=models.Q(taken_back_at=None),
                name="an_order_file_counts_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_of_orders_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="order_file_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="order_file_says_what_it_said",
                exclude=[
                    "version",
                    "lines_of_others",
                    "storage_key",
                    "erased_at",
                    "taken_back_at",
                ],
            ),
        )

    def __str__(self) -> str:
        return f"order file {self.pk}"


class OrderReject(models.Model):
    """A line that was not taken. `sealed_row`: as it came, to be sent back; it names a customer,
    and is emptied after 90 days. `reason`: a word of `matching`."""

    file = models.ForeignKey(OrderFile, on_delete=models.PROTECT, related_name="rejects")
    number = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=24)
    sealed_row = SealedField(default=b"")

    class Meta:
        indexes = (models.Index(fields=["file", "number"], name="rejects_of_an_order_file"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="order_reject_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="order_reject_says_what_it_said", fields=["file", "number", "reason"]
            ),
        )

    def __str__(self) -> str:
        return f"rejected line {self.number} of order file {self.file_id}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals the row."""
        return self.file.recall_id
