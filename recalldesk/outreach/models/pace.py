"""How much has left in a while: it keeps a wave at its pace, however many workers send it."""

from django.db import models

from recalldesk.outreach.models.wave import Wave
from recalldesk.sealing.fields import LookupField


class Pace(models.Model):
    """Notices of a wave that may leave from a moment on, for some seconds (`sending.pace`).

    `domain_digest`: to one mail domain; empty: to all together. `used`: how many a worker has
    taken into hand; those it did not send it gives back."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    domain_digest = LookupField(max_length=32, default=b"")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["wave", "begins_at", "domain_digest"], name="a_pace_is_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"pace {self.pk} of wave {self.wave_id}"
