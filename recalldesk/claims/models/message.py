"""What owner and desk write to each other, sealed.

Guarantees, kept by the database itself: a message is never deleted and says for ever what it said;
it is erased, which leaves that there was one, and the digest of its sealed text.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from recalldesk.claims.models.filing import Filing
from recalldesk.claims.states import Direction
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.protection.triggers import never_emptied, only_erased
from recalldesk.sealing.fields import SealedField


class Message(models.Model):
    """One message. `nonce` stands for its form and its text: a form sent twice is one message.

    `text_digest`: the SHA-256 of the sealed text as it was written, which the log holds.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=12, choices=Direction.choices)
    sealed_text = SealedField(default=b"")
    text_digest = models.BinaryField(null=True, max_length=32)
    evidence = models.OneToOneField(
        EvidenceSet, null=True, on_delete=models.PROTECT, related_name="message"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nonce = models.CharField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["filing", "nonce"], name="a_message_is_sent_once"),
        )
        triggers = (
            never_emptied(),
            pgtrigger.Protect(name="message_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="message_says_what_it_said", exclude=["sealed_text"]),
            only_erased("sealed_text", name="message_is_only_erased"),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def sealing_recall_id(self) -> int:
        """Under whose key the text is sealed."""
        return self.filing.recall_id
