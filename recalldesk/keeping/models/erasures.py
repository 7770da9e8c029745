"""Erasures that wait: for the end of a hold, or for a second person; and what was erased.

Guarantees, kept by the database itself: what was erased, when and why stays written; who asked for
an erasure before its day never decides about it.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.states import EarlyState, Thing, Why
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall


class WaitingErasure(models.Model):
    """That somebody asked to be erased while a hold kept what is theirs: done on the day on which
    the hold ends. `done_at`: None while it waits."""

    thing = models.CharField(max_length=12, choices=Thing.choices)
    thing_id = models.BigIntegerField()
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "thing_id"],
                condition=models.Q(done_at__isnull=True),
                name="a_wish_waits_once",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="waiting_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"waiting erasure {self.pk}"


class EarlyErasure(models.Model):
    """That somebody of the desk asked to have one thing erased before its day. The reasons of both
    stand, sealed, beside its rows of the log."""

    thing = models.CharField(max_length=12, choices=Thing.choices)
    thing_id = models.BigIntegerField()
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=EarlyState.choices, default=EarlyState.WAITING)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "thing_id"],
                condition=models.Q(state=EarlyState.WAITING),
                name="an_early_erasure_is_asked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="an_early_erasure_takes_two",
            ),
            models.CheckConstraint(
                condition=models.Q(state=EarlyState.WAITING, decided_by__isnull=True)
                | ~models.Q(state=EarlyState.WAITING) & models.Q(decided_by__isnull=False),
                name="an_early_erasure_is_decided_by_somebody",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="early_erasure_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="early_erasure_is_as_asked", exclude=["state", "decided_by", "decided_at"]
            ),
            pgtrigger.Protect(
                name="decided_early_erasure_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'waiting'"),
            ),
        )

    def __str__(self) -> str:
        return f"early erasure {self.pk}"


class Erased(models.Model):
    """What was erased: one thing, or so many rows (`count`) of a kind that stand in no page of
    their own."""

    kind = models.CharField(max_length=16, choices=Kind.choices)
    thing = models.CharField(max_length=12, choices=Thing.choices, blank=True)
    thing_id = models.BigIntegerField(null=True)
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Why.choices)
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (
            models.Index(fields=["thing", "thing_id"], name="erased_things"),
            models.Index(fields=["-at"], name="erased_by_day"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="erased_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"erasure {self.pk}"
