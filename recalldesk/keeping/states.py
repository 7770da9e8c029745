"""What can be held and erased, and where a hold or an erasure before its day stands."""

from django.db.models import TextChoices


class Thing(TextChoices):
    """One thing that a hold may name, or that may be erased before its day."""

    FILING = "filing", "Claim"
    INCIDENT = "incident", "Incident"
    PURCHASER = "purchaser", "Purchaser"
    PARTNER = "partner", "Partner"


class Reached(TextChoices):
    """Rows that belong to a thing without being it: what a hold on the thing keeps as well."""

    FILING = "filing"
    INCIDENT = "incident"
    PURCHASER = "purchaser"
    PARTNER = "partner"
    EVIDENCE = "evidence"
    REMEDY = "remedy"
    CONTACT = "contact"
    NOTICE = "notice"


class Why(TextChoices):
    """Why something was erased."""

    TERM = "term", "Kept as long as it may be"
    OWNER = "owner", "Its owner asked"
    EARLY = "early", "Two people agreed, before its day"
    RESTORED = "restored", "Erased before, and a restore had brought it back"


class HoldState(TextChoices):
    """Whether a hold is in force; also the words of the log."""

    PLACED = "placed", "In force"
    LIFTED = "lifted", "Lifted"


class EarlyState(TextChoices):
    """Where an erasure before its day stands; also the words of the log."""

    WAITING = "waiting", "Waits for a second person"
    DONE = "done", "Erased"
    REFUSED = "refused", "Refused"


SET = "set"
"""What the log says of a term."""
