"""A way for many mails: one connection to the server or provider, kept open between them.

Guarantees: a connection that failed is not used again; one that was idle is asked first whether it
still stands, so that no mail is lost to a server that hung up meanwhile; whether the line could not
be opened, so that nothing left, or broke while a mail was on it, is told apart.
"""

import smtplib
import time
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from recalldesk.mailing.content import Content
from recalldesk.mailing.errors import NotSentYet, Refused
from recalldesk.mailing.judging import judged
from recalldesk.mailing.letters import send_letter
from recalldesk.mailing.states import SendError

MOST = 100
"""Mails by one connection: servers hang up after some hundred."""
IDLE = timedelta(seconds=5)


class MailLine:
    """Opened by the first mail, closed at the end of the `with`."""

    def __init__(self) -> None:
        self._open: BaseEmailBackend | None = None
        self._sent = 0
        self._used_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, *, random_id: UUID, to: str, content: Content) -> str:
        """As `send_letter`; a NotSentYet with `may_have_left` only where the mail was on its way.

        Raises Refused, or NotSentYet.
        """
        way = self._ready()
        try:
            name = send_letter(random_id=random_id, to=to, content=content, by=way)
        except Refused:
            raise
        except NotSentYet as error:
            if error.error != SendError.TRY_LATER:
                self.close()
            raise
        self._sent += 1
        self._used_at = time.monotonic()
        return name

    def try_out(self) -> SendError | None:
        """Why it cannot be opened, or None. Nothing is sent; of a provider that is called for each
        mail nothing is asked either."""
        try:
            self._open = self._opened()
        except NotSentYet as error:
            return error.error
        finally:
            self.close()
        return None

    def close(self) -> None:
        """Hangs up, whatever the other side says to it."""
        if self._open is not None:
            with suppress(Exception):
                self._open.close()
        self._open = None

    def _ready(self) -> BaseEmailBackend:
        if self._open is not None and not self._stands(self._open):
            self.close()
        if self._open is None:
            self._open = self._opened()
        return self._open

    def _opened(self) -> BaseEmailBackend:
        if not settings.EMAIL_BACKEND:
            raise NotSentYet(SendError.NOT_SET_UP)
        try:
            way: BaseEmailBackend = get_connection(**settings.MAIL_OPTIONS)
            way.open()
        except Exception as error:  # whatever it is, nothing was given away
            found = judged(error)
            raise NotSentYet(found.error) from None
        self._sent, self._used_at = 0, time.monotonic()
        return way

    def _stands(self, way: BaseEmailBackend) -> bool:
        if self._sent >= MOST:
            return False
        server = getattr(way, "connection", None)
        if not isinstance(server, smtplib.SMTP) or time.monotonic() - self._used_at < (
            IDLE.total_seconds()
        ):
            return True
        with suppress(smtplib.SMTPException, OSError):
            return server.noop()[0] == 250
        return False
