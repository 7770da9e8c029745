"""Entitlements and remedies.

Guarantees, kept by the database itself: at most one effective remedy for each entitlement, whatever
recalls list the unit, also after settlement; a remedy's id follows from its entitlement and its
turn, so that it is the same even after a restore; rows stay, and move only as `states` says.
"""

import uuid

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.remedies.states import EFFECTIVE, MOVES, Held, RemedyState
from recalldesk.sealing.fields import LookupField

REMEDIES = uuid.UUID("c6a3f6a4-6f0f-4a3b-9a56-2f6a3b8d6f10")
"""The name space of remedies' ids. It never changes: their providers know them by it."""


class Entitlement(models.Model):
    """That a unit is owed one remedy. `grant` is 1; two people with a reason may grant another."""

    unit_digest = LookupField(max_length=32)
    grant = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit_digest", "grant"], name="granted_once"),
            models.CheckConstraint(condition=models.Q(grant__gte=1), name="grants_count_from_one"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="entitlement_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"entitlement {self.pk}"


class Remedy(models.Model):
    """One remedy under an entitlement. `turn` counts those that came to nothing before it.
    `orderable_at`: from this moment on it may be ordered, and not before. `held`: why not even
    then."""

    id = models.UUIDField(primary_key=True)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="remedies")
    turn = models.PositiveSmallIntegerField(default=1)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    state = models.CharField(
        max_length=16, choices=RemedyState.choices, default=RemedyState.WAITING
    )
    created_at = models.DateTimeField(default=clock.now)
    orderable_at = models.DateTimeField()
    held = models.CharField(max_length=12, choices=Held.choices, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["orderable_at", "id"],
                condition=models.Q(state=RemedyState.WAITING, held=""),
                name="remedies_to_be_ordered",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["entitlement", "turn"], name="remedy_has_its_turn"),
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=models.Q(state__in=EFFECTIVE),
                name="one_effective_remedy",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="remedy_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="remedy_is_what_it_was",
                fields=["id", "entitlement", "turn", "recall", "created_at", "orderable_at"],
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
        return f"remedy {self.pk}"


def remedy_id(*, unit_digest: bytes, grant: int, turn: int) -> uuid.UUID:
    """The id of a remedy: the same for the same unit, grant and turn, wherever it is computed."""
    return uuid.uuid5(REMEDIES, f"{bytes(unit_digest).hex()} {grant} {turn}")
