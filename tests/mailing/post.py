"""Mails and text messages of a made-up owner, for tests of what becomes of them."""

from typing import Any

from recalldesk.mailing.actions import write_mail, write_sms
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall

TO = "olga@home.example"
NUMBER = "+12025550143"
SECRET_LINK = "https://recall.example/en/come-back#made-up-token"


def a_mail(recall: Recall | None = None, **changes: Any) -> Mailing:
    """A mail with a link in it."""
    given: dict[str, Any] = {
        "recall": recall,
        "to": TO,
        "subject": "Your claim 4829",
        "text": f"Come back here:\n{SECRET_LINK}\n",
        "html": f'<p><a href="{SECRET_LINK}">Come back</a></p>',
        "language": "en",
        "purpose": Purpose.CLAIM_FILED,
    }
    return write_mail(**given | changes)


def a_text(recall: Recall | None = None, **changes: Any) -> Mailing:
    """A text message with a link in it."""
    given: dict[str, Any] = {
        "recall": recall,
        "to": NUMBER,
        "text": f"Your claim: {SECRET_LINK}",
        "language": "en",
        "purpose": Purpose.ACCESS_LINK,
    }
    return write_sms(**given | changes)
