"""The import of one log.

Guarantees: all of it happens in one transaction, so that an import that was broken off left nothing
and begins anew; lines = accepted + rejected + duplicate + blank + of others, against a count that
shares no code with the reader; no line counts twice, whichever logs hold it; a look changes
nothing. Neither an address nor a user agent nor what follows a question mark is kept.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.publicity.entering import log_taken_back
from recalldesk.publicity.errors import LogNotRead, PublicityRefused
from recalldesk.publicity.logs.known import KnownLines
from recalldesk.publicity.logs.opening import NO_END, TOO_LONG, Line, Log, lines_of, log_at
from recalldesk.publicity.logs.reading import Ask, Read, reader_of
from recalldesk.publicity.models import HitsFile, LogHits
from recalldesk.publicity.pages import ANSWERED, page_at
from recalldesk.publicity.states import LineReason, LogForm, PageKind
from recalldesk.recalls.models import Recall

ONE_AT_A_TIME = 0x48_49_54_53
"""The advisory lock of whoever takes a log in, with the recall: nothing else waits for it."""
MOST_REJECTS = 20
"""Of which more is said than how many there are."""
AHEAD = timedelta(minutes=10)
"""By which a proxy's clock may be before ours."""
MINUTES_A_DAY = 1_440
EPOCH = date(1970, 1, 1)
Pages = Mapping[tuple[date, PageKind], int]


@dataclass
class HitsTaken:
    """What became of a log. `hits`: what it brought; `first_at`, `last_at`: of all its lines;
    `number`: of the file, where it was taken in; `is_known`: the same was taken before."""

    lines: int
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    blank: int = 0
    others: int = 0
    robots: int = 0
    hits: Pages = field(default_factory=dict)
    rejects: list[tuple[int, LineReason]] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None
    number: int | None = None
    is_known: bool = False


def import_hits(
    *, recall: Recall, path: Path, by: Staff, form: LogForm = LogForm.AUTO, only_look: bool = False
) -> HitsTaken:
    """Takes a log in. `only_look`: nothing stays. Raises NotPermitted, LogNotRead; then nothing
    was kept."""
    require(by, Permission.ENTER_PUBLICITY)
    log = log_at(path)
    with transaction.atomic():
        _lock(recall)
        known = HitsFile.objects.filter(recall=recall, file_sha256=log.sha256)
        file = known.filter(takes_back__isnull=True, taken_back_by__isnull=True).first()
        if file is not None:
            return _as_taken_before(file)
        file_id = _next_id()
        taken = _Reading(recall, file_id, form).read(log)
        if only_look:
            transaction.set_rollback(True)
        else:
            _keep(taken, file_id, recall, log, form, by)
    return taken


