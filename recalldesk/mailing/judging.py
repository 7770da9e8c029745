"""What an error of a mail server or provider means: never, or not now.

Guarantee: only what a server says of this very recipient or of this very mail is final. What may be
the firm's own settings (a sign-in, a sender) is tried again, so that mending them loses nothing.
"""

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


def judged(error: Exception) -> Refused | NotSentYet:
    """The error in words of ours."""
    match error:
        case AnymailInvalidAddress():
            return Refused(SendError.ADDRESS_INVALID)
        case AnymailRecipientsRefused():
            return Refused(SendError.RECIPIENT_REFUSED)
        case AnymailAPIError():
            return NotSentYet(_of_status(error.status_code))
        case smtplib.SMTPRecipientsRefused():
            return _of_recipients(code for code, _ in error.recipients.values())
        case smtplib.SMTPSenderRefused() | smtplib.SMTPAuthenticationError():
            return NotSentYet(SendError.SIGN_IN_REFUSED)
        case smtplib.SMTPDataError():
            if _is_final(error.smtp_code):
                return Refused(SendError.CONTENT_REFUSED)
            return NotSentYet(SendError.TRY_LATER)
        case smtplib.SMTPException() | OSError():
            return NotSentYet(SendError.SERVER_AWAY)
    log.error("mail_not_sent", error=type(error).__name__)
    return NotSentYet(SendError.UNEXPECTED)


def _of_status(code: int | None) -> SendError:
    if code is None:
        return SendError.SERVER_AWAY
    return SendError.SIGN_IN_REFUSED if code in SIGN_IN else SendError.TRY_LATER


def _of_recipients(codes: Iterable[int]) -> Refused | NotSentYet:
    if all(map(_is_final, codes)):
        return Refused(SendError.RECIPIENT_REFUSED)
    return NotSentYet(SendError.TRY_LATER)


def _is_final(code: int) -> bool:
    return 500 <= code < 600
