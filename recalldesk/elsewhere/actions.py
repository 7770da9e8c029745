"""A feed is taken in: each entry is accounted for.

Guarantees: all of it happens in one transaction, or nothing; entries = accepted + rejected +
duplicate, the entries counted apart; the same file twice changes nothing; an entry that was changed
since is taken as it is now, and one that is older than what is known changes nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.elsewhere.counting import count_entries
from recalldesk.elsewhere.entries import Entry, entry_of
from recalldesk.elsewhere.errors import EntriesNotAccountedFor, FeedNotRead
from recalldesk.elsewhere.keeping import Kept, keep
from recalldesk.elsewhere.models import EntryRejected, FeedFile
from recalldesk.elsewhere.splitting import WHERE, entries_of, form_of
from recalldesk.elsewhere.states import EntryReason, FeedForm

PORTION = 500
"""Entries that are held and written at once."""
REJECT_BEGINS = 500
LONGEST_ORIGIN = 300
ONE_AT_A_TIME = 0x45_4C_53_45
"""The advisory lock of whoever takes a feed in."""


@dataclass(frozen=True)
class TakenFeed:
    """`is_new`: False where the same file was read before, and nothing was changed."""

    file: FeedFile
    is_new: bool


@dataclass
class _Tally:
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0
    newest: date | None = None

    def add(self, kept: Kept) -> None:
        """Counts a portion."""
        self.accepted += kept.accepted
        self.duplicate += kept.duplicate

    def see(self, entry: Entry) -> None:
        """Remembers the newest day that the feed speaks of."""
        day = entry.published or entry.date
        self.newest = max(self.newest or day, day)


@dataclass
class _Portion:
    """Entries that are written together; of one recall it holds one."""

    entries: dict[tuple[str, str, str], Entry] = field(default_factory=dict)
    rejects: list[tuple[int, EntryReason, str]] = field(default_factory=list)

    def has_room_for(self, entry: Entry | EntryReason) -> bool:
        """Whether it can be held with what is there already."""
        if len(self.entries) + len(self.rejects) >= PORTION:
            return False
        return not isinstance(entry, Entry) or identity(entry) not in self.entries


def identity(entry: Entry) -> tuple[str, str, str]:
    """What makes two entries the same recall's."""
    return entry.agency, entry.number, entry.url


def take_feed(path: Path, *, came_from: str, by: Staff) -> TakenFeed:
    """Takes in a file. `came_from`: the file's name or its address, as it may be shown.

    Raises NotPermitted and FeedNotRead.
    """
    require(by, Permission.EDIT_RECALL)
    form = form_of(path)
    with path.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        known = FeedFile.objects.filter(sha256=sha256).first()
        if known is not None:
            return TakenFeed(known, is_new=False)
        file = FeedFile.objects.create(
            sha256=sha256,
            form=form,
            came_from=came_from[:LONGEST_ORIGIN],
            entries=0,
            accepted=0,
            rejected=0,
            duplicate=0,
            by=by,
        )
        tally = _taken(path, form, file)
        _close(file, tally, count_entries(path, form))
        record_change(
            subject=Subject.FEED_FILE, subject_id=file.pk, to_state="read", actor_id=by.pk
        )
    return TakenFeed(file, is_new=True)


def _taken(path: Path, form: FeedForm, file: FeedFile) -> _Tally:
    tally = _Tally()
    for portion in _portions(entries_of(path, form), form):
        for entry in portion.entries.values():
            tally.see(entry)
        tally.add(keep(portion.entries, file))
        tally.rejected += len(portion.rejects)
        EntryRejected.objects.bulk_create(
            EntryRejected(file=file, position=position, reason=reason, entry=begins)
            for position, reason, begins in portion.rejects
        )
    return tally


def _portions(raws: Iterable[Any], form: FeedForm) -> Iterator[_Portion]:
    portion = _Portion()
    for position, raw in enumerate(raws, start=1):
        entry = entry_of(raw, form)
        if not portion.has_room_for(entry):
            yield portion
            portion = _Portion()
        if isinstance(entry, Entry):
            portion.entries[identity(entry)] = entry
        else:
            portion.rejects.append((position, entry, _beginning(raw)))
    yield portion


def _beginning(raw: Any) -> str:
    """How an entry begins, as JSON that can be kept: without escapes that the database refuses."""
    return json.dumps(raw, ensure_ascii=True)[:REJECT_BEGINS]


def _close(file: FeedFile, tally: _Tally, entries: int) -> None:
    """Keeps the counts. Raises FeedNotRead where they do not add up, or nothing was taken."""
    read = tally.accepted + tally.duplicate + tally.rejected
    if read != entries:
        raise EntriesNotAccountedFor(
            f"The feed has {entries:,} entries, but {read:,} were read.",
            "Nothing was taken. Report it: this is a fault of the reader.",
        )
    if not entries:
        raise FeedNotRead("The feed holds no recall.", "Was it asked for with a filter?")
    if tally.rejected == entries:
        raise FeedNotRead(f"None of its {entries:,} entries can be read as a recall.", WHERE)
    file.entries = entries
    file.accepted, file.duplicate, file.rejected = tally.accepted, tally.duplicate, tally.rejected
    file.newest = tally.newest
    file.save()
