"""What a file is for, how far it came, and what became of a file that came back."""

from django.db.models import TextChoices


class BatchKind(TextChoices):
    """Whom a file is for, and what it asks of them."""

    PICK_LIST = "pick_list", "Pick list"
    IBAN = "iban", "Transfers to IBANs"
    US_ACCOUNT = "us_account", "Transfers to US accounts"
    CHECK = "check", "Checks"


class BatchState(TextChoices):
    """How far a file came."""

    OPEN = "open", "Collecting"
    FROZEN = "frozen", "Frozen"
    ERASED = "erased", "Erased"


class LineState(TextChoices):
    """Whether a line counts, and what was read back of it."""

    LISTED = "listed", "Listed"
    CANCELLED = "cancelled", "Taken off before the file froze"
    SENT = "sent", "On its way"
    DONE = "done", "Done"
    REFUSED_ACCOUNT = "refused_account", "The account is refused"
    REFUSED = "refused", "Refused"
    RETURNED = "returned", "Came back"


class FileForm(TextChoices):
    """In what form a file is handed out. The value ends its name."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"
    XML = "xml", "ISO 20022"
    ACH = "ach", "NACHA"


class ReadReason(TextChoices):
    """Why a line of a file that came back was not taken."""

    UNREADABLE = "unreadable", "The line cannot be read"
    NO_MARK = "no_mark", "It names no line of ours, or names it wrongly"
    UNKNOWN_MARK = "unknown_mark", "No line of ours has this mark"
    NOT_HANDED_OUT = "not_handed_out", "The line was not handed out in any file"
    UNKNOWN_STATUS = "unknown_status", "The status is none that is known"
    AMOUNT = "amount", "The amount is another one"
    NO_TIME = "no_time", "The day cannot be read"
    AGAINST = "against", "It says the contrary of what was read before"
