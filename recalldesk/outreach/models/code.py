"""The code by which whoever holds the contact of a notice has what is on file filled in.

Guarantee: the database holds its digest only.
"""

from django.db import models

from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.outreach.models.notice import DirectNotice


class NoticeCode(models.Model):
    """A code that went to the contact of a notice, for a draft that was begun by its link."""

    notice = models.ForeignKey(DirectNotice, on_delete=models.PROTECT, related_name="codes")
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    tries_left = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code {self.pk} of notice {self.notice_id}"
