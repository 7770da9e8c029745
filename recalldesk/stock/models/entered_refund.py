"""Of which partner a refund is that the desk entered.

Guarantees, kept by the database itself: such a refund is of one partner, for ever; no row is
changed or deleted.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.protection.triggers import never_emptied
from recalldesk.remedies.models import ReportedCorrection


class EnteredRefund(models.Model):
    """That a report among the corrections, brought by somebody of the desk, says what this partner
    did for a customer. What a partner told itself names it in its own row."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="entered_refunds")
    correction = models.OneToOneField(
        ReportedCorrection, on_delete=models.PROTECT, related_name="entered_refund"
    )

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="entered_refund_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"refund {self.correction_id} of partner {self.partner_id}"
