"""Partners' keys: given, revoked, recognised.

Guarantees: a key has 256 random bits, is shown once and kept as a digest; who gave or revoked it
stands in the log; once revoked, no process takes it for longer than `KNOWN_FOR`.
"""

import hashlib
import re
import secrets
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import ApiKeyProblem, KeyMayNot
from recalldesk.accounts.models import ApiKey, Partner, Staff
from recalldesk.accounts.permissions import KeyRight, Permission
from recalldesk.accounts.reads import all_api_keys, good_api_key
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock

BEGINS = "rdk_"
"""So that a key that went astray can be told for what it is."""
FORM = re.compile(r"rdk_[A-Za-z0-9_-]{43}")
LONGEST_NAME = 120
GIVEN, REVOKED = "given", "revoked"
OPENS = frozenset({KeyRight.CHECK_BATCH, KeyRight.STOCK})
"""Rights that open something by themselves."""
KNOWN_FOR = timedelta(seconds=2)
"""How long a process takes a key, once found good, without asking the database again."""


@dataclass(frozen=True)
class NewKey:
    """A key just given. `text` is the key itself, to be shown once."""

    row: ApiKey
    text: str = field(repr=False)


@dataclass(frozen=True)
class KnownKey:
    """A key that was found good. `partner_id`: for whom it speaks, where it tells stock."""

    key_id: int
    rights: frozenset[KeyRight]
    partner_id: int | None = None

    def require(self, right: KeyRight) -> None:
        """Raises KeyMayNot where the key does not hold the right."""
        if right not in self.rights:
            raise KeyMayNot(
                f"The key does not hold the right {right.value}; nothing was answered.",
                "Leave out what needs it, or ask the firm for a key that holds it.",
            )


@transaction.atomic
def give_api_key(
    *, name: str, rights: Collection[KeyRight], by: Staff, partner: Partner | None = None
) -> NewKey:
    """A new key. `partner`: whose it is; one that tells stock speaks for it. Raises ApiKeyProblem,
    or NotPermitted."""
    require(by, Permission.MANAGE_KEYS)
    called = name.strip()
    _refuse_unless_sound(called, rights)
    _refuse_unless_spoken_for(rights, partner)
    text = BEGINS + secrets.token_urlsafe(32)
    row = ApiKey.objects.create(
        name=called,
        digest=_digest(text),
        rights=[right.value for right in KeyRight if right in rights],
        created_by=by,
        partner=partner,
    )
    record_change(subject=Subject.API_KEY, subject_id=row.pk, to_state=GIVEN, actor_id=by.pk)
    return NewKey(row, text)


def _refuse_unless_sound(name: str, rights: Collection[KeyRight]) -> None:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ApiKeyProblem(
            f"The name must have 1 to {LONGEST_NAME} characters, all of them printable.",
            "Name the partner: it stands in the list of keys.",
        )
    if not OPENS & set(rights):
        raise ApiKeyProblem(
            "Without the right check_batch or stock a key opens nothing.",
            "Add --right check_batch or --right stock; a check of one serial needs no key.",
        )
    if KeyRight.SCANNER in rights and KeyRight.CHECK_BATCH not in rights:
        raise ApiKeyProblem(
            "Without the right check_batch the right scanner opens nothing.",
            "Add --right check_batch.",
        )
    if good_api_key(name) is not None:
        raise ApiKeyProblem(
            f"{name!r} has a key already.",
            "Revoke it first, or name this one otherwise, such as by its shop or year.",
        )


def _refuse_unless_spoken_for(rights: Collection[KeyRight], partner: Partner | None) -> None:
    """The partner is locked, so that it is not ended meanwhile and leaves a good key behind."""
    if partner is not None:
        partner = Partner.objects.select_for_update().get(pk=partner.pk)
    if partner is not None and not partner.is_active:
        raise ApiKeyProblem(f"{partner.name} is no partner any more.", "Name one that is.")
    if partner is None and KeyRight.STOCK in rights:
        raise ApiKeyProblem(
            "A key with the right stock speaks for one partner.",
            "Name it with --partner; `recalldesk partners list` shows them.",
        )


@transaction.atomic
def revoke_keys_of(*, partner: Partner, by: Staff) -> int:
    """Revokes every good key of a partner that is one no more; how many."""
    rows = ApiKey.objects.select_for_update().filter(partner=partner, revoked_at=None)
    keys = list(rows.order_by("pk"))
    for row in keys:
        _revoke(row, by)
    return len(keys)


@transaction.atomic
def revoke_api_key(*, name: str, by: Staff) -> ApiKey:
    """The partner's key, good no longer. Raises ApiKeyProblem, or NotPermitted."""
    require(by, Permission.MANAGE_KEYS)
    row = good_api_key(name, for_update=True)
    if row is None:
        known = ", ".join(key.name for key in all_api_keys() if key.revoked_at is None)
        raise ApiKeyProblem(f"There is no good key of {name!r}.", f"There are: {known or 'none'}.")
    _revoke(row, by)
    return row


def _revoke(row: ApiKey, by: Staff) -> None:
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    record_change(
        subject=Subject.API_KEY,
        subject_id=row.pk,
        from_state=GIVEN,
        to_state=REVOKED,
        actor_id=by.pk,
    )


def _digest(text: str) -> bytes:
    """Of so random a text nothing more costly is needed, and a digest is looked up in no time that
    tells of the others."""
    return hashlib.sha256(text.encode()).digest()


class _Recognised:
    """The good keys that this process has seen, each with the moment at which it was looked up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[bytes, tuple[datetime, KnownKey]] = {}

    def find(self, text: str) -> KnownKey | None:
        """Raises what the database raises."""
        if not FORM.fullmatch(text):
            return None
        digest, now = _digest(text), clock.now()
        seen = self._seen.get(digest)
        if seen is not None and timedelta(0) <= now - seen[0] < KNOWN_FOR:
            return seen[1]
        known = _looked_up(digest, now)
        with self._lock:
            self._seen.pop(digest, None)
            if known is not None:
                self._seen[digest] = (now, known)
        return known


def _looked_up(digest: bytes, now: datetime) -> KnownKey | None:
    """The key as the database has it; notes the day on which it was last used."""
    row = ApiKey.objects.filter(digest=digest, revoked_at=None).first()
    if row is None:
        return None
    if row.last_used_on != now.date():
        ApiKey.objects.filter(pk=row.pk).update(last_used_on=now.date())
    rights = frozenset(KeyRight(right) for right in row.rights)
    return KnownKey(row.pk, rights, row.partner_id)


_recognised = _Recognised()


def recognise(text: str) -> KnownKey | None:
    """The key that this text is, or None where it is none, or was revoked.

    Raises what the database raises where it is away.
    """
    return _recognised.find(text)


def forget() -> None:
    """Drops what this process knows of keys, as a new process would start."""
    global _recognised  # noqa: PLW0603 - as with the live index
    _recognised = _Recognised()
