"""What left, written outside the database within seconds: after a restore from a backup nobody is
told twice what was told since.

Guarantees: a line says what was told, to whom and by which way only as keyed digests; nothing
counts as told before it was; what is told of other purchases, in another kind of wave or in a later
reminder, is not taken for it.

Where the machine is lost in the very seconds before a line is written, those few are told twice
after the restore: the other way about, some might never be told.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from recalldesk.audit.actions import Move, record_moves
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.foundation.file_lock import FileLock
from recalldesk.foundation.private_files import make_folder, open_private
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.states import NoticeState, WaveKind
from recalldesk.remedies import journal

FILE, LOCK = "told.jsonl", "told.lock"
TOLD, CAME_BACK = "told", "came_back"
RESTORED, CHECKED = "restored", "checked"
OF_NOTICES = (TOLD, CAME_BACK)
DIGITS = 32
"""Of a digest in hexadecimal: 128 bits."""
BATCH = 5_000

NAMED = """
SELECT n.id, n.way, n.contact_digest, w.kind, w.number, r.slug,
       coalesce(string_agg(encode(p.line_digest, 'hex'), ',' ORDER BY p.line_digest), '')
FROM outreach_directnotice n
JOIN outreach_wave w ON w.id = n.wave_id
JOIN recalls_recall r ON r.id = n.recall_id
LEFT JOIN outreach_namedpurchase named ON named.notice_id = n.id
LEFT JOIN purchasers_purchase p ON p.id = named.purchase_id
WHERE n.id = ANY(%s)
GROUP BY n.id, w.kind, w.number, r.slug
"""


def remember_told(notice_ids: Sequence[int]) -> None:
    """Writes that these have left. Raises OSError."""
    _remember(TOLD, notice_ids)


def remember_came_back(notice_id: int) -> None:
    """Writes that this one reached nobody after all. Raises OSError."""
    _remember(CAME_BACK, [notice_id])


def marks_of(notice_ids: Collection[int]) -> Mapping[int, str]:
    """What each tells whom, as one digest: the same of the same notice made anew."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [list(notice_ids)])
        return {row[0]: _mark(*row[1:]) for row in cursor.fetchall()}


def note_restored(since: datetime) -> None:
    """What stands in the file since then may be unknown to the database. Raises OSError."""
    if _path().exists():
        _append([{"kind": RESTORED, "since": since.isoformat()}])


def waves_to_check(waves: Collection[Wave]) -> list[Wave]:
    """Of these waves, those of which somebody might be told twice: since the last restore nobody
    looked through them."""
    entries = list(_entries((RESTORED, CHECKED)))
    restored = [n for n, entry in enumerate(entries) if entry["kind"] == RESTORED]
    if not restored:
        return []
    checked = {e["wave"] for e in entries[restored[-1] :] if e["kind"] == CHECKED}
    return [wave for wave in waves if _name(wave) not in checked]


def leave_out_the_told(wave: Wave) -> int:
    """Notes of each waiting notice of a wave that it left before the restore, where the file says
    so; how many. Safe to run twice."""
    told = _told_before_restore()
    count = 0
    if told:
        waiting = DirectNotice.objects.filter(wave=wave, state=NoticeState.WAITING, attempts=0)
        ids = list(waiting.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            count += _leave_out(ids[start : start + BATCH], told)
    _append([{"kind": CHECKED, "wave": _name(wave)}])
    return count


@transaction.atomic
def _leave_out(ids: Sequence[int], told: Mapping[str, datetime]) -> int:
    found = {pk: told[mark] for pk, mark in marks_of(ids).items() if mark in told}
    rows = DirectNotice.objects.select_for_update().filter(
        pk__in=found, state=NoticeState.WAITING, attempts=0
    )
    by_time: defaultdict[datetime, list[int]] = defaultdict(list)
    moves = []
    for row in rows:
        by_time[found[row.pk]].append(row.pk)
        moves.append(Move(row.recall_id, row.pk, NoticeState.WAITING, NoticeState.SENT))
    for at, pks in by_time.items():
        DirectNotice.objects.filter(pk__in=pks).update(state=NoticeState.SENT, sent_at=at)
    record_moves(moves, subject=Subject.NOTICE, actor=Actor.MACHINE)
    return len(moves)


def _remember(kind: str, notice_ids: Sequence[int]) -> None:
    marks = marks_of(notice_ids)
    _append([{"kind": kind, "marks": " ".join(marks[each] for each in notice_ids)}])


def _told_before_restore() -> Mapping[str, datetime]:
    """What had left before a restore, and is unknown since; and when at the latest."""
    forgotten: dict[str, datetime] = {}
    told: dict[str, datetime] = {}
    for line in _entries((*OF_NOTICES, RESTORED)):
        if line["kind"] == RESTORED:
            since = datetime.fromisoformat(line["since"])
            forgotten |= {mark: at for mark, at in told.items() if at >= since}
            continue
        at = datetime.fromisoformat(line["at"])
        for mark in line["marks"].split():
            if line["kind"] == TOLD:
                told[mark] = at
            else:
                told.pop(mark, None)
                forgotten.pop(mark, None)
    return forgotten


def _mark(way: str, contact: bytes, kind: str, number: int, slug: str, named: str) -> str:
    """A first notice is the same in whatever wave; of others the wave's number counts, too."""
    which = 0 if kind == WaveKind.FIRST else number
    said = json.dumps([slug, kind, which, way, bytes(contact).hex(), named])
    return hashlib.sha256(said.encode()).hexdigest()[:DIGITS]


def _name(wave: Wave) -> str:
    """Another wave may get the number of one that a restore forgot."""
    assert wave.prepared_at is not None
    return f"{wave.pk} {wave.prepared_at.isoformat()}"


def _path() -> Path:
    return journal.journal_folder() / FILE


def _entries(kinds: Collection[str]) -> Iterator[Mapping[str, str]]:
    """Whole lines of these kinds; those of others are not even read, for there are many."""
    path = _path()
    if not path.exists():
        return
    wanted = tuple(f'"kind": "{kind}"' for kind in kinds)
    with os.fdopen(open_private(path, os.O_RDONLY), encoding="utf-8", errors="replace") as file:
        for line in file:
            if any(each in line for each in wanted):
                with suppress(ValueError):  # a crash cut it
                    yield json.loads(line)


def _append(entries: Sequence[Mapping[str, str]]) -> None:
    folder = journal.journal_folder()
    if not folder.exists():
        with suppress(FileExistsError):  # another program made it meanwhile
            make_folder(folder)
    lock = FileLock(folder / LOCK)
    lock.wait_exclusive()
    at = clock.now().isoformat()
    try:
        journal.append_synchronised(folder / FILE, [{"at": at, **entry} for entry in entries])
    finally:
        lock.release()
