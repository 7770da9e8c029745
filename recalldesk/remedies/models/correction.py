"""What counts as corrected, row by row, and what others reported.

Guarantees, kept by the database itself: no row is ever changed or deleted, what is taken back is a
row with minus of its own moment; a unit that is known counts once, whoever corrects it and at
whatever moment; a report is taken back once; every line of a file is accounted for.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Level, Measure, RowReason
from recalldesk.remedies.models.remedy import Remedy
from recalldesk.sealing.fields import LookupField, SealedField

BY_ONE = models.Q(by__isnull=False, partner__isnull=True) | models.Q(
    by__isnull=True, partner__isnull=False
)
"""Somebody of the staff brought it, or a partner did for itself."""


def _stays(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class CorrectionFile(models.Model):
    """A file of corrections that was taken in: the importers' law in figures. `units`: those of its
    accepted rows."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()
    continued = models.PositiveBigIntegerField()
    units = models.PositiveBigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "file_sha256"],
                condition=models.Q(partner__isnull=True),
                name="a_file_of_corrections_counts_once",
            ),
            models.UniqueConstraint(
                fields=["recall", "file_sha256", "partner"],
                condition=models.Q(partner__isnull=False),
                name="a_partners_file_counts_once",
            ),
            models.CheckConstraint(condition=BY_ONE, name="a_file_of_corrections_has_one_bringer"),
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_of_corrections_is_counted",
            ),
        )
        triggers = (never_emptied(), _stays("correction_file_stays"))

    def __str__(self) -> str:
        return f"file of corrections {self.pk}"

    @property
    def brought_by_whom(self) -> str:
        """The name of whoever of the staff brought it, or of the partner."""
        bringer = self.by or self.partner
        assert bringer is not None
        return bringer.name


class CorrectionReject(models.Model):
    """A line of such a file that was not taken. `sealed_row`: the line as it came, to be sent back;
    it may name a shop's customer."""

    file = models.ForeignKey(CorrectionFile, on_delete=models.PROTECT, related_name="rejects")
    number = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=16, choices=RowReason.choices)
    sealed_row = SealedField(default=b"")

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="correction_reject_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="correction_reject_says_what_it_said", fields=["file", "number", "reason"]
            ),
        )

    def __str__(self) -> str:
        return f"rejected line {self.number} of file of corrections {self.file_id}"

    @property
    def sealing_recall_id(self) -> int:
        """Under whose key the row is sealed."""
        return self.file.recall_id


class ReportedCorrection(models.Model):
    """That somebody else corrected units: a row of a file, or of the desk's form.

    `unit_digest` and `sealed_serial`: of one unit whose serial is known; else both are empty.
    `turn`: how often that unit was reported, 0 where it is not known. `row_digest`, `occurrence`:
    by what a row without a serial is known again in a later file. `order_digest`: of the number of
    the order of which the units were, as an order file's own; else empty. `takes_back`: the report
    that this one takes back; its units are then the same, and count with minus.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices)
    measure = models.CharField(max_length=12, choices=Measure.choices)
    units = models.PositiveIntegerField()
    happened_on = models.DateField()
    reported_by = models.CharField(max_length=120)
    shop_reference = models.CharField(max_length=60, blank=True)
    sealed_serial = SealedField(default=b"")
    unit_digest = LookupField(max_length=32, default=b"")
    order_digest = LookupField(max_length=32, default=b"")
    turn = models.PositiveSmallIntegerField(default=0)
    row_digest = models.BinaryField(max_length=32, default=b"")
    occurrence = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(
        CorrectionFile, null=True, on_delete=models.PROTECT, related_name="reports"
    )
    line = models.PositiveBigIntegerField(null=True)
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(fields=["recall", "-id"], name="reports_of_a_recall"),
            models.Index(
                fields=["unit_digest"],
                condition=~models.Q(unit_digest=b""),
                name="reports_of_a_unit",
            ),
            models.Index(
                fields=["recall", "order_digest"],
                condition=~models.Q(order_digest=b""),
                name="reports_of_an_order",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(units__gte=1), name="a_report_is_of_units"),
            models.CheckConstraint(condition=BY_ONE, name="a_correction_is_reported_by_one"),
            models.CheckConstraint(
                condition=models.Q(unit_digest=b"", turn=0)
                | models.Q(units=1, turn__gte=1) & ~models.Q(unit_digest=b""),
                name="a_serial_is_of_one_unit",
            ),
            models.UniqueConstraint(
                fields=["unit_digest", "turn"],
                condition=models.Q(turn__gte=1, takes_back__isnull=True),
                name="a_unit_is_reported_once",
            ),
            models.UniqueConstraint(
                fields=["recall", "row_digest", "occurrence"],
                condition=models.Q(occurrence__gte=1),
                name="a_row_of_corrections_counts_once",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="report_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="report_says_what_it_said", exclude=["sealed_serial"]),
        )

    def __str__(self) -> str:
        return f"report of a correction {self.pk}"

    @property
    def brought_by_whom(self) -> str:
        """The name of whoever of the staff brought it, or of the partner."""
        bringer = self.by or self.partner
        assert bringer is not None
        return bringer.name


class Correction(models.Model):
    """Units that count from a moment on, or with minus no more. Every figure is a sum of such rows.

    It stands on the remedy that an owner got, or on a report. `turn` numbers the rows of a unit
    that is known: the odd ones count it, the even ones take it back; 0 where it is not known.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=12, choices=Level.choices)
    measure = models.CharField(max_length=12, choices=Measure.choices)
    units = models.IntegerField()
    unit_digest = LookupField(max_length=32, default=b"")
    turn = models.PositiveSmallIntegerField(default=0)
    remedy = models.ForeignKey(
        Remedy, null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    report = models.ForeignKey(
        ReportedCorrection, null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    counted_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(
                fields=["recall", "counted_at"],
                include=["level", "measure", "units"],
                name="corrections_of_a_recall",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(remedy__isnull=False, report__isnull=True)
                | models.Q(remedy__isnull=True, report__isnull=False),
                name="a_correction_stands_on_one_thing",
            ),
            models.CheckConstraint(condition=~models.Q(units=0), name="a_correction_is_of_units"),
            models.UniqueConstraint(
                fields=["unit_digest", "turn"],
                condition=models.Q(turn__gte=1),
                name="a_known_unit_counts_once",
            ),
        )
        triggers = (
            never_emptied(),
            _stays("correction_stays"),
            pgtrigger.Trigger(
                name="counts_in_turns",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition(
                    "NEW.turn >= 1 AND NEW.units <> CASE NEW.turn % 2 WHEN 1 THEN 1 ELSE -1 END"
                    " OR (NEW.turn = 0) <> (NEW.unit_digest = ''::bytea)"
                ),
                func="RAISE EXCEPTION 'recalldesk: a known unit counts and is taken back in turn';",
            ),
        )

    def __str__(self) -> str:
        return f"correction {self.pk}"
