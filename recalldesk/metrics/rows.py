"""The figures that stand in rows and on disks.

Guarantees: nothing is changed; a question is asked so that an index answers it, or its answer is
kept for five minutes; one that takes longer than five seconds, or fails, is left out and counted.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Min, Sum
from procrastinate.contrib.django.models import ProcrastinateWorker

from recalldesk.audit.heads import MAIL, WRITE, newest_head
from recalldesk.audit.models import StateChange, UnsealedChange
from recalldesk.audit.states import Subject
from recalldesk.checks.models import CheckCount
from recalldesk.claims.models import Claim
from recalldesk.claims.states import OPEN
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import photos_waiting
from recalldesk.evidence.states import WAITING, PhotoState
from recalldesk.foundation import clock
from recalldesk.incidents.waiting import since, to_decide
from recalldesk.jobs import pace
from recalldesk.mailing.log_heads import heads_that_reached_nobody
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import FAILED, MailingState, Purpose
from recalldesk.metrics import figures
from recalldesk.metrics.figures import Figure
from recalldesk.remedies.models import Finding, Order, PlacingHold
from recalldesk.remedies.placing import circuits

Value = tuple[Figure, tuple[str, ...], float]
"""A figure, the words by which it is told apart, its value."""
Question = Callable[[], Iterator[Value]]
MOST_MILLISECONDS = 5_000
KEPT_SECONDS = 300.0
BACKED_UP = "backed_up"
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
WAITING_JOBS = """
SELECT queue_name, count(*) FROM procrastinate_jobs
WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s) GROUP BY 1
"""
OLDEST_JOB = """
SELECT least(
    (SELECT min(scheduled_at) FROM procrastinate_jobs
     WHERE status = 'todo' AND scheduled_at <= %s),
    (SELECT max(at) FROM procrastinate_events WHERE type = 'deferred' AND job_id = (
        SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL)))
"""
JOBS_AT_WORK = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
HEADS_TO_LEAVE = """
SELECT count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND task_name IN (%s, %s)
"""
FAILED_JOBS = """
SELECT count(*) FROM procrastinate_jobs j WHERE status = 'failed' AND EXISTS (
    SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'failed' AND e.at > %s)
