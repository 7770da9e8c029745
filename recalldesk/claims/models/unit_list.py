"""A list of many units that one owner sent, and how much of lists was told to whom.

Guarantees: what a list says is sealed whole, and goes with the filing; the same list of the same
owner is one row; what counts how much was told names nobody, and outlives the filing for days.
"""

from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField


class UnitList(models.Model):
    """The list of a filing. `sealed_lines`: all its lines (unit_lists/lines.py).

    `product`: its key in the recall file, where all are of one. `sent_digest`: of owner and lines,
    by which the same list sent twice is known. `confirmed_digest` is that of the address whose
    mailed link was opened: to it alone lines are answered. `written`: of what its owner was written
    to of late, each as a digest, and when.
    """

    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="unit_list")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    sealed_lines = SealedField(default=b"")
    product = models.CharField(max_length=60, blank=True)
    sent_digest = LookupField(max_length=32, default=b"")
    confirmed_digest = LookupField(max_length=32, default=b"")
    written = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["sent_digest"],
                condition=~models.Q(sent_digest=b""),
                name="a_list_sent_twice_is_one",
            ),
        )
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"list {self.pk}"


class ToldLines(models.Model):
    """So many lines were answered to an address, asked for from a network; or to a partner, which
    stands in both columns and counts for nobody else."""

    contact_digest = LookupField(max_length=32)
    network_digest = LookupField(max_length=32)
    lines = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(fields=["contact_digest", "at"], name="told_lines_by_contact"),
            models.Index(fields=["network_digest", "at"], name="told_lines_by_network"),
            models.Index(fields=["at"], name="told_lines_by_age"),
        )

    def __str__(self) -> str:
        return f"told lines {self.pk}"
