"""Sets of photos, and the photos. The pictures themselves lie sealed in the file store.

Guarantees, kept by the database: a photo moves along the table of moves only; the same bytes are
one photo of their set and kind; a clean photo has a picture; a removed one keeps no digest, and
rows are never deleted: what is erased leaves a stub, so that counts stay.
"""

import pgtrigger
from django.db import models

from recalldesk.evidence.states import (
    MOVES,
    WAITING,
    PhotoKind,
    PhotoProblem,
    PhotoState,
    ScanOutcome,
)
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField


class EvidenceSet(models.Model):
    """The photos that belong together: those of one claim."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="evidence_sets")
    created_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="evidence_set_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="recall_never_changes", fields=["id", "recall", "created_at"]),
        )

    def __str__(self) -> str:
        return f"evidence set {self.pk}"


class Photo(models.Model):
    """One photo. `storage_key` names its files; it is empty once these are gone."""

    evidence_set = models.ForeignKey(EvidenceSet, on_delete=models.PROTECT, related_name="photos")
    kind = models.CharField(max_length=16, choices=PhotoKind.choices)
    state = models.CharField(max_length=16, choices=PhotoState.choices, default=PhotoState.RECEIVED)
    storage_key = models.CharField(max_length=40, blank=True)
    original_bytes = models.PositiveIntegerField()
    original_digest = LookupField(max_length=32, default=b"")
    picture_bytes = models.PositiveIntegerField(null=True)
    picture_digest = LookupField(max_length=32, default=b"")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=24, choices=PhotoProblem.choices, blank=True)
    scan = models.CharField(max_length=16, choices=ScanOutcome.choices, blank=True)
    scanned_with = models.CharField(max_length=16, blank=True)
    failed_cleanings = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["evidence_set", "kind", "original_digest"],
                condition=~models.Q(state=PhotoState.REMOVED),
                name="same_bytes_are_one_photo",
            ),
            models.UniqueConstraint(
                fields=["storage_key"],
                condition=~models.Q(storage_key=""),
                name="files_belong_to_one_photo",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PhotoState.CLEAN)
                | models.Q(picture_bytes__gt=0, width__gt=0, height__gt=0, problem=""),
                name="clean_photo_has_a_picture",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PhotoState.REMOVED)
                | models.Q(removed_at__isnull=False, original_digest=b"", picture_digest=b""),
                name="removed_photo_is_a_stub",
            ),
        )
        indexes = (
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=sorted(WAITING)),
                name="photo_waiting",
            ),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="photo_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="origin_never_changes",
                fields=["id", "evidence_set", "kind", "original_bytes", "received_at"],
            ),
            pgtrigger.FSM(
                name="legal_moves_only",
                field="state",
                transitions=sorted((before, after) for before in MOVES for after in MOVES[before]),
            ),
        )

    def __str__(self) -> str:
        return f"photo {self.pk}"
