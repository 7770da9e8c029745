"""By what name the system before this one knew a filing: its owner and the desk find it by that.

Guarantee: it stands sealed, and goes when the filing is erased.
"""

from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.sealing.fields import LookupField, SealedField


class FormerReference(models.Model):
    """The reference of a filing that was taken over. `system`: what that system is called."""

    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="former_reference")
    recall_id = models.BigIntegerField()
    system = models.CharField(max_length=60)
    sealed_reference = SealedField()
    digest = LookupField(max_length=32)

    class Meta:
        indexes = (models.Index(fields=["digest"], name="filings_by_former_name"),)

    def __str__(self) -> str:
        return f"former reference of {self.filing_id}"
