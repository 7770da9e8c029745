"""One mail, given to the server or provider that the settings name.

Guarantees: the same mailing bears the same Message-ID however often it is given; it holds no
picture that tells of being read, and asks the provider to leave its links as they are, since one
may open a claim; it says that a machine wrote it, so that no absence notice answers.
"""

from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from recalldesk.mailing.content import Content
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.judging import judged
from recalldesk.mailing.states import SendError

MARK = "mailing"
"""The name under which a provider is told of the row's random id, and tells it back."""
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def message_id(random_id: UUID, sender: str) -> str:
    """The Message-ID that every attempt bears."""
    return f"<{random_id.hex}@{parseaddr(sender)[1].rpartition('@')[2]}>"


def send_letter(
    *, random_id: UUID, to: str, content: Content, by: BaseEmailBackend | None = None
) -> str:
    """Gives it away, by a connection that is open already where one is given; returns the
    provider's own name for it, or nothing.

    Raises Refused, or NotSentYet.
    """
    try:
        validate_email(to)
    except ValidationError:
        raise Refused(SendError.ADDRESS_INVALID) from None
    if not settings.EMAIL_BACKEND:
        raise NotSentYet(SendError.NOT_SET_UP)
    letter = _letter(random_id, to, content)
    try:
        way = by or get_connection(**settings.MAIL_OPTIONS)
        taken = way.send_messages([letter])
    except Exception as error:  # whatever it is, its words may hold the address
        raise judged(error) from None
    status = getattr(letter, "anymail_status", None)
    if not taken or getattr(status, "status", None) == {"failed"}:
        raise NotSentYet(SendError.TRY_LATER)
    return str(getattr(status, "message_id", None) or "")[:255]


def _way_to_stop(link: str) -> dict[str, str]:
    """What a mail program needs to offer "no more of these" by itself (RFC 8058)."""
    if not link:
        return {}
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _letter(random_id: UUID, to: str, content: Content) -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(
        subject=content.subject,
        body=content.text,
        from_email=content.sender,
        to=[to],
        reply_to=[content.reply_to] if content.reply_to else None,
        headers=HEADERS
        | {
            "Message-ID": message_id(random_id, content.sender),
            "Content-Language": content.language,
        }
        | _way_to_stop(content.stop_link),
    )
    if content.html:
        letter.attach_alternative(content.html, "text/html")
    # Read by Anymail's backends, and by no other.
    letter.metadata = {MARK: random_id.hex}  # type: ignore[attr-defined]
    letter.track_opens = letter.track_clicks = False  # type: ignore[attr-defined]
    return letter
