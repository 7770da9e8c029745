"""What comes back: answers of those who were told, filings by a notice's link, calls, and contacts
that are not written to any more."""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.outreach.models.notice import DirectNotice
from recalldesk.outreach.states import AnswerKind, CallOutcome, Suppression, Way
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField


class Answer(models.Model):
    """What somebody answered to a notice. `units`: of how many; of those that are no answer for
    units, none. `sealed_next`: JSON, a list of the names and contacts of who has the units now.
    `by`: who wrote it down, where it came by phone or letter; `undone_at`: it was taken back.

    One that is older than its notice was given by nobody: claims were tied to whom it went, and
    were erased (`answering.of_erased`). It bears no day of its own, or it would lead to them."""

    notice = models.ForeignKey(DirectNotice, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=16, choices=AnswerKind.choices)
    units = models.PositiveIntegerField(default=0)
    sealed_next = SealedField(default=b"")
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["notice", "kind"],
                condition=models.Q(undone_at=None),
                name="an_answer_counts_once",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="answer_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it."""
        return self.notice.recall_id

    @property
    def is_of_erased(self) -> bool:
        """Whether nobody gave it: it stands for claims that were erased."""
        return self.at < self.notice.made_at


class NoticeFiling(models.Model):
    """That a filing was begun by the link of a notice: it answers for what was bought under that
    contact."""

    notice = models.ForeignKey(DirectNotice, on_delete=models.PROTECT, related_name="filings")
    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"filing {self.filing_id} by notice {self.notice_id}"


class PassedOn(models.Model):
    """That an answer named this contact as who has units now, whatever notice they have of it. Of
    an answer about several units each may have all that nobody else was named for."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="passed_on")
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact_digest = LookupField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["answer", "contact_digest"], name="an_answer_names_a_contact_once"
            ),
        )
        indexes = (models.Index(fields=["recall"], name="passed_on_in_a_recall"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="passed_on_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"passed on by answer {self.answer_id}"


class Call(models.Model):
    """One call to a purchaser. `again_at`: when they want to be called again."""

    notice = models.ForeignKey(DirectNotice, on_delete=models.PROTECT, related_name="calls")
    outcome = models.CharField(max_length=16, choices=CallOutcome.choices)
    sealed_note = SealedField(default=b"")
    again_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="call_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"call {self.pk}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals it."""
        return self.notice.recall_id


class Suppressed(models.Model):
    """A contact that is not written to in one way. `recall`: none where it holds for every recall,
    as for an address that does not exist, a complaint, a STOP. `lifted_at`: it is written to
    again."""

    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="+")
    contact_digest = LookupField(max_length=32)
    way = models.CharField(max_length=8, choices=Way.choices)
    reason = models.CharField(max_length=16, choices=Suppression.choices)
    notice = models.ForeignKey(DirectNotice, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["contact_digest", "way"], name="suppressed_contacts"),)
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "contact_digest", "way", "reason"],
                condition=models.Q(lifted_at=None),
                nulls_distinct=False,
                name="a_contact_is_suppressed_once",
            ),
        )

    def __str__(self) -> str:
        return f"suppressed contact {self.pk}"
