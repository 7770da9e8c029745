"""Legal holds: what must not be erased, until somebody lifts the hold.

Guarantees, kept by the database itself: no hold is deleted; what it names never changes; it is
lifted once.
"""

import uuid

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.states import HoldState, Thing
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall


class LegalHold(models.Model):
    """One hold. It names either one thing (`thing`, `thing_id`), or all of a recall (of every one
    where None), as far as `kind` and `country` say; empty is all of them.

    `name`: a random one by which a restore knows it again. `placed_by`: nobody where a restore
    placed it again. Its reasons stand, sealed, beside its rows of the log."""

    name = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, blank=True)
    thing = models.CharField(max_length=12, choices=Thing.choices, blank=True)
    thing_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=HoldState.choices, default=HoldState.PLACED)
    placed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=clock.now)
    lifted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["id"],
                condition=models.Q(lifted_at__isnull=True),
                name="holds_in_force",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(thing="", thing_id__isnull=True)
                | ~models.Q(thing="") & models.Q(thing_id__isnull=False),
                name="a_hold_names_its_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state=HoldState.PLACED, lifted_at__isnull=True)
                | models.Q(state=HoldState.LIFTED, lifted_at__isnull=False),
                name="a_lifted_hold_says_when",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="hold_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="hold_is_as_it_was_placed", exclude=["state", "lifted_by", "lifted_at"]
            ),
            pgtrigger.Protect(
                name="lifted_hold_stays_lifted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.lifted_at IS NOT NULL"),
            ),
        )

    def __str__(self) -> str:
        return f"legal hold {self.pk}"
