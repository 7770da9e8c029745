"""The words of a takeover: what its files hold, and what becomes of a photo and of an export."""

from django.db.models import TextChoices


class FileOf(TextChoices):
    """What the lines of a file are."""

    CLAIMS = "claims", "Claims"
    REMEDIES = "remedies", "Remedies that were sent"
    NOTICES = "notices", "Notices that were given"


class PhotoProblem(TextChoices):
    """Why a photo that a line names is not here."""

    NONE = "", "It is here, or was not looked for yet"
    NOT_FOUND = "not_found", "No file of this name is in the folder"
    REFUSED = "refused", "The file is not taken: empty, too large, or too many of one claim"


class DepartureState(TextChoices):
    """Whether a recall was written out whole."""

    STARTED = "started", "Begun"
    ENDED = "ended", "Written out whole"
    BROKEN_OFF = "broken_off", "Broken off"
