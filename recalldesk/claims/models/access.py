"""What opens a filing: mailed links, passes of browsers, and codes mailed a moment ago.

Guarantee: the database holds digests only. Whoever reads it can open nothing.
"""

from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.claims.states import FreshFor, LinkPurpose
from recalldesk.foundation import clock


class AccessLink(models.Model):
    """A link that was mailed. `digest` is that of its 256 random bits."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=16, choices=LinkPurpose.choices)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link {self.pk}"


class Pass(models.Model):
    """That one browser may see a filing for a while. `fresh_until`: a mailed code was given."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="passes")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)
    fresh_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"pass {self.pk}"


class FreshCode(models.Model):
    """A code that was just mailed, to be typed into the page that asks for it."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="fresh_codes")
    purpose = models.CharField(max_length=16, choices=FreshFor.choices)
    digest = models.BinaryField(max_length=32)
    tries_left = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"fresh code {self.pk}"
