"""The firm's own gift codes, in pools.

Guarantees, kept by the database itself: a code is there once, whatever files it comes in; it is
handed to one remedy, and that never changes; a remedy has one code; rows stay.
"""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField


class CodePool(models.Model):
    """Codes of one worth. `low_stock`: with so many left, or fewer, the desk is warned.

    `warned_at`: it was warned that few are left; `warned_out_at`: that none is. Both are taken
    back when codes come in.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    expires_on = models.DateField(null=True)
    low_stock = models.PositiveIntegerField(default=0)
    warned_at = models.DateTimeField(null=True)
    warned_out_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recall", "name"], name="pool_has_its_name"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="codes_are_worth_money"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="pool_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="pool_is_what_it_was", fields=["recall", "name", "currency", "value"]
            ),
        )

    def __str__(self) -> str:
        return f"code pool {self.pk}"

    def is_over(self, day: date) -> bool:
        """Whether its codes can be spent no more."""
        return self.expires_on is not None and self.expires_on < day


class CodeImport(models.Model):
    """A file of codes that brought something, line by line: the importers' law in figures."""

    pool = models.ForeignKey(CodePool, on_delete=models.PROTECT, related_name="imports")
    file_sha256 = models.CharField(max_length=64)
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()
    continued = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_of_codes_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="code_import_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"import of codes {self.pk}"


class GiftCode(models.Model):
    """One code. `digest` finds it again; `handed_to` is the remedy's id, also where a restore lost
    that remedy's row.

    `shown_at`: when its owner saw it first. `withdrawn_at`: its remedy was cancelled before that;
    it is shown to nobody any more. `empty_at`: from then on the code itself is erased.
    """

    pool = models.ForeignKey(CodePool, on_delete=models.PROTECT, related_name="codes")
    brought_by = models.ForeignKey(CodeImport, on_delete=models.PROTECT, related_name="codes")
    recall_id = models.PositiveBigIntegerField()
    digest = LookupField(max_length=32)
    sealed_code = SealedField(default=b"")
    sealed_pin = SealedField(default=b"")
    handed_to = models.UUIDField(null=True)
    handed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    times_shown = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    empty_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["pool", "id"],
                condition=models.Q(handed_to__isnull=True),
                name="codes_left",
            ),
            models.Index(
                fields=["empty_at"],
                condition=models.Q(empty_at__isnull=False),
                name="codes_to_be_emptied",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["digest"], name="a_code_is_there_once"),
            models.UniqueConstraint(fields=["handed_to"], name="one_code_for_a_remedy"),
            models.CheckConstraint(
                condition=models.Q(handed_to__isnull=True, handed_at__isnull=True)
                | models.Q(handed_to__isnull=False, handed_at__isnull=False),
                name="a_code_handed_out_says_when",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="code_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="code_is_what_it_was", fields=["pool", "brought_by", "recall_id", "digest"]
            ),
            pgtrigger.Protect(
                name="code_is_handed_out_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__handed_to__isnull=False)
                & pgtrigger.Q(new__handed_to__df=pgtrigger.F("old__handed_to")),
            ),
        )

    def __str__(self) -> str:
        return f"gift code {self.pk}"
