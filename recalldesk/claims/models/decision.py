"""What was decided about a claim, by the rule or by a person, and on what.

Guarantees, kept by the database itself: a decision is never deleted and says for ever what it said;
that it was undone, or what became of it with a second person, is added later.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from recalldesk.claims.models.claim import Claim
from recalldesk.claims.states import DecisionKind, DecisionState
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import RecallVersion


class Decision(models.Model):
    """One decision. `by` is nobody where the rule decided.

    `reasons`: keys of the rule, or of the recall's list. `grounds`: what they stand on, by reason;
    identifiers, enums and numbers only. `version`: by whose limits. `was`: the state of the claim
    before. `takes_effect_at`: from when on it cannot be undone.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    recall_id = models.BigIntegerField()
    kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    state = models.CharField(max_length=16, choices=DecisionState.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)
    takes_effect_at = models.DateTimeField()
    was = models.CharField(max_length=16)
    waited_since = models.DateTimeField()
    version = models.ForeignKey(RecallVersion, on_delete=models.PROTECT, related_name="+")
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    grounds = models.JSONField(default=dict)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["claim", "at"], name="decisions_of_a_claim"),
            models.Index(fields=["recall_id", "at"], name="decisions_by_day"),
            models.Index(fields=["by", "at"], name="decisions_of_a_person"),
            models.Index(
                "recall_id", Coalesce("settled_at", "at"), name="decisions_by_day_they_count"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(state="proposed"),
                name="one_decision_waits_for_another_person",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True)
                | ~models.Q(settled_by=models.F("by"))
                | models.Q(state="undone"),
                name="a_second_person_is_another_person",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="decision_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="decision_says_what_it_said",
                exclude=["state", "settled_by", "settled_at", "takes_effect_at"],
            ),
            pgtrigger.FSM(
                name="only_legal_moves",
                field="state",
                transitions=[
                    ("proposed", "final"),
                    ("proposed", "refused"),
                    ("proposed", "undone"),
                    ("final", "undone"),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"decision {self.pk}"
