"""What a mailing says, from the moment it is written until it is sent; sealed in between."""

import json
from dataclasses import asdict, dataclass

from recalldesk.mailing.models import Mailing
from recalldesk.sealing import vault

TO_PURPOSE = "mailing.Mailing.sealed_to"
CONTENT_PURPOSE = "mailing.Mailing.sealed_content"


@dataclass(frozen=True, repr=False)
class Content:
    """A mail, or a text message that has nothing but its text. `stop_link`: where a mail program
    may say, with one POST, that its owner wants no more of these."""

    text: str
    subject: str = ""
    html: str = ""
    sender: str = ""
    reply_to: str = ""
    language: str = ""
    stop_link: str = ""


def scope_of(recall_id: int | None) -> str:
    """Under whose key it is sealed."""
    return vault.DESK if recall_id is None else vault.recall_scope(recall_id)


def sealed_content(content: Content, *, scope: str) -> bytes:
    """The content, to be stored."""
    text = json.dumps(asdict(content), ensure_ascii=False)
    return vault.seal_text(text, scope=scope, purpose=CONTENT_PURPOSE)


def content_of(mailing: Mailing) -> Content:
    """What is to be sent. Raises SealingError; also where it was erased."""
    opened = vault.open_text(
        bytes(mailing.sealed_content), scope=scope_of(mailing.recall_id), purpose=CONTENT_PURPOSE
    )
    return Content(**json.loads(opened))


def recipient_of(mailing: Mailing) -> str:
    """The address or number; nothing where it was erased. Raises SealingError."""
    if not mailing.sealed_to:
        return ""
    return vault.open_text(
        bytes(mailing.sealed_to), scope=scope_of(mailing.recall_id), purpose=TO_PURPOSE
    )
