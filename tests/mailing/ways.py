"""Sets the way by which mail leaves, as RECALLDESK_EMAIL_URL does."""

from pathlib import Path
from typing import Any

from recalldesk.mailing.mail_url import mail_way


def use(settings: Any, url: str, folder: Path) -> None:
    """For the rest of the test."""
    way = mail_way(url, folder=folder)
    settings.EMAIL_BACKEND, settings.MAIL_OPTIONS = way.backend, way.options
    settings.MAIL_PROVIDER = way.provider
    settings.ANYMAIL = settings.ANYMAIL | way.anymail
