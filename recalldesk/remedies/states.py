"""Where a remedy, its order and an attempt stand, and how a remedy may move."""

from collections.abc import Mapping

from django.db.models import TextChoices

ELSEWHERE = "elsewhere"
"""The provider of an order that another system placed with somebody whom nobody here can ask."""


class RemedyState(TextChoices):
    """The stages of a remedy, from the approval of its claim on."""

    WAITING = "waiting", "Waiting to be ordered"
    ORDERING = "ordering", "Being ordered"
    ORDERED = "ordered", "Ordered from its provider"
    SENT = "sent", "On its way"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"
    RETURNED = "returned", "Returned to the sender"


S = RemedyState
MOVES: Mapping[RemedyState, frozenset[RemedyState]] = {
    S.WAITING: frozenset({S.ORDERING, S.CANCELLED}),
    S.ORDERING: frozenset({S.ORDERED, S.SENT, S.DELIVERED, S.CANCELLED, S.FAILED}),
    S.ORDERED: frozenset({S.SENT, S.DELIVERED, S.CANCELLED, S.FAILED, S.RETURNED}),
    S.SENT: frozenset({S.DELIVERED, S.CANCELLED, S.FAILED, S.RETURNED}),
    S.DELIVERED: frozenset({S.SENT, S.CANCELLED, S.FAILED, S.RETURNED}),
    S.CANCELLED: frozenset(),
    S.FAILED: frozenset(),
    S.RETURNED: frozenset(),
}
"""A payment that was confirmed may still bounce, a parcel that was delivered come back, and a card
that was said to be delivered reach nobody: then it is on its way again, and still the only one."""

INEFFECTIVE = (S.CANCELLED, S.FAILED, S.RETURNED)
"""In these the owner has nothing of it, and another may be ordered."""
EFFECTIVE = tuple(state for state in RemedyState if state not in INEFFECTIVE)
AT_PROVIDER = (S.ORDERING, S.ORDERED, S.SENT, S.DELIVERED)
"""In these the provider may have done something for it."""


class Held(TextChoices):
    """Why a remedy that waits is not to be ordered, though its time came."""

    NONE = "", "It may be"
    DISPOSAL = "disposal", "The unit is to be got rid of first"
    TAKEN_OVER = "taken_over", "It was taken over, and nobody has let it go on yet"
    MAYBE_SENT = "maybe_sent", "The system before may have sent it: a person finds out"


SINCE_TAKEOVER = frozenset({Held.TAKEN_OVER.value, Held.MAYBE_SENT.value})
"""Of these nobody here knows for sure that nothing was sent."""


class Stopped(TextChoices):
    """Why an order waits for a person: the dead letter."""

    NONE = "", "It does not"
    REFUSED = "refused", "The provider refuses it"
    NO_ANSWER = "no_answer", "The provider did not answer for long"
    BOUNCED = "bounced", "What was sent did not reach the owner"
    OUT_OF_STOCK = "out_of_stock", "There is none left"
    ADDRESS = "address", "The address cannot be delivered to"
    PAYEE = "payee", "The bank does not know the account"
    DIFFERS = "differs", "The provider has something else under this order"
    NO_AMOUNT = "no_amount", "The recall says no amount for it"
    NOT_CONFIGURED = "not_configured", "No provider is configured for it"
    MAYBE_SENT = "maybe_sent", "The system before may have sent it"


class Verb(TextChoices):
    """What was asked of a provider."""

    PLACE = "place", "Order it"
    LOOK = "look", "Say how it stands"
    CANCEL = "cancel", "Cancel it"
    SEND_AGAIN = "send_again", "Send it again"


class Outcome(TextChoices):
    """What came of an attempt. One without an outcome was broken off: its effect is not known."""

    NONE = "", "Broken off, or not yet answered"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    NO_ANSWER = "no_answer", "No usable answer: it may have had its effect"
    NOT_NOW = "not_now", "Asked to come later"
    NOT_ASKED = "not_asked", "Not asked after all, and given back"


class Differs(TextChoices):
    """In what a provider and the rows differ."""

    MISSING = "missing", "The row says ordered, the provider knows nothing of it"
    DOUBLED = "doubled", "The provider did it more than once"
    DIFFERING = "differing", "The provider did something else than the row says"
    BOUNCED = "bounced", "What was sent reached nobody"
    UNKNOWN = "unknown", "The provider did something that no row knows, under no id of ours"
    SILENT = "silent", "The provider does not say what it did"
