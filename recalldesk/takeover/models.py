"""Files of a system that ran the recall before, and which rows came of them; exports for leaving.

Guarantees, kept by the database itself: a file is counted line by line, counts once and never
changes; a claim, a remedy or a notice of the other system comes in once.
"""

import pgtrigger
from django.db import models

from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Claim
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.outreach.models import DirectNotice
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import Remedy
from recalldesk.sealing.fields import LookupField, SealedField
from recalldesk.takeover.states import DepartureState, FileOf, PhotoProblem


class TakeoverFile(models.Model):
    """A file that was taken over. `system`: what the one is called from which it comes;
    `mapping_digest`: of the mapping by which it was read."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="takeover_files")
    kind = models.CharField(max_length=8, choices=FileOf.choices)
    system = models.CharField(max_length=60)
    file_sha256 = models.CharField(max_length=64)
    mapping_digest = models.CharField(max_length=64)
    lines = models.PositiveBigIntegerField()
    heading = models.PositiveIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    duplicate = models.PositiveBigIntegerField()
    blank = models.PositiveBigIntegerField()
    continued = models.PositiveBigIntegerField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall", "kind", "file_sha256", "mapping_digest"],
                name="a_file_is_taken_over_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    lines=models.F("heading")
                    + models.F("accepted")
                    + models.F("rejected")
                    + models.F("duplicate")
                    + models.F("blank")
                    + models.F("continued")
                ),
                name="every_line_taken_over_is_counted",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="takeover_file_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"takeover file {self.pk}"


class TakeoverReject(models.Model):
    """A line that was not taken. `why`: goes on after "this line"; `sealed_row`: as it came."""

    file = models.ForeignKey(TakeoverFile, on_delete=models.PROTECT, related_name="rejects")
    number = models.PositiveBigIntegerField()
    why = models.CharField(max_length=200)
    sealed_row = SealedField(default=b"")

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="takeover_reject_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="takeover_reject_says_what_it_said", fields=["file", "number", "why"]
            ),
        )

    def __str__(self) -> str:
        return f"rejected line {self.number} of takeover file {self.file_id}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals the row."""
        return self.file.recall_id


class TakenClaim(models.Model):
    """A claim of the other system. `row_digest`: by which it is known again; `said`: its stage in
    that system's word; `is_paid`: the other system says that its remedy was sent."""

    file = models.ForeignKey(TakeoverFile, on_delete=models.PROTECT, related_name="claims")
    recall_id = models.BigIntegerField()
    line = models.PositiveBigIntegerField()
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="taken_over")
    row_digest = LookupField(max_length=32)
    said = models.CharField(max_length=60, blank=True)
    is_paid = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall_id", "row_digest"], name="a_claim_is_taken_over_once"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="taken_claim_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"taken claim {self.claim_id}"


class TakenRemedy(models.Model):
    """A remedy of the other system. `provider_said`: its provider in that system's word; `on`: the
    day of its last move there."""

    file = models.ForeignKey(TakeoverFile, on_delete=models.PROTECT, related_name="remedies")
    recall_id = models.BigIntegerField()
    line = models.PositiveBigIntegerField()
    remedy = models.OneToOneField(Remedy, on_delete=models.PROTECT, related_name="taken_over")
    provider_said = models.CharField(max_length=60, blank=True)
    on = models.DateField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="taken_remedy_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"taken remedy {self.remedy_id}"


class TakenNotice(models.Model):
    """A notice of the other system. `row_digest`: of contact, way and day."""

    file = models.ForeignKey(TakeoverFile, on_delete=models.PROTECT, related_name="notices")
    recall_id = models.BigIntegerField()
    line = models.PositiveBigIntegerField()
    notice = models.OneToOneField(DirectNotice, on_delete=models.PROTECT, related_name="taken_over")
    row_digest = LookupField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recall_id", "row_digest"], name="a_notice_is_taken_over_once"
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(
                name="taken_notice_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"taken notice {self.notice_id}"


class TakenPhoto(models.Model):
    """A photo that a line of a claim names. `photo`: none until its file came in; then the name is
    emptied."""

    claim = models.ForeignKey(TakenClaim, on_delete=models.PROTECT, related_name="photos")
    kind = models.CharField(max_length=16, choices=PhotoKind.choices, default=PhotoKind.OTHER)
    sealed_name = SealedField()
    photo = models.ForeignKey(Photo, null=True, on_delete=models.PROTECT, related_name="+")
    problem = models.CharField(max_length=12, choices=PhotoProblem.choices, blank=True)

    class Meta:
        triggers = (never_emptied(),)

    def __str__(self) -> str:
        return f"taken photo {self.pk}"

    @property
    def sealing_recall_id(self) -> int:
        """The recall whose key seals the name."""
        return self.claim.recall_id


class Departure(models.Model):
    """That a whole recall was written out. `manifest_sha256`: of the file that names the others."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="departures")
    state = models.CharField(
        max_length=12, choices=DepartureState.choices, default=DepartureState.STARTED
    )
    files = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="departure_stays", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"departure {self.pk}"
