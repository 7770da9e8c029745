"""Notices of a recall that partners, or the firm itself, hung up.

Guarantees, kept by the database itself: no row is deleted; of what it says only the day on which
the notice was taken down is added later; what was wrong is taken back by a row of its own, once.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.accounts.models import Partner
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.stock.states import Through


class Posting(models.Model):
    """One place where the notice hangs. `partner`: empty where the firm hung it up itself.

    `until`: the last day on which it hung; empty while it does. `evidence`: its photos.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="postings")
    partner = models.ForeignKey(
        Partner, null=True, on_delete=models.PROTECT, related_name="postings"
    )
    place = models.CharField(max_length=160)
    since = models.DateField()
    until = models.DateField(null=True)
    evidence = models.OneToOneField(
        EvidenceSet, null=True, on_delete=models.PROTECT, related_name="posting"
    )
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    through = models.CharField(max_length=8, choices=Through.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nonce = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["recall", "-id"], name="postings_of_a_recall"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(partner__isnull=False) | models.Q(by__isnull=False),
                name="somebody_hung_it_up",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="it_hung_before_it_was_taken_down",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="posting_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="posting_says_what_it_said", exclude=["until"]),
        )

    def __str__(self) -> str:
        return f"posted notice {self.pk}"
