"""Who asked to hear when a recall grows. Contact and serial are sealed; digests find them again."""

from django.db import models

from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.sealing.fields import LookupField, SealedField


class GrowthWatch(models.Model):
    """One person's wish to be told when a recall grows, with the unit they asked about."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="growth_watches")
    asked_under = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="+")
    sealed_contact = SealedField()
    contact_digest = LookupField(max_length=32)
    sealed_serial = SealedField()
    serial_digest = LookupField(max_length=32)
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "contact_digest", "serial_digest"], name="watch_asked_once"
            ),
        )

    def __str__(self) -> str:
        return f"growth watch {self.pk}"
