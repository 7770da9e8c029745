"""Sets of photos, the photos, what was read in them, and by what like ones are found.

The pictures themselves lie sealed in the file store.

Guarantees, kept by the database: a photo moves along the tables of moves only; the same bytes are
one photo of their set and kind; a clean photo has a picture, a read one what was read; a removed
one keeps no digest, reading or fingerprint, and its row is never deleted: what is erased leaves a
stub, so that counts stay.
"""

from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from recalldesk.evidence.states import (
    MOVES,
    READ_KINDS,
    READING_MOVES,
    WAITING,
    EvidencePurpose,
    PhotoKind,
    PhotoProblem,
    PhotoState,
    ReadingState,
    ScanOutcome,
)
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.reading.likeness import BITS, PARTS
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField

if TYPE_CHECKING:
    Bits = models.Field[str, str]
else:
    Bits = models.Field


class EvidenceSet(models.Model):
    """The photos that belong together: those of one claim, one message, or one check.

    `marking_code` is what has to stand on the unit in its photos; empty where no code was given.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="evidence_sets")
    purpose = models.CharField(
        max_length=8, choices=EvidencePurpose.choices, default=EvidencePurpose.CLAIM
    )
    marking_code = models.CharField(max_length=9, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="evidence_set_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="recall_never_changes", fields=["id", "recall", "purpose", "created_at"]
            ),
        )

    def __str__(self) -> str:
        return f"evidence set {self.pk}"


class Photo(models.Model):
    """One photo. `storage_key` names its files; it is empty once these are gone.

    `read_at` is when it was read or given up.
    """

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
    reading = models.CharField(
        max_length=8, choices=ReadingState.choices, default=ReadingState.NOT_ASKED, blank=True
    )
    failed_readings = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                condition=models.Q(reading=ReadingState.NOT_ASKED)
                | models.Q(
                    state__in=[PhotoState.CLEAN, PhotoState.UNUSABLE],
                    kind__in=sorted(READ_KINDS),
                ),
                name="what_is_read_was_clean",
            ),
            models.CheckConstraint(
                condition=~models.Q(reading__in=[ReadingState.READ, ReadingState.GIVEN_UP])
                | models.Q(read_at__isnull=False),
                name="reading_that_ended_says_when",
            ),
        )
        indexes = (
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=sorted(WAITING)),
                name="photo_waiting",
            ),
            models.Index(
                fields=["settled_at"],
                condition=models.Q(reading=ReadingState.WAITING),
                name="photo_waiting_to_be_read",
            ),
            models.Index(
                fields=["original_digest"],
                condition=~models.Q(original_digest=b""),
                name="photos_of_the_same_bytes",
            ),
            models.Index(
                fields=["picture_digest"],
                condition=~models.Q(picture_digest=b""),
                name="photos_of_the_same_picture",
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
            pgtrigger.FSM(
                name="legal_readings_only",
                field="reading",
                transitions=sorted(
                    (before, after) for before, moves in READING_MOVES.items() for after in moves
                ),
            ),
            pgtrigger.Trigger(
                name="unread_only_when_removed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.reading <> '' AND NEW.reading = '' AND NEW.state <> 'removed'"
                ),
                func="RAISE EXCEPTION 'recalldesk: a reading is forgotten with its photo only';",
            ),
            pgtrigger.Trigger(
                name="forgets_what_was_read",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.reading <> '' AND NEW.reading = ''"),
                func="DELETE FROM evidence_reading WHERE photo_id = NEW.id; RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="forgets_its_fingerprint",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'removed' AND NEW.state = 'removed'"),
                func="DELETE FROM evidence_fingerprint WHERE photo_id = NEW.id; RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="read_photo_has_its_reading",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.reading = 'read'"),
                func="""
                    IF NOT EXISTS (SELECT FROM evidence_reading WHERE photo_id = NEW.id) THEN
                        RAISE EXCEPTION 'recalldesk: a photo that was read has a reading';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"photo {self.pk}"


class Reading(models.Model):
    """What was read in one photo: the engine's answer as JSON, sealed, and which engine gave it.

    The database deletes it when its photo is removed.
    """

    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="what_was_read")
    sealed_answer = SealedField()
    engine = models.CharField(max_length=60)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.ReadOnly(name="reading_stays", fields=["id", "photo", "engine"]),
            pgtrigger.Trigger(
                name="of_a_photo_that_waits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM FROM evidence_photo
                    WHERE id = NEW.photo_id AND reading = 'waiting' FOR NO KEY UPDATE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'recalldesk: only a photo that waits for it is read';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="goes_with_its_photo",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT FROM evidence_photo WHERE id = OLD.photo_id AND reading = 'read'
                    ) THEN
                        RAISE EXCEPTION 'recalldesk: a photo that was read has a reading';
                    END IF;
                    RETURN OLD;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"reading of photo {self.photo_id}"

    @property
    def sealing_recall_id(self) -> int:
        """Under whose key the answer is sealed."""
        return self.photo.evidence_set.recall_id


class BitsField(Bits):
    """256 bits, as a text of so many digits."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """A type of PostgreSQL's own."""
        return f"bit({BITS})"


class Fingerprint(models.Model):
    """By what photos that look alike are found: 256 bits (reading/likeness.py).

    `bits` and `parts` are those of the picture as it stands, `turned` those of its eight turns, 32
    bytes each. They are searched, so they are not sealed. The database deletes the row when its
    photo is removed. A picture with nothing in it has none.
    """

    photo = models.OneToOneField(
        Photo, on_delete=models.PROTECT, primary_key=True, related_name="fingerprint"
    )
    bits = BitsField()
    turned = models.BinaryField()
    parts = ArrayField(models.IntegerField(), size=PARTS)

    class Meta:
        indexes = tuple(
            models.Index(models.F(f"parts__{place}"), name=f"fingerprint_part_{place}")
            for place in range(PARTS)
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="fingerprint_stays_as_it_is", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="of_a_clean_photo",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM FROM evidence_photo
                    WHERE id = NEW.photo_id AND state = 'clean' FOR NO KEY UPDATE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'recalldesk: only a clean photo has a fingerprint';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"fingerprint of photo {self.photo_id}"
