"""Certificates: files that prove what became of units.

Guarantees: those of enclosed files (evidence/enclosures/rows.py), kept by the database itself; the
same file of a report is one row, and says from whom it came.
"""

from django.conf import settings
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.evidence.enclosures.rows import (
    EnclosedFile,
    only_what_may_be_clean_has_a_file,
    triggers_of_files,
)
from recalldesk.stock.models.stock_report import StockReport
from recalldesk.stock.states import Through


class StockFile(EnclosedFile):
    """One file of a report. `by`: who of the desk sent it for the partner."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="stock_files")
    report = models.ForeignKey(StockReport, on_delete=models.PROTECT, related_name="files")
    through = models.CharField(max_length=8, choices=Through.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["report", "content_digest"], name="a_certificate_comes_once"
            ),
            only_what_may_be_clean_has_a_file("only_what_may_be_clean_has_a_file"),
        )
        triggers = triggers_of_files("stock_file")

    def __str__(self) -> str:
        return f"certificate {self.pk}"
