"""The words of mailings: why one is written, how it goes, where it stands and what went wrong."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Purpose(TextChoices):
    """Why it is written. The column takes any of them; another one needs no migration."""

    DRAFT_LINK = "draft_link", "The way back to a draft"
    CLAIM_FILED = "claim_filed", "A claim was filed"
    STAGE = "stage", "A claim came to its next stage"
    MESSAGE = "message", "The desk wrote a message"
    ACCESS_LINK = "access_link", "A new link to a claim"
    FRESH_CODE = "fresh_code", "A code that proves the address once more"
    REMINDER = "reminder", "Something is waiting for the owner"
    INCIDENT_TO_DESK = "incident_to_desk", "Somebody told of danger"
    INVITATION = "invitation", "Somebody is invited to the desk"
    STAFF_ACCOUNT = "staff_account", "Something about somebody's own account at the desk"
    LOG_HEAD = "log_head", "The head of the log"
    PROMISES_TO_DESK = "promises_to_desk", "Which promises break next"
    APPROVAL_TO_DESK = (
        "approval_to_desk",
        "A version waits for approval, or was approved or sent back",
    )
    WAVE_TO_DESK = "wave_to_desk", "A wave of notices waits for the desk"
    WAVE_TEST = "wave_test", "A test of a wave of notices"
    TEXT_TO_DESK = "text_to_desk", "An owner answered a text message"
    HOME_PAGE_TO_DESK = "home_page_to_desk", "Somebody is to look at the firm's home page"
    SEAT_GIVEN = "seat_given", "An authority was given a seat"
    QUESTION_TO_DESK = "question_to_desk", "An authority asks, or waits for an answer"
    QUESTION_ANSWERED = "question_answered", "The firm answers an authority, or names a day"
    STOCK_TO_DESK = "stock_to_desk", "Few gift codes are left"
    REPORT_DUE = "report_due", "A report to an authority is due"
    PARTNER_LINK = "partner_link", "A partner's way to its own page"
    STOP_SALE = "stop_sale", "A partner is told to stop selling"
    STOP_SALE_AGAIN = "stop_sale_again", "A partner that was told so has not answered"
    STOP_SALES_TO_DESK = "stop_sales_to_desk", "Partners have not answered in time"


class Channel(TextChoices):
    """How it goes."""

    EMAIL = "email", "Mail"
    SMS = "sms", "Text message"


class MailingState(TextChoices):
    """Where it stands. `sent` means that the next server took it, not that it was read."""

    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused for good"
    BOUNCED = "bounced", "Came back"
    GIVEN_UP = "given_up", "Given up after trying for days"


class SendError(TextChoices):
    """What went wrong last. Words of ours only: a server's own words may hold the address."""

    ADDRESS_INVALID = "address_invalid", "The address is none"
    RECIPIENT_REFUSED = "recipient_refused", "The recipient's server refuses the address"
    CONTENT_REFUSED = "content_refused", "The server refuses what it says"
    NO_TEXT_MESSAGES = "no_text_messages", "This installation sends no text messages"
    BOUNCED = "bounced", "It came back after it was taken"
    TRY_LATER = "try_later", "The server asks to try again later"
    SERVER_AWAY = "server_away", "The server cannot be reached, or hung up"
    SIGN_IN_REFUSED = "sign_in_refused", "The server refuses our sign-in or our sender"
    NOT_SET_UP = "not_set_up", "The mail server's address cannot be read"
    UNEXPECTED = "unexpected", "Something else, named in the log"


MOVES: Mapping[MailingState, frozenset[MailingState]] = {
    MailingState.QUEUED: frozenset(
        {
            MailingState.SENT,
            MailingState.REFUSED,
            MailingState.BOUNCED,
            MailingState.GIVEN_UP,
        }
    ),
    MailingState.SENT: frozenset({MailingState.REFUSED, MailingState.BOUNCED}),
    MailingState.REFUSED: frozenset(),
    MailingState.BOUNCED: frozenset(),
    MailingState.GIVEN_UP: frozenset(),
}

FAILED = frozenset({MailingState.REFUSED, MailingState.BOUNCED, MailingState.GIVEN_UP})
"""It did not reach anybody, and nobody will try again: a person must learn of it."""
