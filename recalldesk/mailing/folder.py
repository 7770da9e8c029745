"""Mail into a folder, for the demo and for tests: one file a mail, nobody gets it.

A mail that is given again, under the same Message-ID, is written over itself.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from recalldesk.mailing.private_file import write_private


class EmailBackend(BaseEmailBackend):
    """Django's interface to it."""

    def __init__(self, *, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self._folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes each; returns how many. Raises OSError."""
        for message in email_messages:
            written = message.message()
            name = re.sub(r"[^0-9a-zA-Z]", "", str(written["Message-ID"]).partition("@")[0])
            write_private(self._folder, f"{name}.eml", written.as_bytes())
        return len(email_messages)
