"""Where a filing and a claim stand, and how a claim may move."""

from collections.abc import Mapping

from django.db.models import TextChoices


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
    S.NEEDS_OWNER: frozenset({S.CHECKING, S.IN_REVIEW, S.DECLINED, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.REMEDY_ORDERED, S.IN_REVIEW, S.WITHDRAWN}),
    S.REMEDY_ORDERED: frozenset({S.REMEDY_SENT, S.SETTLED, S.APPROVED}),
    S.REMEDY_SENT: frozenset({S.SETTLED, S.REMEDY_ORDERED, S.APPROVED}),
    S.SETTLED: frozenset({S.APPROVED}),
    S.DECLINED: frozenset({S.IN_REVIEW}),
    S.DUPLICATE: frozenset({S.IN_REVIEW}),
    S.WITHDRAWN: frozenset(),
}
"""A settled claim goes back where its remedy came back; an appeal brings a declined one back."""

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
UNTIL_SHIPPED = frozenset({S.SUBMITTED, S.CHECKING, S.IN_REVIEW, S.NEEDS_OWNER, S.APPROVED})
"""In these address and payee may still be mended, and the claim withdrawn."""


class UnitReading(TextChoices):
    """What the owner can say of the unit's serial."""

    SERIAL = "serial", "Read"
    UNREADABLE = "unreadable", "Cannot be read"
    GONE = "gone", "The unit is not at hand any more"


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


class LinkPurpose(TextChoices):
    """What a mailed link opens."""

    DRAFT = "draft", "A draft"
    STATUS = "status", "A filed claim"
