"""Mails and text messages to one person. To whom and what is sealed; the rest is enums and times.

Guarantees, kept by the database: what was to be sent is erased as soon as it was sent or never will
be, since it may hold a link that opens somebody's claim; each row has a random id of its own, from
which every attempt takes the same Message-ID.
"""

import uuid

from django.db import models

from recalldesk.foundation import clock
from recalldesk.mailing.states import Channel, MailingState, SendError
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField


class Mailing(models.Model):
    """One mail or text message to one address or number. Without a recall it is the desk's own."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, null=True, related_name="mailings")
    filing_id = models.BigIntegerField(null=True, db_index=True)
    purpose = models.CharField(max_length=32)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    language = models.CharField(max_length=12)
    random_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider_id = models.CharField(max_length=255, blank=True, db_index=True)
    sealed_to = SealedField(default=b"")
    to_digest = LookupField(max_length=32, default=b"", db_index=True)
    sealed_content = SealedField(default=b"")
    state = models.CharField(
        max_length=8, choices=MailingState.choices, default=MailingState.QUEUED
    )
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=24, choices=SendError.choices, blank=True)
    queued_at = models.DateTimeField(default=clock.now)
    first_tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["queued_at"],
                condition=models.Q(state=MailingState.QUEUED),
                name="mailing_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=MailingState.QUEUED) | models.Q(sealed_content=b""),
                name="mailing_content_erased",
            ),
        )

    def __str__(self) -> str:
        return f"mailing {self.pk}"
