"""What is done after an answer: workers, jobs, mails, heads of the log that leave."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection

from recalldesk.audit.heads import newest_head
from recalldesk.audit.models import Block, StateChange, UnsealedChange
from recalldesk.audit.recipients import recipients
from recalldesk.foundation import clock
from recalldesk.jobs.reads import is_any_worker_alive
from recalldesk.mailing.log_heads import heads_that_reached_nobody
from recalldesk.mailing.mail_line import MailLine
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import FAILED, MailingState, SendError
from recalldesk.operating.doctor.findings import Finding, Level
from recalldesk.reports.models import SumDelta, TouchedPurchase

WAITS_TOO_LONG = timedelta(minutes=15)
MAIL_WAITS_TOO_LONG = timedelta(hours=1)
HEAD_AT_LEAST = timedelta(days=2)
A_DAY = timedelta(days=1)
MOST_FAILED_MAILS = 5
MOST_UNFOLDED = 200_000
DUE = """
SELECT count(*), (array_agg(task_name ORDER BY id))[1] FROM procrastinate_jobs j
WHERE status = 'todo' AND COALESCE(scheduled_at, (
    SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'deferred'
)) < %s
"""
FAILED_JOBS = """
SELECT count(*), (array_agg(task_name ORDER BY id DESC))[1] FROM procrastinate_jobs j
WHERE status = 'failed' AND EXISTS (
    SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'failed' AND e.at > %s
)
"""


def no_worker() -> Iterator[Finding]:
    """Whether any gave a sign of life lately."""
    if not is_any_worker_alive():
        yield Finding(
            "rd.D030",
            "No worker is alive: mails, photos and remedies wait.",
            "Run `recalldesk serve`, or `recalldesk work` beside it.",
        )


def jobs_stuck() -> Iterator[Finding]:
    """Jobs that should be done, and jobs that nobody tries any more."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(DUE, [now - WAITS_TOO_LONG])
        waiting, first = cursor.fetchone()
        cursor.execute(FAILED_JOBS, [now - A_DAY])
        failed, last = cursor.fetchone()
    if waiting:
        yield Finding(
            "rd.D031",
            f"{waiting:,} jobs have waited for more than 15 minutes, the first is {first}.",
            "Run more workers, or more jobs at once (RECALLDESK_JOBS_AT_ONCE).",
        )
    if failed:
        yield Finding(
            "rd.D032",
            f"{failed:,} jobs failed for good in the last day, the last was {last}.",
            "The worker's log says why; it names the job.",
        )


def sums_pile_up() -> Iterator[Finding]:
    """What was added to sums of days and is not folded: pages of figures are right, and slow."""
    waits = sum(
        model.objects.order_by()[: MOST_UNFOLDED + 1].count()
        for model in (SumDelta, TouchedPurchase)
    )
    if waits > MOST_UNFOLDED:
        yield Finding(
            "rd.D033",
            f"More than {MOST_UNFOLDED:,} rows wait to be folded into the sums of figures.",
            "Is a worker running? It folds them each minute.",
            Level.WATCH,
        )


def mail_fails() -> Iterator[Finding]:
    """Mails and text messages that do not leave, or reach nobody."""
    now = clock.now()
    rows = Mailing.objects.filter(
        state=MailingState.QUEUED, queued_at__lt=now - MAIL_WAITS_TOO_LONG
    )
    if waits := rows.count():
        errors = rows.exclude(last_error="").values_list("last_error", flat=True).distinct()
        said = sorted(str(SendError(error).label) for error in errors)
        yield Finding(
            "rd.D040",
            f"{waits:,} mails or text messages have waited for more than an hour."
            + "".join(f" {each}." for each in said),
            "Does the mail server of RECALLDESK_EMAIL_URL answer, and take our password?",
        )
    failed = Mailing.objects.filter(state__in=FAILED, ended_at__gt=now - A_DAY).count()
    if failed >= MOST_FAILED_MAILS:
        yield Finding(
            "rd.D041",
            f"{failed:,} mails or text messages reached nobody in the last day.",
            "Are SPF, DKIM and the sender's address right? docs/mail.md says what to set.",
            Level.WATCH,
        )


def mail_server_away() -> Iterator[Finding]:
    """The way by which mail leaves, tried before the first mail waits. Asked over the network."""
    if not (settings.IS_PRODUCTION and settings.EMAIL_BACKEND):
        return
    if why := MailLine().try_out():
        yield Finding(
            "rd.D045",
            f"No mail can leave by RECALLDESK_EMAIL_URL: {SendError(why).label}.",
            "Look at its host, port, user and password, and at your firewall (docs/mail.md). What "
            "is written meanwhile waits for three days.",
        )


def log_stays() -> Iterator[Finding]:
    """Whether rows of the log are sealed, and its head leaves."""
    if Block.objects.exists() or UnsealedChange.objects.exists():
        head, first = newest_head(), StateChange.objects.order_by("pk").first()
        since = head.made_at if head else first.at if first else clock.now()
        if since < clock.now() - HEAD_AT_LEAST:
            yield Finding(
                "rd.D042",
                f"No head of the log was made {'for two days' if head else 'yet'}.",
                "Is a worker running? `recalldesk audit head --new` makes one now.",
            )
    if settings.IS_PRODUCTION and not recipients() and settings.LOG_HEADS_FOLDER is None:
        yield Finding(
            "rd.D043",
            "Heads of the log go nowhere.",
            "Set RECALLDESK_LOG_HEADS_TO or RECALLDESK_LOG_HEADS_FOLDER.",
        )
    if lost := heads_that_reached_nobody():
        yield Finding(
            "rd.D044",
            f"{lost:,} mails with a head of the log reached nobody in the last month.",
            "Are the addresses of RECALLDESK_LOG_HEADS_TO right?",
        )
