"""Notices to partners that they must stop selling.

Guarantees, kept by the database itself: a partner is told once of a version, however often somebody
presses; what it answered is never changed; no notice is deleted.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.sealing.fields import SealedField
from recalldesk.stock.states import Through


class StopSale(models.Model):
    """One notice. `answer_by`: the last day on which it is answered in time.

    `sealed_said_by`: who at the partner confirmed it; `entered_by`: who of the desk wrote that
    down, where it was told by phone or letter. `mailing`: the letter. `reminders`, `reminded_on`:
    how often it was asked again, and the last day. `late_told_at`: when the desk heard that it is
    late.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="stop_sales")
    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="stop_sales")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateField()
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    through = models.CharField(max_length=8, choices=Through.choices, blank=True)
    sealed_said_by = SealedField(default=b"")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    late_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["partner", "version"], name="a_partner_is_told_once_of_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True, through="")
                | models.Q(acknowledged_at__isnull=False) & ~models.Q(through=""),
                name="who_answered_did_so_some_way",
            ),
        )
        indexes = (
            models.Index(
                fields=["answer_by"],
                condition=models.Q(acknowledged_at__isnull=True),
                name="stop_sales_not_answered",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="stop_sale_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="stop_sale_says_what_it_said",
                fields=["recall", "version", "partner", "told_by", "told_at", "answer_by"],
            ),
            pgtrigger.Protect(
                name="what_was_answered_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.acknowledged_at IS NOT NULL AND ("
                    "NEW.acknowledged_at IS DISTINCT FROM OLD.acknowledged_at"
                    " OR NEW.through IS DISTINCT FROM OLD.through"
                    " OR NEW.entered_by_id IS DISTINCT FROM OLD.entered_by_id)"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"stop-sale notice {self.pk}"
