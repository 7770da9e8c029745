"""By what filings are found that may be of one owner, household, payee or network.

Guarantee: keyed digests only; the values themselves stand sealed in the filing, or nowhere.
"""

from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.claims.states import KeyKind
from recalldesk.foundation import clock
from recalldesk.sealing.fields import LookupField


class FilingKey(models.Model):
    """One key of a filing. `at`: when the filing was sent."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="keys")
    recall_id = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField(choices=KeyKind.choices)
    digest = LookupField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["digest", "kind", "at"], name="filings_by_key"),)
        constraints = (
            models.UniqueConstraint(fields=["filing", "kind", "digest"], name="a_key_stands_once"),
        )

    def __str__(self) -> str:
        return f"key {self.pk}"
