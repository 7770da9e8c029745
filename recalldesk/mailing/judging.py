"""What an error of a mail server or provider means: never, or not now.

Guarantee: only what a server says of this very recipient or of this very mail is final. What may be
the firm's own settings (a sign-in, a sender) is tried again, so that mending them loses nothing.
"""

import re
import smtplib
from collections.abc import Iterable

import structlog
from anymail.exceptions import (
    AnymailAPIError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
)

from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.states import SendError

log = structlog.get_logger()
SIGN_IN = frozenset({401, 403})
OF_THE_ADDRESS = re.compile(r"(?<![\d.])5\.(1\.(0|1|2|3|6|10)|2\.1)(?![\d.])")


def judged(error: Exception) -> Refused | NotSentYet:
    """The error in words of ours."""
    match error:
        case AnymailInvalidAddress():
            return Refused(SendError.ADDRESS_INVALID)
        case AnymailRecipientsRefused():
            return Refused(SendError.RECIPIENT_REFUSED)
        case AnymailAPIError():
            return NotSentYet(
                _of_status(error.status_code), may_have_left=error.status_code is None
            )
        case smtplib.SMTPRecipientsRefused():
            return _of_recipients(error.recipients.values())
        case smtplib.SMTPSenderRefused() | smtplib.SMTPAuthenticationError():
            return NotSentYet(SendError.SIGN_IN_REFUSED)
        case smtplib.SMTPDataError():
            if _is_final(error.smtp_code):
                return Refused(SendError.CONTENT_REFUSED)
            return NotSentYet(SendError.TRY_LATER)
        case smtplib.SMTPException() | OSError():
            return NotSentYet(SendError.SERVER_AWAY, may_have_left=True)
    log.error("mail_not_sent", error=type(error).__name__)
    return NotSentYet(SendError.UNEXPECTED, may_have_left=True)


def _of_status(code: int | None) -> SendError:
    if code is None:
        return SendError.SERVER_AWAY
    return SendError.SIGN_IN_REFUSED if code in SIGN_IN else SendError.TRY_LATER


def _of_recipients(answers: Iterable[tuple[int, bytes]]) -> Refused | NotSentYet:
    said = list(answers)
    if all(_is_final(code) for code, _ in said):
        return Refused(
            SendError.RECIPIENT_REFUSED,
            reaches_nobody=all(
                is_of_the_address(words.decode("ascii", "replace")) for _, words in said
            ),
        )
    return NotSentYet(SendError.TRY_LATER)


def is_of_the_address(status: str) -> bool:
    """Whether a status (RFC 3463) says that nobody has this address, now or later; a full mailbox
    and a policy say nothing of it."""
    return OF_THE_ADDRESS.search(status) is not None


def _is_final(code: int) -> bool:
    return 500 <= code < 600
