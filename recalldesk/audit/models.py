"""The log rows, the blocks in which they are sealed, and the signed heads of that chain.

Guarantees, kept by the database: none of them is changed or deleted, whoever asks; a block follows
on the newest one and on no other, in the newest form; whatever row is committed waits to be
sealed, whoever wrote it.

Rows hold identifiers, enums and times only. Free text stands sealed beside them in a `Note`, whose
digest is in the row: erasing a note leaves the log whole and shows that something was erased. What
a row speaks of, such as a decision with its reasons, stands in its own table; its digest is in the
row (contents.py).
"""

import pgtrigger
from django.db import models

from recalldesk.audit.canonical import FORM
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.sealing.fields import SealedField

FOLLOWS_ON_THE_NEWEST = f"""
    SELECT * INTO newest FROM audit_block ORDER BY number DESC LIMIT 1;
    IF NEW.number IS DISTINCT FROM COALESCE(newest.number, 0) + 1
        OR NEW.total IS DISTINCT FROM COALESCE(newest.total, 0) + NEW.count
        OR NEW.previous IS DISTINCT FROM
            COALESCE(newest.digest, pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'recalldesk: a block follows on the newest one';
    END IF;
    IF NEW.form < {FORM} THEN
        RAISE EXCEPTION 'recalldesk: an older program would leave columns unsealed';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - a number of ours


class Note(models.Model):
    """A free text somebody gave as a reason, sealed."""

    sealed_text = SealedField(default=b"")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="note_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="note_is_only_erased",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.sealed_text <> ''::bytea"),
            ),
        )

    def __str__(self) -> str:
        return f"note {self.pk}"


class StateChange(models.Model):
    """One move of one thing."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    recall_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=32, choices=Subject.choices)
    subject_id = models.BigIntegerField()
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32)
    reason = models.CharField(max_length=40, choices=Reason.choices, blank=True)
    actor = models.CharField(max_length=16, choices=Actor.choices)
    actor_id = models.BigIntegerField(null=True)
    note = models.OneToOneField(Note, null=True, on_delete=models.PROTECT)
    note_digest = models.BinaryField(null=True, max_length=32)
    content_digest = models.BinaryField(null=True, max_length=32)

    class Meta:
        indexes = (models.Index(fields=["subject", "subject_id"], name="state_change_subject"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="waits_to_be_sealed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO audit_unsealedchange (change_id) VALUES (NEW.id); RETURN NULL;",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}: {self.from_state} -> {self.to_state}"


class UnsealedChange(models.Model):
    """That a row waits to be sealed. The database writes it with the row, in one transaction, so
    that a row which commits late is not passed over; it goes when the row is sealed.
    """

    change_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"row {self.change_id} waits"


class Block(models.Model):
    """Rows of the log that were sealed together. `total` counts the rows up to its end.

    `form` says how the bytes of its rows are made (canonical.py).
    """

    number = models.BigIntegerField(primary_key=True)
    form = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="block_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="follows_on_the_newest",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("newest", "audit_block%ROWTYPE")],
                func=FOLLOWS_ON_THE_NEWEST,
            ),
        )

    def __str__(self) -> str:
        return f"block {self.number}"


class SealedChange(models.Model):
    """In which block a row stands, at which place from 1, and the digest of its bytes.

    It points at the row by number only: it must outlive whatever is done to the row.
    """

    change_id = models.BigIntegerField(primary_key=True)
    block = models.ForeignKey(
        Block, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    place = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["block", "place"], name="one_row_at_a_place"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="sealed_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"row {self.change_id} in block {self.block_id}"


class Head(models.Model):
    """The head of the chain as it was signed, word for word; its jobs bring it out of here."""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="head_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"head at block {self.block_id}"
