"""What the limits still count of owners who had their data erased.

Guarantee: keyed digests and a number, with nothing that leads to a filing; gone after a year.
"""

from django.db import models

from recalldesk.claims.states import KeyKind
from recalldesk.sealing.fields import LookupField


class ErasedKey(models.Model):
    """One key of a filing that was erased. `owner`: made at random, the same for the keys of one
    filing; `units`: how many of its claims count; `at`: the day of the erasure."""

    recall_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=KeyKind.choices)
    digest = LookupField(max_length=32)
    owner = models.UUIDField()
    units = models.PositiveSmallIntegerField()
    at = models.DateField()

    class Meta:
        indexes = (
            models.Index(fields=["digest", "kind"], name="erased_by_key"),
            models.Index(fields=["at"], name="erased_by_age"),
        )

    def __str__(self) -> str:
        return f"erased key {self.pk}"
