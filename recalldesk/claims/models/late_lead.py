"""That a later claim led to one whose remedy could not be taken back any more.

Guarantees, kept by the database itself: one row for each claim and later claim; it is never
deleted, and says for ever which claims and why; what a person found is added, with who and when.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from recalldesk.claims.models.claim import Claim
from recalldesk.claims.states import LeadState
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied


class LateLead(models.Model):
    """A claim, and a later one that leads to it. `reasons`: keys of the rule by which it does."""

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="late_leads", db_index=False
    )
    later = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="leads_late_to")
    at = models.DateTimeField(default=clock.now)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=8, choices=LeadState.choices, default=LeadState.OPEN)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    found_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["claim", "later"], name="one_late_lead_of_two_claims"),
            models.CheckConstraint(
                condition=models.Q(state=LeadState.OPEN, found_by=None, found_at=None)
                | (
                    ~models.Q(state=LeadState.OPEN)
                    & models.Q(found_by__isnull=False, found_at__isnull=False)
                ),
                name="found_by_somebody_once_it_is_found",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="late_lead_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="late_lead_says_what_it_said",
                exclude=["state", "found_by", "found_at"],
            ),
            pgtrigger.FSM(
                name="only_legal_moves",
                field="state",
                transitions=[
                    (LeadState.OPEN.value, LeadState.FRAUD.value),
                    (LeadState.OPEN.value, LeadState.HONEST.value),
                    (LeadState.FRAUD.value, LeadState.HONEST.value),
                    (LeadState.HONEST.value, LeadState.FRAUD.value),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"late lead {self.pk}"