class _Reading:
    """One log, line by line."""

    def __init__(self, recall: Recall, file_id: int, form: LogForm) -> None:
        self._slug = recall.slug
        self._read = reader_of(form)
        self._known = KnownLines(recall, file_id)
        self._latest = int((clock.now() + AHEAD).timestamp()) // 60
        self._hits: Counter[tuple[date, PageKind]] = Counter()
        self._minutes: tuple[int, int] | None = None

    def read(self, log: Log) -> HitsTaken:
        """What becomes of each line. Raises LogNotRead."""
        taken = HitsTaken(log.lines)
        for number, line in enumerate(lines_of(log), start=1):
            outcome = self._judged(line)
            if isinstance(outcome, LineReason):
                taken.rejected += 1
                if len(taken.rejects) < MOST_REJECTS:
                    taken.rejects.append((number, outcome))
            elif outcome is None:
                taken.blank += 1
            else:
                assert isinstance(line, bytes)
                self._take(outcome, line, taken)
        self._known.keep()
        _reconcile(taken)
        taken.hits = dict(sorted(self._hits.items()))
        if self._minutes is not None:
            first, last = self._minutes
            taken.first_at = datetime.fromtimestamp(first * 60, UTC)
            taken.last_at = datetime.fromtimestamp(last * 60, UTC)
        return taken

    def _judged(self, line: Line) -> Read:
        if line is TOO_LONG:
            return LineReason.TOO_LONG
        if line is NO_END:
            return LineReason.NO_END
        assert isinstance(line, bytes)
        read = self._read(line)
        if isinstance(read, Ask) and read.minute > self._latest:
            return LineReason.TO_COME
        return read

    def _take(self, ask: Ask, line: bytes, taken: HitsTaken) -> None:
        minute = ask.minute
        if self._minutes is None:
            self._minutes = (minute, minute)
        elif not self._minutes[0] <= minute <= self._minutes[1]:
            self._minutes = (min(minute, self._minutes[0]), max(minute, self._minutes[1]))
        page = page_at(ask.target) if ask.method == "GET" and ask.status in ANSWERED else None
        if page is None or page[0] != self._slug or ask.is_robots:
            taken.others += 1
            taken.robots += page is not None and page[0] == self._slug
        elif self._known.is_new(minute, line):
            taken.accepted += 1
            self._hits[EPOCH + timedelta(days=minute // MINUTES_A_DAY), page[1]] += 1
        else:
            taken.duplicate += 1


def _reconcile(taken: HitsTaken) -> None:
    read = taken.accepted + taken.rejected + taken.duplicate + taken.blank + taken.others
    if read != taken.lines:
        raise LogNotRead(
            f"The log has {taken.lines:,} lines, but {read:,} were read.",
            "Nothing was kept. Was the file changed meanwhile? Try again.",
        )
    if not taken.lines:
        raise LogNotRead("The file is empty.", "Nothing was kept.")
    if taken.rejected and taken.rejected + taken.blank == taken.lines:
        (_, reason), *_ = taken.rejects
        raise LogNotRead(
            f"No line of the file can be taken: the first one {reason.label}.",
            "It reads the combined form of nginx and Apache, and the JSON of Caddy.",
        )


def _keep(
    taken: HitsTaken, file_id: int, recall: Recall, log: Log, form: LogForm, by: Staff
) -> None:
    """The file's row is written last, with its figures."""
    file = HitsFile.objects.create(
        pk=file_id,
        recall=recall,
        file_sha256=log.sha256,
        form=form,
        lines=taken.lines,
        accepted=taken.accepted,
        rejected=taken.rejected,
        duplicate=taken.duplicate,
        blank=taken.blank,
        others=taken.others,
        robots=taken.robots,
        first_at=taken.first_at,
        last_at=taken.last_at,
        by=by,
    )
    LogHits.objects.bulk_create(
        LogHits(file=file, recall=recall, day=day, page=page, count=count)
        for (day, page), count in taken.hits.items()
    )
    record_change(
        subject=Subject.HITS_FILE,
        subject_id=file.pk,
        to_state="imported",
        actor_id=by.pk,
        recall_id=recall.pk,
    )
    taken.number = file.pk


def _as_taken_before(file: HitsFile) -> HitsTaken:
    return HitsTaken(
        lines=file.lines,
        accepted=file.accepted,
        rejected=file.rejected,
        duplicate=file.duplicate,
        blank=file.blank,
        others=file.others,
        robots=file.robots,
        first_at=file.first_at,
        last_at=file.last_at,
        number=file.pk,
        is_known=True,
    )


@transaction.atomic
def take_back_hits(*, number: int, by: Staff, note: str) -> HitsFile:
    """Takes a log back: its hits count no more, and its lines may come in again. Again changes
    nothing. Raises NotPermitted, PublicityRefused."""
    require(by, Permission.ENTER_PUBLICITY)
    rows = HitsFile.objects.filter(pk=number, takes_back__isnull=True)
    file = rows.select_related("recall").first()
    if file is None:
        raise PublicityRefused(f"There is no log {number}.")
    _lock(file.recall)
    known = HitsFile.objects.filter(takes_back=file).first()
    if known is not None:
        return known
    back = HitsFile.objects.create(
        recall_id=file.recall_id,
        file_sha256=file.file_sha256,
        form=file.form,
        takes_back=file,
        by=by,
    )
    log_taken_back(Subject.HITS_FILE, file.pk, file.recall_id, by.pk, note)
    return back


def _lock(recall: Recall) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_AT_A_TIME, recall.pk])


def _next_id() -> int:
    """The id of a file that is yet to be written: its lines refer to it before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", ["publicity_hitsfile"])
        (number,) = cursor.fetchone()
    return int(number)
