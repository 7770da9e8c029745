"""The words of direct notices: what a wave and a notice are, where they stand, what comes back."""

from collections.abc import Mapping

from django.db.models import TextChoices

from recalldesk.purchasers.states import ContactKind


class WaveKind(TextChoices):
    """What a wave is for."""

    FIRST = "first", "First notice"
    REMINDER = "reminder", "Reminder"
    GROWN = "grown", "The recall grew"
    BEFORE = "before", "Told before the takeover"


class WaveState(TextChoices):
    """Where a wave stands."""

    DRAFT = "draft", "Being written"
    ASKED = "asked", "Waits for a second person"
    APPROVED = "approved", "Approved, waits for its start"
    SENDING = "sending", "Being sent"
    PAUSED = "paused", "Paused"
    DONE = "done", "Sent"
    STOPPED = "stopped", "Stopped for good"


WAVE_MOVES: Mapping[WaveState, frozenset[WaveState]] = {
    WaveState.DRAFT: frozenset({WaveState.ASKED, WaveState.STOPPED}),
    WaveState.ASKED: frozenset({WaveState.DRAFT, WaveState.APPROVED, WaveState.STOPPED}),
    WaveState.APPROVED: frozenset(
        {WaveState.DRAFT, WaveState.SENDING, WaveState.PAUSED, WaveState.STOPPED}
    ),
    WaveState.SENDING: frozenset({WaveState.PAUSED, WaveState.DONE, WaveState.STOPPED}),
    WaveState.PAUSED: frozenset(
        {WaveState.DRAFT, WaveState.APPROVED, WaveState.SENDING, WaveState.STOPPED}
    ),
    WaveState.DONE: frozenset({WaveState.SENDING}),
    WaveState.STOPPED: frozenset(),
}
"""A wave that was sent is at work again where an owner names who has the unit now. One that was
approved or paused is a draft again only while nobody was written to."""


class Way(TextChoices):
    """By what a notice goes."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "Text message"
    LETTER = "letter", "Letter"
    PHONE = "phone", "Phone call"


WAYS_TO: Mapping[ContactKind, tuple[Way, ...]] = {
    ContactKind.EMAIL: (Way.EMAIL,),
    ContactKind.ALIAS: (Way.EMAIL,),
    ContactKind.PHONE: (Way.SMS, Way.PHONE),
    ContactKind.ADDRESS: (Way.LETTER,),
}
SENT_BY_MACHINE = (Way.EMAIL, Way.SMS)


class NoticeState(TextChoices):
    """Where a notice stands. `sent`: the next server, the post or a person took it."""

    WAITING = "waiting", "Not sent yet"
    PRINTED = "printed", "In a print file that was not posted yet"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused for good"
    BOUNCED = "bounced", "Came back"
    GIVEN_UP = "given_up", "Given up after trying for days"
    WITHHELD = "withheld", "Not sent"


STANDS: Mapping[NoticeState, str] = {
    NoticeState.WAITING: "waiting",
    NoticeState.PRINTED: "printed, not posted",
    NoticeState.SENT: "sent",
    NoticeState.REFUSED: "refused",
    NoticeState.BOUNCED: "came back",
    NoticeState.GIVEN_UP: "given up",
    NoticeState.WITHHELD: "withheld",
}
"""Where a notice stands, in the same words at the desk and in a terminal."""
NOTICE_MOVES: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.WAITING: frozenset(
        {
            NoticeState.PRINTED,
            NoticeState.SENT,
            NoticeState.REFUSED,
            NoticeState.BOUNCED,
            NoticeState.GIVEN_UP,
            NoticeState.WITHHELD,
        }
    ),
    NoticeState.PRINTED: frozenset(
        {NoticeState.WAITING, NoticeState.SENT, NoticeState.BOUNCED, NoticeState.WITHHELD}
    ),
    NoticeState.SENT: frozenset({NoticeState.REFUSED, NoticeState.BOUNCED}),
    NoticeState.REFUSED: frozenset(),
    NoticeState.BOUNCED: frozenset(),
    NoticeState.GIVEN_UP: frozenset(),
    NoticeState.WITHHELD: frozenset({NoticeState.WAITING}),
}


class Withheld(TextChoices):
    """Why a notice is not sent after all."""

    ANSWERED = "answered", "All units bought under this contact are answered for"
    SUPPRESSED = "suppressed", "This contact is not to be written to"
    STOPPED = "stopped", "Its wave was stopped"
    NO_SUCH_WAY = "no_such_way", "This contact cannot be reached in this way"
    TAKEN_BACK = "taken_back", "Whoever named this new owner took it back"
    LET_GO = "let_go", "Nothing that it names is in the recall any more, or all came back"
    LAPSED = "lapsed", "Nobody finished it, and a later wave took its contact"


class Suppression(TextChoices):
    """Why a contact is not written to any more in one way."""

    BOUNCED = "bounced", "A notice came back for good"
    COMPLAINED = "complained", "Its owner complained of a mail"
    STOPPED_TEXTS = "stopped_texts", "Its owner answered STOP"
    ASKED = "asked", "Its owner wants to be told nothing more"
    NOT_THEIRS = "not_theirs", "Whoever reads it did not buy the unit"


class AnswerKind(TextChoices):
    """What somebody answers who was told."""

    NOT_MINE = "not_mine", "Did not buy it"
    SOLD = "sold", "Sold it or gave it away"
    THREW_AWAY = "threw_away", "Threw it away"
    DONE_ALREADY = "done_already", "Did already what the recall asks"
    NOTHING_MORE = "nothing_more", "Wants to be told nothing more"


ANSWERS_FOR_UNITS = frozenset({AnswerKind.SOLD, AnswerKind.THREW_AWAY, AnswerKind.DONE_ALREADY})
"""Those after which no unit is left with whoever answers. The others say nothing of the unit: it is
looked for by every other contact of the purchaser."""


class CallOutcome(TextChoices):
    """What came of a call."""

    TOLD = "told", "Told in person"
    MESSAGE_LEFT = "message_left", "Left a message"
    NO_ANSWER = "no_answer", "Nobody answered"
    LATER = "later", "Wants to be called again"
    WRONG_NUMBER = "wrong_number", "Wrong number, or it does not exist"
    NOTHING_MORE = "nothing_more", "Was told, and wants to be called no more"


class ByHand(TextChoices):
    """By what a person told somebody whom no machine could write to."""

    CALLED = "called", "By phone"
    WROTE = "wrote", "By e-mail or message"
    LETTER = "letter", "By letter"
    MET = "met", "In person"


class OrderTold(TextChoices):
    """What a shop says of an order whose buyer it was asked to tell."""

    ASKED = "asked", "The shop was asked"
    TOLD = "told", "Told, and it did not come back"
    FAILED = "failed", "Could not be told"
