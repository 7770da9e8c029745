"""What owners agreed to, word for word.

Guarantee, kept by the database: a text that somebody agreed to never changes, nor who agreed when.
"""

import pgtrigger
from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.claims.states import StatementKind
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class AgreedText(models.Model):
    """A text as it was shown. Its digest (SHA-256, hexadecimal) is its version."""

    kind = models.CharField(max_length=16, choices=StatementKind.choices)
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    first_shown_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "language", "digest"], name="one_row_a_text"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="agreed_text_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}) {self.digest[:8]}"


class Agreement(models.Model):
    """That the owner of a filing agreed to a text."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="agreements")
    text = models.ForeignKey(AgreedText, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["filing", "text"], name="agreed_to_a_text_once"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="agreement_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk}"
