"""The database: whether it answers, is of the right version, keeps its changes, tells the time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.config.database import missing_migrations, unknown_migrations
from recalldesk.foundation import clock
from recalldesk.operating.backups.taking import BACKED_UP
from recalldesk.operating.doctor.findings import Finding
from recalldesk.sealing.keys import SealingError
from recalldesk.sealing.wrapping import refuse_keys_that_do_not_open

LEAST_VERSION = 150_000
MOST_SKEW = timedelta(seconds=5)
BACKUP_AT_LEAST = timedelta(hours=26)


def tables_unfit() -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    if unknown := unknown_migrations():
        yield Finding(
            "rd.D011",
            f"The database is of a newer version than these programs ({unknown[-1]}).",
            "Install that version.",
        )
    if missing := missing_migrations():
        yield Finding(
            "rd.D012",
            f"Steps of the tables are missing: {len(missing)}, the first is {missing[0]}.",
            "Run `recalldesk upgrade`; in a new installation `recalldesk database prepare`.",
        )


def server_unfit() -> Iterator[Finding]:
    """The server's version and clock."""
    number = int(str(_asked("SHOW server_version_num")))
    if number < LEAST_VERSION:
        yield Finding(
            "rd.D013",
            f"The database server is of version {number // 10_000}; 15 or newer is needed.",
            "Have it upgraded.",
        )
    skew = abs(clock.now() - _asked("SELECT clock_timestamp()"))
    if skew > MOST_SKEW:
        yield Finding(
            "rd.D014",
            f"This machine's clock and the database's are {skew.total_seconds():.0f} s apart.",
            "Let both machines keep the time by NTP.",
        )


def keys_unfit() -> Iterator[Finding]:
    """Whether the sealing keys open what is sealed."""
    try:
        refuse_keys_that_do_not_open()
    except SealingError as error:
        yield Finding("rd.D015", str(error), "Set RECALLDESK_SEALING_KEYS as it was.")


def backups_old() -> Iterator[Finding]:
    """When the last backup was taken, as the log says."""
    if not (settings.IS_PRODUCTION or settings.BACKUP_FOLDER):
        return
    rows = StateChange.objects.filter(subject=Subject.DATABASE, to_state=BACKED_UP)
    last = rows.order_by("-pk").first()
    if last is None or last.at < clock.now() - BACKUP_AT_LEAST:
        when = f"is of {last.at:%Y-%m-%d %H:%M} UTC" if last else "was never taken"
        yield Finding(
            "rd.D020",
            f"The last backup {when}.",
            "Run `recalldesk backup` each night, by cron or a timer.",
        )


def archive_behind() -> Iterator[Finding]:
    """Whether the embedded server's changes are copied elsewhere, now."""
    folder: Path | None = settings.ARCHIVE_FOLDER
    if not settings.EMBEDDED_DATABASE:
        return
    if folder is None:
        if settings.IS_PRODUCTION:
            yield Finding(
                "rd.D021",
                "RECALLDESK_ARCHIVE_FOLDER is not set: what follows the last backup is nowhere "
                "else.",
                "Name a folder on another disk or machine, and start all programs anew.",
            )
        return
    if _asked("SHOW archive_mode") != "on":
        yield Finding(
            "rd.D022",
            "The running database does not archive yet.",
            "End all programs that use it, and start them again.",
        )
        return
    piece, failed_at, archived_at = _archiver()
    if failed_at is not None and (archived_at is None or failed_at > archived_at):
        yield Finding(
            "rd.D023",
            f"The database's changes are not archived: {piece} failed at {failed_at:%H:%M} UTC.",
            f"See {settings.EMBEDDED_FOLDER / 'server.log'}: is {folder} full, or closed to the "
            "database's user?",
        )


def _archiver() -> tuple[str | None, datetime | None, datetime | None]:
    """The piece that failed last, when it did, and when one was last archived."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_failed_wal, last_failed_time, last_archived_time FROM pg_stat_archiver"
        )
        piece, failed_at, archived_at = cursor.fetchone()
    return piece, failed_at, archived_at


def _asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return (cursor.fetchone() or (None,))[0]
