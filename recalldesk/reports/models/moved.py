"""What moved the figures of things whose rows change in place: reports of incidents, registrations.

Guarantees, kept by the database itself: no move is ever changed or deleted; what comes to nothing
is a move with minus of its own moment; the moves of one thing are numbered without a gap being
taken twice, so that two workers write none of them doubly.
"""

import pgtrigger
from django.db import models

from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall


class FigureMove(models.Model):
    """That a thing adds to a figure from a moment on, or less. `part`: which figure, as `progress`
    names them; `thing`: the number of the incident or of the order file; `turn`: numbers the moves
    of a thing within a part; `at`: when it was learned here."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=24)
    thing = models.BigIntegerField()
    turn = models.PositiveIntegerField()
    adds = models.IntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["recall", "at"], name="moves_of_a_recall"),)
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "part", "thing", "turn"], name="a_move_is_written_once"
            ),
            models.CheckConstraint(condition=~models.Q(adds=0), name="a_move_moves_something"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="figure_move_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"move {self.pk} of {self.part}"


class MovesKept(models.Model):
    """Up to when the moves of a recall are written. What is learned later is of a later moment, so
    that whoever read a period that was over reads the same ever after."""

    recall = models.OneToOneField(Recall, on_delete=models.PROTECT, related_name="+")
    up_to = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="moves_kept_stay", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"moves of recall {self.recall_id}"
