"""The row of an enclosed file, as each package that keeps some makes its own table of it.

Guarantees, where the table takes the constraint and the triggers from here: a row is never deleted
and always says what came and when; its state moves only as the table of moves says; what is not
clean has no file that anybody could be handed.
"""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models

from recalldesk.evidence.enclosures.states import FILE_MOVES, FileKind, FileState
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField

_LEGAL = " OR ".join(
    f"(OLD.state = '{before.value}' AND NEW.state = '{after.value}')"
    for before, every in FILE_MOVES.items()
    for after in sorted(every)
)


class EnclosedFile(models.Model):
    """One file, sealed in the file store under `storage_key`, which is empty once it is gone.

    `content_digest`: by which the same file of the same thing is known again.
    """

    if TYPE_CHECKING:
        recall_id: int

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    content_digest = LookupField(max_length=32)
    storage_key = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.WAITING)
    scanned_with = models.CharField(max_length=16, blank=True)
    settled_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def is_clean(self) -> bool:
        """Whether it may be handed out."""
        return self.state == FileState.CLEAN

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return str(FileState(self.state).label)


def only_what_may_be_clean_has_a_file(name: str) -> models.CheckConstraint:
    """For the constraints of such a table."""
    return models.CheckConstraint(
        condition=models.Q(state__in=[FileState.INFECTED, FileState.LOST], storage_key="")
        | models.Q(state__in=[FileState.WAITING, FileState.CLEAN]) & ~models.Q(storage_key=""),
        name=name,
    )


def triggers_of_files(name: str) -> tuple[pgtrigger.Trigger, ...]:
    """For the triggers of such a table. `name`: with which theirs begin."""
    return (
        never_emptied(),
        pgtrigger.Protect(name=f"{name}_stays", operation=pgtrigger.Delete),
        pgtrigger.ReadOnly(
            name=f"{name}_says_what_it_said",
            exclude=["state", "storage_key", "scanned_with", "settled_at"],
        ),
        pgtrigger.Protect(
            name=f"{name}_moves_by_its_table",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(f"OLD.state <> NEW.state AND NOT ({_LEGAL})"),
        ),
    )
