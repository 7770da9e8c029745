"""The words of the log: what can move, who can move it, and why."""

from django.db.models import TextChoices


class Subject(TextChoices):
    """What a row of the log is about."""

    STAFF = "staff", "Staff member"
    RECALL = "recall", "Recall"
    RECALL_VERSION = "recall_version", "Version of a recall"
    NOTICE_OVERRIDE = "notice_override", "Override of a finding about a notice"
    SERIAL_IMPORT = "serial_import", "Import of serials"
    SERIAL_REJECT = "serial_reject", "Rejected line of an import"
    GROWTH_WATCH = "growth_watch", "Request to be told when a recall grows"
    API_KEY = "api_key", "API key of a partner"
    EVIDENCE_SET = "evidence_set", "Set of photos"
    PHOTO = "photo", "Photo"
    MAILING = "mailing", "Mail or text message"
    FILING = "filing", "Filing of an owner"
    CLAIM = "claim", "Claim"
    MESSAGE = "message", "Message between owner and desk"
    INCIDENT = "incident", "Incident"
    REMEDY = "remedy", "Remedy"


class Actor(TextChoices):
    """Who moved it."""

    STAFF = "staff", "Staff"
    OWNER = "owner", "Owner"
    MACHINE = "machine", "Recalldesk itself"


class Reason(TextChoices):
    """Why, where a state alone does not say it."""

    APPLIED = "applied", "The recall file was applied"
    EMPTY_SCOPE = "empty_scope", "The scope is empty"
    READ_OTHERWISE = "read_otherwise", "A list was imported under another folding"
    MADE_UP = "made_up", "Parts of the recall file are made up"
    REJECTS_OPEN = "rejects_open", "Rejected lines are not settled"
    COUNT_DIFFERS = "count_differs", "The count differs from the stated units"
    SERIALS_DROPPED = "serials_dropped", "Serials of an earlier version are gone"
    NOT_A_UNIT = "not_a_unit", "The line names no unit"
    CORRECTED = "corrected", "The line was corrected in another import"
    CONTESTED = "contested", "Somebody else claimed the unit before"
    CLAIMED_BEFORE = "claimed_before", "The same owner claimed the unit before"
    DANGER = "danger", "The owner said that the unit is dangerous"
    PHOTOS_SETTLED = "photos_settled", "No photo waits to be looked through"
    PHOTO_ASKED = "photo_asked", "A photo is of no use: the owner is asked for another"
    LABEL_DIFFERS = "label_differs", "The label reads as another serial than the one claimed"
    MARK_NOT_SEEN = "mark_not_seen", "What was to be written on the unit was not seen in its photo"
    OWNER_ANSWERED = "owner_answered", "The owner sent what was asked for"
    APPEALED = "appealed", "The owner asked for another person"
    DETAILS_MENDED = "details_mended", "The owner changed where the remedy goes"
    DISPOSED = "disposed", "The owner got rid of the unit"
    DRAFT_LEFT = "draft_left", "Nobody touched the draft for a month"
    NOT_REACHED = "not_reached", "What was written to the owner reached nobody"
