"""The claim for one unit.

Guarantees, kept by the database itself: at most one claim holds a unit, over all recalls; a claim
without a readable serial, or one that ended without a remedy, holds none; a claim moves only as
`states` says; one that left its draft is never deleted.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.claims.states import (
    HOLDS_NOTHING,
    MOVES,
    OPEN,
    ClaimState,
    DeskList,
    Proof,
    UnitReading,
)
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import Remedy
from recalldesk.sealing.fields import LookupField, SealedField


class Claim(models.Model):
    """One unit of a filing. `position` counts from 1 in it.

    `unit_digest` finds the same unit again, over all recalls; empty where no serial is known.
    `found` is the verdict on the serial when it was given. `promised_on` is the day by which the
    owner is promised the next stage. `remedy`: the one that it was granted last.
    `no_site_on`: its owner found no place that takes the unit. `proof`: what became of the photo of
    how it was got rid of; `proof_at`: when it was accepted or refused last.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="claims")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=60, blank=True)
    variant = models.CharField(max_length=60, blank=True)
    reading = models.CharField(
        max_length=12, choices=UnitReading.choices, default=UnitReading.SERIAL
    )
    sealed_serial = SealedField(default=b"")
    unit_digest = LookupField(max_length=32, default=b"")
    found = models.CharField(max_length=16, blank=True)
    holds_unit = models.BooleanField(default=False)
    cannot_photograph = models.BooleanField(default=False)
    evidence = models.OneToOneField(EvidenceSet, on_delete=models.PROTECT, related_name="claim")
    state = models.CharField(max_length=16, choices=ClaimState.choices, default=ClaimState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    promised_on = models.DateField(null=True)
    disposed_on = models.DateField(null=True)
    no_site_on = models.DateField(null=True)
    proof = models.CharField(max_length=12, choices=Proof.choices, blank=True)
    proof_at = models.DateTimeField(null=True)
    desk = models.CharField(max_length=12, choices=DeskList.choices, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    remedy = models.ForeignKey(
        Remedy, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_appealed = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    looked_at_until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["unit_digest"], name="claim_unit"),
            models.Index(
                fields=["desk", "promised_on", "id"],
                condition=~models.Q(desk=""),
                name="claims_at_the_desk",
            ),
            models.Index(
                fields=["recall", "desk", "promised_on", "id"],
                condition=~models.Q(desk=""),
                name="claims_of_a_recall_at_the_desk",
            ),
            models.Index(
                fields=["promised_on", "id"],
                condition=models.Q(promised_on__isnull=False, state__in=sorted(OPEN)),
                name="promises_that_run",
            ),
            models.Index(
                fields=["recall", "state", "state_since", "id"],
                name="claims_of_a_recall_by_state",
            ),
            models.Index(fields=["recall", "id"], name="claims_of_a_recall_in_turn"),
            models.Index(fields=["state", "id"], name="claims_by_state"),
            models.Index(
                fields=["proof", "id"],
                condition=models.Q(proof__in=[Proof.WAITING, Proof.WITH_PERSON]),
                name="proofs_to_be_looked_at",
            ),
            models.Index(
                fields=["recall", "id"],
                condition=models.Q(disposed_on__isnull=False)
                | models.Q(no_site_on__isnull=False)
                | ~models.Q(proof=""),
                name="claims_by_disposal",
            ),
            models.Index(
                fields=["assigned_to", "promised_on", "id"],
                condition=models.Q(assigned_to__isnull=False),
                name="claims_of_a_person",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["filing", "position"], name="claim_has_its_place"),
            models.UniqueConstraint(
                fields=["remedy"],
                condition=models.Q(remedy__isnull=False),
                name="a_remedy_is_of_one_claim",
            ),
            models.UniqueConstraint(
                fields=["unit_digest"],
                condition=models.Q(holds_unit=True),
                name="one_claim_holds_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(holds_unit=False)
                | (~models.Q(unit_digest=b"") & ~models.Q(state__in=sorted(HOLDS_NOTHING))),
                name="only_a_known_unit_is_held",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="claimed_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__df="draft"),
            ),
            pgtrigger.ReadOnly(
                name="claim_keeps_its_filing",
                fields=["id", "filing", "recall", "position", "evidence"],
            ),
            pgtrigger.FSM(
                name="only_legal_moves",
                field="state",
                transitions=[
                    (before, after) for before, moves in MOVES.items() for after in sorted(moves)
                ],
            ),
        )

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def marking_code(self) -> str:
        """What is written on the unit for this claim."""
        return self.evidence.marking_code
