"""One text message, given to the way of sending that RECALLDESK_SMS names.

Each way is a class with one method, `send`, that gives a message away, raises Refused where it
never can, and NotSentYet where it cannot now; tests/contracts/ holds one suite for all of them.
"""

import json
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from recalldesk.mailing.content import Content
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.private_file import write_private
from recalldesk.mailing.states import SendError
from recalldesk.mailing.text_gateway import TextGateway
from recalldesk.mailing.text_url import LOCAL, Gateway, TextUrlUnreadable, gateway_in


class TextSender(Protocol):
    """A way to send text messages."""

    def send(self, *, random_id: UUID, to: str, content: Content) -> str:
        """Gives it away; returns the provider's own name for it, or nothing.

        The same `random_id` is the same message. Raises Refused, or NotSentYet.
        """


class LocalFolder:
    """Writes each message to a folder, for the demo and for tests. Nobody gets it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, *, random_id: UUID, to: str, content: Content) -> str:
        """Writes a file named after the message; a repeat writes it anew."""
        written = json.dumps({"to": to, "text": content.text, "language": content.language})
        try:
            write_private(self._folder, f"{random_id.hex}.json", written.encode())
        except OSError:
            raise NotSentYet(SendError.SERVER_AWAY) from None
        return ""


class NoTexts:
    """Sends nothing: a phone number is only ever called, by a person."""

    def send(self, *, random_id: UUID, to: str, content: Content) -> str:
        """Refuses every message."""
        raise Refused(SendError.NO_TEXT_MESSAGES)


def text_sender() -> TextSender:
    """The way that the settings name."""
    if settings.SMS == LOCAL:
        return LocalFolder(settings.SMS_FOLDER)
    gateway = text_gateway()
    return TextGateway(gateway) if gateway else NoTexts()


def text_gateway() -> Gateway | None:
    """The gateway that the settings name; none where it cannot be read: the checks say so."""
    try:
        return gateway_in(settings.SMS)
    except TextUrlUnreadable:
        return None


def are_texts_sent() -> bool:
    """Whether this installation sends text messages at all."""
    return not isinstance(text_sender(), NoTexts)


def send_text(*, random_id: UUID, to: str, content: Content) -> str:
    """Sends one; returns the provider's own name for it. Raises Refused, or NotSentYet."""
    return text_sender().send(random_id=random_id, to=to, content=content)
