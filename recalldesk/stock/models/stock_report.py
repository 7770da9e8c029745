"""What partners tell of their stock: each count and each movement a row.

Guarantees, kept by the database itself: no row is ever changed or deleted; what was wrong is taken
back by a row of its own, once; a form that is sent twice is one row; what came back from customers
or is only a count stands on no correction.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.stock.states import LEVELS, MOVEMENTS, Kind, Through


class StockReport(models.Model):
    """One row. `product`: its key in the recall file, empty where all are meant together.

    `happened_on`: the day that the partner names; figures go by `at`. `came_back`: the units came
    back from customers, whose refunds count them. `correction`: what counts them at the partner's
    level. `takes_back`: the row that this one takes back; its units are then the same, and count
    with minus. `by`: who of the desk entered it for the partner; empty where it did so itself.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="stock_reports")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="stock_reports")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    product = models.CharField(max_length=60, blank=True)
    units = models.PositiveIntegerField()
    happened_on = models.DateField()
    came_back = models.BooleanField(default=False)
    reference = models.CharField(max_length=60, blank=True)
    correction = models.OneToOneField(
        ReportedCorrection, null=True, on_delete=models.PROTECT, related_name="stock_report"
    )
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    through = models.CharField(max_length=8, choices=Through.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nonce = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(fields=["recall", "at"], name="stock_of_a_recall"),
            models.Index(fields=["partner", "recall", "-id"], name="stock_of_a_partner"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="stock_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=LEVELS) | models.Q(units__gte=1),
                name="a_movement_is_of_units",
            ),
            models.CheckConstraint(
                condition=models.Q(came_back=False) | models.Q(kind__in=MOVEMENTS),
                name="only_movements_came_back",
            ),
            models.CheckConstraint(
                condition=models.Q(correction__isnull=True)
                | models.Q(kind__in=MOVEMENTS, came_back=False, takes_back__isnull=True),
                name="only_own_stock_corrects",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="stock_report_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"report of stock {self.pk}"

    @property
    def told_by(self) -> str:
        """The name of whoever wrote it: somebody of the desk, or the partner."""
        return self.by.name if self.by is not None else self.partner.name
