"""What a provider did under one of our ids that no row here knows: a restore lost the row.

Guarantee: it is kept until the remedy of that id is granted again, which then takes it as its own.
"""

from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class FoundEffect(models.Model):
    """One effect, by the id of the remedy that it is of. `standing`: how far it came."""

    id = models.UUIDField(primary_key=True)
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, blank=True)
    standing = models.CharField(max_length=16)
    provider_status = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    done_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(default=clock.now)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"found effect {self.pk}"
