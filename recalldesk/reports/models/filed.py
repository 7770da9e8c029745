"""What was filed with an authority, frozen.

Guarantee, kept by the database itself: a filed report is never changed and never deleted; filing
again makes the next revision of the same period.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.reports.progress.forms import ReportForm


class FiledReport(models.Model):
    """One filing. `content`: the whole report with its definitions, and of each figure which rows
    it counted, as canonical JSON; `content_sha256`, `pdf_sha256`: of these bytes; `pdf`: what was
    handed in; `counted_at`: as of when it was counted; `nonce`: names the form by which it was
    filed: however often that comes, it is one filing."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="filed_reports")
    form = models.CharField(max_length=8, choices=ReportForm.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    revision = models.PositiveIntegerField()
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    counted_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "form", "first_day", "last_day", "revision"],
                name="a_revision_is_filed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="a_filed_period_has_days",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="filed_report_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"filed report {self.pk}"


class ReportReminder(models.Model):
    """That the desk was reminded of a report: once at each stage of a period."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    stage = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "last_day", "stage"], name="reminded_once_at_a_stage"
            ),
        )
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"reminder {self.pk} of a report"
