"""Sessions of the desk, for Django's SESSION_ENGINE.

Guarantee: a row tells nobody who reads the database the key of a session, nor what is in it.
"""

import hashlib
import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from recalldesk.accounts.models import DeskSession
from recalldesk.foundation import clock
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import register_name
from recalldesk.sealing.keys import SealingError


def _name_of(key: str) -> str:
    """Under which name a session is kept: of so random a key a plain digest tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Keeps what is in a session sealed, under the digest of its key."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        """The rows."""
        return DeskSession

    def encode(self, session_dict: dict[str, Any]) -> bytes:  # type: ignore[override]
        """What is in the session, sealed."""
        purpose = register_name(DeskSession, "session_data")
        return vault.seal_text(json.dumps(session_dict), scope=vault.DESK, purpose=purpose)

    def decode(self, session_data: bytes | memoryview) -> dict[str, Any]:  # type: ignore[override]
        """What was sealed; nothing where no key opens it, and the person signs in again."""
        purpose = register_name(DeskSession, "session_data")
        try:
            opened = vault.open_text(bytes(session_data), scope=vault.DESK, purpose=purpose)
        except SealingError:
            return {}
        found: dict[str, Any] = json.loads(opened)
        return found

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        """The row to be saved."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        return DeskSession(
            session_key=_name_of(key),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )

    def _get_session_from_db(self) -> DeskSession | None:
        rows = DeskSession.objects.filter(
            session_key=_name_of(self.session_key or ""), expire_date__gt=clock.now()
        )
        found = rows.first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return DeskSession.objects.filter(session_key=_name_of(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session of this key, or this very one."""
        key = session_key or self.session_key
        if key:
            DeskSession.objects.filter(session_key=_name_of(key)).delete()


def remove_ended() -> int:
    """Removes the sessions whose time is over; returns how many."""
    return DeskSession.objects.filter(expire_date__lte=clock.now()).delete()[0]
