"""The log rows. The database refuses to change or delete them, whoever asks.

Rows hold identifiers, enums and times only. Free text stands sealed beside them in a `Note`, whose
digest is in the row: erasing a note leaves the log whole and shows that something was erased.
"""

import pgtrigger
from django.db import models

from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied
from recalldesk.sealing.fields import SealedField


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

    class Meta:
        indexes = (models.Index(fields=["subject", "subject_id"], name="state_change_subject"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}: {self.from_state} -> {self.to_state}"
