"""How often was asked, and what was answered; and second looks by photo while they last.

Guarantees, kept by the database itself: a row of counts names a recall with its version, or
neither, and never a serial; what was counted is never taken back; a second look moves along its
table of moves only, and one that has ended holds nothing of what was asked or read.
"""

import pgtrigger
from django.db import models

from recalldesk.checks.states import COUNTED_AS, LOOK_MOVES, LookState, Source
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField

KIND = ("recall", "minute", "version", "verdict", "source", "shop")


class CheckCount(models.Model):
    """Checks of one minute that are of one kind.

    Without a recall a row counts checks, each once, by the answer that was given. With a recall it
    counts how often that recall spoke in them, by what it said; several can speak in one check.
    `shop` is on whose page it was asked, in a frame: a key of the recall that is framed there.
    """

    recall = models.ForeignKey(
        Recall, null=True, on_delete=models.PROTECT, related_name="check_counts", db_index=False
    )
    version = models.PositiveIntegerField(null=True)
    minute = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=[(name, name) for name in COUNTED_AS])
    source = models.CharField(max_length=16, choices=[(name.value, name.value) for name in Source])
    shop = models.CharField(max_length=60, default="", blank=True)
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=KIND, nulls_distinct=False, name="one_count_of_a_kind_a_minute"
            ),
            models.CheckConstraint(
                condition=models.Q(recall__isnull=True, version__isnull=True)
                | models.Q(recall__isnull=False, version__isnull=False),
                name="count_names_recall_and_version",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=COUNTED_AS, source__in=[s.value for s in Source]),
                name="count_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(source=Source.FRAME.value) ^ models.Q(shop=""),
                name="count_names_a_shop_in_a_frame_only",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="count_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="kind_never_changes", exclude=["count"]),
            pgtrigger.Protect(
                name="count_only_grows",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.count < OLD.count"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.count} {self.verdict} by {self.source} at {self.minute}"


class PhotoLook(models.Model):
    """The second look of one check by one photo of the label.

    `digest` is that of the 256 random bits that the browser holds. `number` counts the photos of
    the same check, `texts` what was typed after this one was read. `is_admitted`: its owner is
    within the limits of checks, or did what was asked. What was asked and what was read is sealed
    under the key of the recall that asked to look again.
    """

    evidence_set = models.OneToOneField(
        EvidenceSet, on_delete=models.PROTECT, related_name="photo_look"
    )
    state = models.CharField(max_length=8, choices=LookState.choices, default=LookState.WAITING)
    digest = models.BinaryField(max_length=32, unique=True, null=True)
    number = models.PositiveSmallIntegerField(default=1)
    texts = models.PositiveSmallIntegerField(default=0)
    is_admitted = models.BooleanField(default=False)
    sealed_asked = SealedField(default=b"")
    sealed_reading = SealedField(default=b"")
    asked_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state=LookState.ENDED)
                | models.Q(
                    digest__isnull=True,
                    sealed_asked=b"",
                    sealed_reading=b"",
                    ended_at__isnull=False,
                ),
                name="look_that_ended_is_a_stub",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[LookState.READ, LookState.ANSWERED])
                | models.Q(read_at__isnull=False),
                name="look_that_was_read_says_when",
            ),
        )
        indexes = (
            models.Index(
                fields=["asked_at"],
                condition=~models.Q(state=LookState.ENDED),
                name="photo_look_not_over",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="photo_look_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="question_stays", fields=["id", "evidence_set", "number", "asked_at"]
            ),
            pgtrigger.FSM(
                name="legal_looks_only",
                field="state",
                transitions=sorted(
                    (before, after) for before, moves in LOOK_MOVES.items() for after in moves
                ),
            ),
        )

    def __str__(self) -> str:
        return f"second look {self.pk}"

    @property
    def sealing_recall_id(self) -> int:
        """Under whose key its values are sealed."""
        return self.evidence_set.recall_id
