"""Certificates: files that prove what became of units.

Guarantees, kept by the database itself: a row is never deleted and always says what came, when and
from whom; its state moves only as the table of moves says; what is not clean has no file that
anybody could be handed.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField
from recalldesk.stock.models.stock_report import StockReport
from recalldesk.stock.states import FILE_MOVES, FileKind, FileState, Through

_LEGAL = " OR ".join(
    f"(OLD.state = '{before.value}' AND NEW.state = '{after.value}')"
    for before, every in FILE_MOVES.items()
    for after in sorted(every)
)


class StockFile(models.Model):
    """One file, sealed in the file store under `storage_key`, which is empty once it is gone.

    `content_digest`: by which the same file of the same report is known again.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="stock_files")
    report = models.ForeignKey(StockReport, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    content_digest = LookupField(max_length=32)
    storage_key = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.WAITING)
    scanned_with = models.CharField(max_length=16, blank=True)
    settled_at = models.DateTimeField(null=True)
    through = models.CharField(max_length=8, choices=Through.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["report", "content_digest"], name="a_certificate_comes_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[FileState.INFECTED, FileState.LOST], storage_key="")
                | models.Q(state__in=[FileState.WAITING, FileState.CLEAN])
                & ~models.Q(storage_key=""),
                name="only_what_may_be_clean_has_a_file",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="stock_file_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="stock_file_says_what_it_said",
                exclude=["state", "storage_key", "scanned_with", "settled_at"],
            ),
            pgtrigger.Protect(
                name="stock_file_moves_by_its_table",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state <> NEW.state AND NOT ({_LEGAL})"),
            ),
        )

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    @property
    def is_clean(self) -> bool:
        """Whether it may be handed out."""
        return self.state == FileState.CLEAN
