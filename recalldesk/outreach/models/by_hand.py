"""That a person told somebody whom no machine could write to.

Guarantee, kept by the database: it is said once of a notice, and stays.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.outreach.models.notice import DirectNotice
from recalldesk.outreach.states import ByHand
from recalldesk.protection.triggers import never_emptied
from recalldesk.sealing.fields import SealedField


class ToldByHand(models.Model):
    """One new owner, told. `on`: the day; `how`: by what; `by`: who told them, or wrote it down."""

    notice = models.OneToOneField(
        DirectNotice, on_delete=models.PROTECT, related_name="told_by_hand"
    )
    how = models.CharField(max_length=8, choices=ByHand.choices)
    on = models.DateField()
    sealed_note = SealedField(default=b"")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="told_by_hand_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="told_by_hand_says_what_it_said", exclude=["sealed_note"]),
        )

    def __str__(self) -> str:
        return f"notice {self.notice_id} told by hand"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it."""
        return self.notice.recall_id
