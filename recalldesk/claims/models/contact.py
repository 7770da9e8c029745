"""That an owner called, wrote or came, and what the desk keeps of it.

Guarantee, kept by the database itself: a contact is never deleted; it is erased, which leaves that
there was one, how, when and about what, and the digest of its sealed note.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied, only_erased
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import SealedField


class Contact(models.Model):
    """One contact, with or without a claim. `evidence`: what came with it, scanned.

    `note_digest`: the SHA-256 of the sealed note as it was written, which the log holds.
    """

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, null=True, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    about = models.CharField(max_length=16, choices=ContactAbout.choices)
    sealed_note = SealedField(default=b"")
    note_digest = models.BinaryField(null=True, max_length=32)
    evidence = models.OneToOneField(
        EvidenceSet, null=True, on_delete=models.PROTECT, related_name="contact"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)
    nonce = models.CharField(max_length=32, unique=True)

    class Meta:
        indexes = (models.Index(fields=["recall", "at"], name="contacts_by_day"),)
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="contact_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="contact_says_what_it_said",
                exclude=["sealed_note", "filing", "evidence"],
            ),
            only_erased("sealed_note", name="contact_is_only_erased"),
        )

    def __str__(self) -> str:
        return f"contact {self.pk}"
