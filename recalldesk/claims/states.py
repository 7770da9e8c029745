"""Where a filing and a claim stand, and how a claim may move."""

from collections.abc import Mapping

from django.db.models import IntegerChoices, TextChoices


class FilingState(TextChoices):
    """What became of what an owner sends."""

    DRAFT = "draft", "Draft"
    FILED = "filed", "Filed"
    ERASED = "erased", "Erased"


class ClaimState(TextChoices):
    """The stages of a claim."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    CHECKING = "checking", "Photos are looked through"
    IN_REVIEW = "in_review", "In review"
    NEEDS_OWNER = "needs_owner", "Something is asked of the owner"
    APPROVED = "approved", "Approved"
    REMEDY_ORDERED = "remedy_ordered", "Remedy ordered"
    REMEDY_SENT = "remedy_sent", "Remedy sent"
    SETTLED = "settled", "Settled"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DUPLICATE = "duplicate", "The same unit was claimed before"


S = ClaimState
MOVES: Mapping[ClaimState, frozenset[ClaimState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.CHECKING, S.IN_REVIEW, S.DUPLICATE, S.WITHDRAWN}),
    S.CHECKING: frozenset({S.IN_REVIEW, S.NEEDS_OWNER, S.APPROVED, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset(
        {S.CHECKING, S.NEEDS_OWNER, S.APPROVED, S.DECLINED, S.DUPLICATE, S.WITHDRAWN}
    ),
    S.NEEDS_OWNER: frozenset(
        {
            *(S.CHECKING, S.IN_REVIEW, S.DECLINED, S.WITHDRAWN, S.APPROVED),
            *(S.REMEDY_SENT, S.SETTLED),
        }
    ),
    S.APPROVED: frozenset({S.REMEDY_ORDERED, S.IN_REVIEW, S.WITHDRAWN}),
    S.REMEDY_ORDERED: frozenset({S.REMEDY_SENT, S.SETTLED, S.APPROVED, S.NEEDS_OWNER}),
    S.REMEDY_SENT: frozenset({S.SETTLED, S.REMEDY_ORDERED, S.APPROVED, S.NEEDS_OWNER}),
    S.SETTLED: frozenset({S.APPROVED, S.NEEDS_OWNER}),
    S.DECLINED: frozenset({S.IN_REVIEW}),
    S.DUPLICATE: frozenset({S.IN_REVIEW}),
    S.WITHDRAWN: frozenset(),
}
"""Where a remedy came back its claim goes back, to its owner or to be ordered anew; an owner who
mended the address brings it there again; one that bounced is sent again, or arrives after all; an
appeal brings a declined one back."""

OPEN = frozenset(
    {
        S.SUBMITTED,
        S.CHECKING,
        S.IN_REVIEW,
        S.NEEDS_OWNER,
        S.APPROVED,
        S.REMEDY_ORDERED,
        S.REMEDY_SENT,
    }
)
"""In these somebody still waits for something."""
DECIDED_FOR = frozenset({S.APPROVED, S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED})
"""In these the unit itself is not needed any more: it may be got rid of."""
ENDED = frozenset({S.SETTLED, S.DECLINED, S.WITHDRAWN, S.DUPLICATE})
HOLDS_NOTHING = frozenset({S.DRAFT, S.DECLINED, S.WITHDRAWN, S.DUPLICATE})
"""In these a claim never holds its unit."""
NOT_COUNTED = frozenset({S.DRAFT, S.WITHDRAWN, S.DUPLICATE})
"""In these a claim is held against no limit."""
UNTIL_SHIPPED = frozenset({S.SUBMITTED, S.CHECKING, S.IN_REVIEW, S.NEEDS_OWNER, S.APPROVED})
"""In these address and payee may still be mended, and the claim withdrawn."""


class UnitReading(TextChoices):
    """What the owner can say of the unit's serial."""

    SERIAL = "serial", "Read"
    UNREADABLE = "unreadable", "Cannot be read"
    GONE = "gone", "The unit is not at hand any more"


