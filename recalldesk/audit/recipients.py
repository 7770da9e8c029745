"""To whom heads of the log are mailed."""

from django.conf import settings


def recipients() -> tuple[str, ...]:
    """The addresses of RECALLDESK_LOG_HEADS_TO, in their order."""
    return tuple(part.strip() for part in settings.LOG_HEADS_TO.split(",") if part.strip())
