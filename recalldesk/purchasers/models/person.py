"""Which purchasers and owners are one person, and why.

Guarantee: what joins two is a row with its reasons; joining silences nobody: each purchaser keeps
every contact of their own.
"""

from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.purchasers.states import QuestionSource, QuestionState
from recalldesk.recalls.models import Recall


class Person(models.Model):
    """Those who are one person, as far as is known: a cluster of purchasers and filings."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="persons")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"person {self.pk}"


class Join(models.Model):
    """Two are one: a purchaser with another, or with a filing. `reasons`: words of
    `matching.people`; `by`: who said so, or nobody where the rules did."""

    first = models.ForeignKey("Purchaser", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("Purchaser", null=True, on_delete=models.CASCADE, related_name="+")
    filing = models.ForeignKey(Filing, null=True, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="two_are_joined_once"),
            models.UniqueConstraint(fields=["first", "filing"], name="a_filing_is_joined_once"),
            models.CheckConstraint(
                condition=models.Q(second__isnull=False, filing__isnull=True)
                | models.Q(second__isnull=True, filing__isnull=False),
                name="a_join_is_of_two",
            ),
        )

    def __str__(self) -> str:
        return f"join {self.pk}"


class SamePersonQuestion(models.Model):
    """Whether two are one person, for somebody to say: a purchaser and another, or a purchaser and
    who filed a claim. `weight`: how likely, 0 to 1."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("Purchaser", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("Purchaser", null=True, on_delete=models.CASCADE, related_name="+")
    filing = models.ForeignKey(Filing, null=True, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=8, choices=QuestionSource.choices)
    reasons = models.JSONField()
    weight = models.FloatField()
    state = models.CharField(
        max_length=8, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["recall", "state", "-weight"], name="questions_by_weight"),)
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="two_are_asked_about_once"),
            models.UniqueConstraint(
                fields=["first", "filing"], name="a_filing_is_asked_about_once"
            ),
            models.CheckConstraint(
                condition=models.Q(second__isnull=False, filing__isnull=True)
                | models.Q(second__isnull=True, filing__isnull=False),
                name="a_question_is_of_two",
            ),
        )

    def __str__(self) -> str:
        return f"question {self.pk}"


class FilingLook(models.Model):
    """That a filing was held against the purchasers. `keys_digest`: of the keys that it had then:
    with others it is held against them anew."""

    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="+")
    keys_digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"look {self.pk} at a filing"