class Proof(TextChoices):
    """What became of the photo by which an owner proves that a unit was got rid of."""

    NONE = "", "None was sent"
    WAITING = "waiting", "Waiting to be looked through"
    WITH_PERSON = "with_person", "A person looks at it"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Another one is asked for"


class StatementKind(TextChoices):
    """What an owner agrees to or states."""

    PRIVACY = "privacy", "Privacy notice"
    DISPOSAL = "disposal", "Disposal"
    TRUTH = "truth", "Truth"
    ADULT = "adult", "Of age, or with a parent"


class Direction(TextChoices):
    """Who wrote a message."""

    FROM_OWNER = "from_owner", "From the owner"
    FROM_DESK = "from_desk", "From the desk"


class FreshFor(TextChoices):
    """What asks for a code mailed a moment ago."""

    ADDRESS = "address", "Changing the address"
    PAYEE = "payee", "Changing where money goes"
    ERASURE = "erasure", "Erasing what is kept"
    COPY = "copy", "A copy of all that is kept"
    CODE = "code", "Showing a gift code"


class LinkPurpose(TextChoices):
    """What a mailed link opens."""

    DRAFT = "draft", "A draft"
    STATUS = "status", "A filed claim"


class DeskList(TextChoices):
    """What a claim waits for at the desk: it stands in one list, the first that fits."""

    NONE = "", "Nothing"
    DANGER = "danger", "Danger"
    SECOND = "second", "A second opinion"
    APPEAL = "appeal", "An appeal"
    ANSWERED = "answered", "The owner answered or wrote"
    REVIEW = "review", "To review"
    LED = "led", "Led to after its remedy was ordered"


class DecisionKind(TextChoices):
    """What can be decided about a claim."""

    APPROVE = "approve", "Approved"
    DECLINE = "decline", "Declined"
    DUPLICATE = "duplicate", "Claimed before"
    ASK_OWNER = "ask_owner", "Something asked of the owner"
    TO_A_PERSON = "to_a_person", "Given to a person"


class DecisionState(TextChoices):
    """Whether a decision counts."""

    PROPOSED = "proposed", "Waits for a second person"
    FINAL = "final", "Counts"
    REFUSED = "refused", "A second person decided otherwise"
    UNDONE = "undone", "Undone"


class LeadState(TextChoices):
    """What a person found of a claim that a later one led to too late."""

    OPEN = "open", "Nobody looked"
    FRAUD = "fraud", "Looked at: fraud"
    HONEST = "honest", "Looked at: honest"


class Channel(TextChoices):
    """By what way an owner comes."""

    PAGE = "page", "Page"
    PHONE = "phone", "Phone"
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    SHOP = "shop", "Shop"


class ContactAbout(TextChoices):
    """What an owner called or wrote about."""

    CHECK = "check", "Whether a unit is recalled"
    CLAIM = "claim", "A claim"
    DANGER = "danger", "A dangerous unit"
    DISPOSAL = "disposal", "Getting rid of a unit"
    OTHER = "other", "Something else"


class KeyKind(IntegerChoices):
    """What a key of a filing is made of. The numbers stand in the database: never change one."""

    NAME_WORD = 1, "A word of the name"
    EMAIL = 2, "The e-mail address, without what its provider ignores"
    PHONE = 3, "The phone number"
    ADDRESS = 4, "The postal address, to the flat"
    HOUSE = 5, "The postal address, to the house"
    PAYEE = 6, "Where money goes"
    NETWORK = 7, "The network from which it was sent"


class SheetForm(TextChoices):
    """In what form a list is handed out."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class ExportState(TextChoices):
    """Whether a list was handed out whole."""

    STARTED = "started", "Begun"
    ENDED = "ended", "Handed out whole"
    BROKEN_OFF = "broken_off", "Broken off"