"""
ARCHIVER = """
SELECT coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
FROM pg_stat_archiver
"""


def _asked(statement: str, *values: datetime | str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _seconds_since(moment: object) -> float:
    """How long ago; nothing where there is no such moment, or it is yet to come."""
    now = clock.now()
    return max(0.0, (now - moment).total_seconds()) if isinstance(moment, datetime) else 0.0


def _jobs() -> Iterator[Value]:
    now = clock.now()
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - pace.STALLED_AFTER)
    yield figures.WORKERS, (), alive.count()
    waiting = {str(queue): count for queue, count in _asked(WAITING_JOBS, now)}
    for queue, count in sorted((waiting or {"default": 0}).items()):
        yield figures.JOBS_WAITING, (queue,), int(str(count))
    ((oldest,),) = _asked(OLDEST_JOB, now)
    yield figures.OLDEST_JOB, (), _seconds_since(oldest)
    ((doing,),) = _asked(JOBS_AT_WORK)
    yield figures.JOBS_DOING, (), int(str(doing))


def _mail() -> Iterator[Value]:
    waiting = Mailing.objects.filter(state=MailingState.QUEUED)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("queued_at"))
    yield figures.MAIL_WAITING, (), found["count"]
    yield figures.OLDEST_MAIL, (), _seconds_since(found["oldest"])


def _photos() -> Iterator[Value]:
    yield figures.PHOTOS_WAITING, (), photos_waiting()
    unsettled = Photo.objects.filter(state__in=sorted(WAITING))
    oldest = unsettled.aggregate(oldest=Min("received_at"))["oldest"]
    yield figures.OLDEST_PHOTO, (), _seconds_since(oldest)
    failed = unsettled.filter(state=PhotoState.SCANNER_ERROR).count()
    yield figures.PHOTOS_UNSCANNED, (), failed


def _log() -> Iterator[Value]:
    yield figures.LOG_UNSEALED, (), UnsealedChange.objects.count()
    head = newest_head()
    yield figures.HEAD_AT, (), head.made_at.timestamp() if head else 0.0
    ((jobs,),) = _asked(HEADS_TO_LEAVE, WRITE, MAIL)
    mails = Mailing.objects.filter(state=MailingState.QUEUED, purpose=Purpose.LOG_HEAD).count()
    yield figures.HEADS_WAITING, (), int(str(jobs)) + mails


def _backups() -> Iterator[Value]:
    rows = StateChange.objects.filter(subject=Subject.DATABASE, to_state=BACKED_UP)
    last = rows.order_by("-subject_id").first()
    yield figures.BACKUP_AT, (), last.at.timestamp() if last else 0.0
    if settings.EMBEDDED_DATABASE and settings.ARCHIVE_FOLDER:
        ((fails,),) = _asked(ARCHIVER)
        yield figures.ARCHIVE_FAILS, (), float(bool(fails))


def _claims() -> Iterator[Value]:
    yield figures.CLAIMS_AT_DESK, (), Claim.objects.exclude(desk="").count()
    late = Claim.objects.filter(promised_on__lt=clock.now().date(), state__in=sorted(OPEN))
    yield figures.PROMISES_LATE, (), late.count()


def _incidents() -> Iterator[Value]:
    found = to_decide().annotate(since=since()).aggregate(count=Count("pk"), oldest=Min("since"))
    yield figures.INCIDENTS, (), found["count"]
    yield figures.OLDEST_INCIDENT, (), _seconds_since(found["oldest"])


def _remedies() -> Iterator[Value]:
    held = PlacingHold.objects.filter(lifted_at__isnull=True).exists()
    yield figures.ORDERING_HELD, (), float(held)
    yield figures.PROVIDERS_FAILING, (), len(circuits.failing())
    yield figures.ROWS_DIFFER, (), Finding.objects.filter(closed_at__isnull=True).count()


def _checks() -> Iterator[Value]:
    this_minute = clock.now().replace(second=0, microsecond=0)
    rows = CheckCount.objects.filter(
        recall__isnull=True, minute__gte=this_minute - AN_HOUR, minute__lt=this_minute
    )
    for row in rows.values("verdict").annotate(sum=Sum("count")).order_by("verdict"):
        yield figures.CHECKS, (row["verdict"],), row["sum"]


def _failed_jobs() -> Iterator[Value]:
    ((failed,),) = _asked(FAILED_JOBS, clock.now() - A_DAY)
    yield figures.JOBS_FAILED, (), int(str(failed))


def _failed_mail() -> Iterator[Value]:
    rows = Mailing.objects.filter(state__in=FAILED, ended_at__gt=clock.now() - A_DAY)
    counted = {row["state"]: row["n"] for row in rows.values("state").annotate(n=Count("pk"))}
    for state in sorted(FAILED):
        yield figures.MAIL_FAILED, (str(state),), counted.get(state, 0)
    yield figures.HEADS_LOST, (), heads_that_reached_nobody()


def _stopped_orders() -> Iterator[Value]:
    rows = Order.objects.exclude(stopped="").values("provider").annotate(count=Count("pk"))
    for row in rows.order_by("provider"):
        yield figures.ORDERS_STOPPED, (row["provider"],), row["count"]


QUICK: tuple[Question, ...] = (
    *(_jobs, _mail, _photos, _log, _backups, _claims, _incidents, _remedies, _checks),
)
SLOW: tuple[Question, ...] = (_failed_jobs, _failed_mail, _stopped_orders)
"""What no index answers: a pass over a table. Its answers are kept for a while."""


class _Kept:
    """What the slow questions were answered last, and when, in this process."""

    lock = threading.Lock()
    values: tuple[Value, ...] = ()
    unanswered = 0
    at: float | None = None


def forget() -> None:
    """The slow questions are asked again at once."""
    _Kept.at = None


def from_disks() -> Iterator[Value]:
    """Room for each folder that the settings name."""
    folders: dict[str, Path | None] = {
        "home": settings.HOME,
        "archive": settings.ARCHIVE_FOLDER,
        "backups": settings.BACKUP_FOLDER,
        "journal": settings.JOURNAL_FOLDER,
        "photo_copies": settings.ENVIRONMENT.photo_copy_folder,
    }
    for name, folder in folders.items():
        if folder is not None and folder.is_dir():
            usage = shutil.disk_usage(folder)
            yield figures.DISK_FREE, (name,), usage.free
            yield figures.DISK_SIZE, (name,), usage.total


def from_rows() -> Iterator[Value]:
    """What the database says; that it says nothing, where it is away."""
    try:
        connection.ensure_connection()
    except Exception:  # the embedded server's launcher has errors of its own
        yield figures.DATABASE_UP, (), 0.0
        return
    yield figures.DATABASE_UP, (), 1.0
    values, unanswered = _answers(QUICK)
    with _Kept.lock:
        now = clock.seconds()
        if _Kept.at is None or not 0 <= now - _Kept.at < KEPT_SECONDS:
            kept, _Kept.unanswered = _answers(SLOW)
            _Kept.values, _Kept.at = tuple(kept), now
        yield from (*values, *_Kept.values)
        yield figures.UNANSWERED, (), unanswered + _Kept.unanswered


def _answers(questions: tuple[Question, ...]) -> tuple[list[Value], int]:
    """What was answered, and how many questions were not."""
    values, unanswered = list[Value](), 0
    for question in questions:
        try:
            with transaction.atomic():
                _asked_within_time()
                values += question()
        except DatabaseError:
            unanswered += 1
    return values, unanswered


def _asked_within_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {MOST_MILLISECONDS}")
