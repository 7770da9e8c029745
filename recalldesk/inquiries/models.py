"""Seats of authorities, what they ask, and what the firm answers.

Guarantees, kept by the database itself: no row is ever deleted; what was asked, promised and
answered says for ever what it said, and whose it is; a seat that ended stays ended, and a question
moves on once. What people write is sealed under the key of its recall.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.evidence.enclosures.rows import (
    EnclosedFile,
    only_what_may_be_clean_has_a_file,
    triggers_of_files,
)
from recalldesk.foundation import clock
from recalldesk.inquiries.states import QuestionState
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField

NEVER_CHANGED = pgtrigger.Update | pgtrigger.Delete


class Seat(models.Model):
    """That somebody of an authority sees one recall, from a day to a day of UTC, both included.

    `authority`: its name; people of one authority read each other's questions at a recall where
    they sit. `until` is None where no day is named. `ended_at`: when somebody ended it.
    """

    person = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="seats")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="seats")
    authority = models.CharField(max_length=80)
    begins_on = models.DateField()
    until = models.DateField(null=True)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="seats_given")
    given_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(authority=""), name="a_seat_is_of_an_authority"
            ),
            models.UniqueConstraint(
                fields=["person", "recall"],
                condition=models.Q(ended_at__isnull=True),
                name="one_seat_of_a_person_at_a_recall",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("begins_on")),
                name="a_seat_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="a_seat_is_ended_by_somebody",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="seat_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="seat_is_as_it_was_given", exclude=["ended_by", "ended_at"]),
            pgtrigger.Protect(
                name="ended_seat_stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
            ),
        )

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Question(models.Model):
    """What somebody of an authority asks the firm about a recall.

    `sealed_text` holds its subject, the address of the page that it is about, and its words
    (wording.py). `text_digest`: the SHA-256 of the sealed bytes, which the log holds. `wanted_by`:
    by when the authority wants the answer. `nonce` names the form: sent twice, it is one question.
    `reminded_at`: when the firm was last reminded that nobody has answered.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="questions")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="questions")
    state = models.CharField(
        max_length=12, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    sealed_text = SealedField()
    text_digest = models.BinaryField(max_length=32)
    wanted_by = models.DateField(null=True)
    nonce = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=QuestionState.values), name="question_state_is_known"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="question_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="question_says_what_it_said", exclude=["state", "reminded_at"]),
            pgtrigger.Protect(
                name="question_moves_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'open' AND NEW.state IS DISTINCT FROM OLD.state"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"question {self.pk}"


class PromisedDay(models.Model):
    """By which day the firm says that it will answer. The newest holds; earlier ones stay."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="promises")
    day = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="promised_day_stays", operation=NEVER_CHANGED),
        )

    def __str__(self) -> str:
        return f"promised day {self.pk} of question {self.question_id}"


class Answer(models.Model):
    """What the firm answers. The first answers the question, later ones add to it.

    `nonce` names the form: sent twice, it is one answer.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    sealed_text = SealedField()
    text_digest = models.BinaryField(max_length=32)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="answer_to_authority_stays", operation=NEVER_CHANGED),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} to question {self.question_id}"

    @property
    def sealing_recall_id(self) -> int:
        """Under whose key the text is sealed."""
        return self.question.recall_id


class Attachment(EnclosedFile):
    """A file that the firm attached to an answer, for ever with it."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="attachments")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["answer", "content_digest"], name="a_file_is_attached_once"
            ),
            only_what_may_be_clean_has_a_file("only_what_may_be_clean_is_attached"),
        )
        triggers = triggers_of_files("attachment")

    def __str__(self) -> str:
        return f"attachment {self.pk} of answer {self.answer_id}"
