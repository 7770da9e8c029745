"""Every figure that is given: its name, what it means, by what it is told apart.

Guarantees: docs/guide/monitoring.md is written from here; a label holds a word of ours (a queue, a
state, a folder) and never a recall, a serial or a person.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One of them. `labels`: by what its values are told apart."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()


BUILD = Figure("recalldesk_build_info", "Always 1; the version that runs.", ("version",))
DATABASE_UP = Figure("recalldesk_database_up", "1 where the database answers, else 0.")
UNANSWERED = Figure(
    "recalldesk_unanswered_questions",
    "How many questions to the database took longer than five seconds or failed; their figures are "
    "missing.",
)
WORKERS = Figure(
    "recalldesk_workers_alive",
    "Workers that gave a sign of life lately; one `recalldesk work` counts as three.",
)
JOBS_WAITING = Figure(
    "recalldesk_jobs_waiting", "Jobs whose time has come and that nobody does yet.", ("queue",)
)
OLDEST_JOB = Figure(
    "recalldesk_jobs_oldest_waiting_seconds", "How long the oldest of them has waited."
)
JOBS_DOING = Figure("recalldesk_jobs_doing", "Jobs that some worker is at.")
JOBS_FAILED = Figure(
    "recalldesk_jobs_failed_last_day", "Jobs that failed for good within a day (dead letters)."
)
MAIL_WAITING = Figure("recalldesk_mail_waiting", "Mails and text messages that wait to be sent.")
OLDEST_MAIL = Figure(
    "recalldesk_mail_oldest_waiting_seconds", "How long the oldest of them has waited."
)
MAIL_FAILED = Figure(
    "recalldesk_mail_failed_last_day",
    "Mails and text messages that reached nobody within a day, by what became of them.",
    ("state",),
)
PHOTOS_WAITING = Figure(
    "recalldesk_photos_waiting", "Photos that wait to be scanned, cleaned or read."
)
OLDEST_PHOTO = Figure(
    "recalldesk_photos_oldest_waiting_seconds",
    "How long the oldest photo has waited to be scanned and cleaned.",
)
PHOTOS_UNSCANNED = Figure(
    "recalldesk_photos_scanner_failed", "Photos that wait since the scanner did not answer."
)
BACKUP_AT = Figure(
    "recalldesk_backup_timestamp_seconds",
    "When the last backup was taken, as the log says; 0 where none was.",
)
ARCHIVE_FAILS = Figure(
    "recalldesk_archive_failing",
    "1 where the last piece of the database's changes could not be archived, else 0.",
)
LOG_UNSEALED = Figure("recalldesk_log_rows_unsealed", "Rows of the log that are in no block yet.")
HEAD_AT = Figure(
    "recalldesk_log_head_timestamp_seconds",
    "When the last head of the log was made; 0 where none was.",
)
HEADS_WAITING = Figure(
    "recalldesk_log_heads_waiting", "Heads of the log that were made and have not left."
)
HEADS_LOST = Figure(
    "recalldesk_log_heads_lost", "Mails with a head that reached nobody within a month."
)
CLAIMS_AT_DESK = Figure("recalldesk_claims_at_desk", "Claims that wait for a person.")
PROMISES_LATE = Figure(
    "recalldesk_promises_late", "Open claims whose promised day is over (days end at midnight UTC)."
)
INCIDENTS = Figure("recalldesk_incidents_undecided", "Incidents that nobody decided about.")
OLDEST_INCIDENT = Figure(
    "recalldesk_incidents_oldest_undecided_seconds", "How long the oldest of them has waited."
)
ORDERING_HELD = Figure(
    "recalldesk_ordering_held", "1 while no remedy is ordered (after a restore), else 0."
)
ORDERS_STOPPED = Figure(
    "recalldesk_orders_stopped", "Orders that wait for a person.", ("provider",)
)
PROVIDERS_FAILING = Figure(
    "recalldesk_providers_failing", "Providers that failed several times in a row."
)
ROWS_DIFFER = Figure("recalldesk_reconciliation_open", "Places in which providers and rows differ.")
CHECKS = Figure(
    "recalldesk_checks_last_hour",
    "Checks of the last 60 whole minutes, by the answer that was given.",
    ("verdict",),
)
DISK_FREE = Figure("recalldesk_disk_free_bytes", "Room that is left for a folder.", ("folder",))
DISK_SIZE = Figure("recalldesk_disk_size_bytes", "Size of the disk it is on.", ("folder",))
INDEX_AT = Figure(
    "recalldesk_index_confirmed_timestamp_seconds",
    "When the index of serials was last confirmed to be the newest, in the web process that is "
    "furthest behind; 0 where one has none or not all. After 30 seconds `not_affected` is "
    "no longer said.",
)
ANSWERS = Figure(
    "recalldesk_answers_total",
    "Answers of the web processes of this machine since `serve` was started, without checks by the "
    "lane, by part of the site and class of status.",
    ("part", "status"),
)
ANSWER_SECONDS = Figure(
    "recalldesk_answer_seconds",
    "How long these took to be made (a histogram: `_bucket`, `_sum`, `_count`).",
    ("part",),
)

ALL = tuple(each for each in vars().copy().values() if isinstance(each, Figure))
OF_PROCESSES = (INDEX_AT, ANSWERS, ANSWER_SECONDS)
"""What web processes know of themselves; the rest anybody reads from rows and disks."""
