"""`recalldesk backup` and `recalldesk restore`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.cli.database import say_waiting
from recalldesk.cli.screen import complain, counted, say, warn, working
from recalldesk.config.database import refuse_unprepared
from recalldesk.evidence.matching import Matched
from recalldesk.operating.backups.taking import KEEP_ELSEWHERE, take_backup
from recalldesk.operating.errors import OperatingProblem
from recalldesk.operating.restoring.restoring import Asked, Restored
from recalldesk.operating.restoring.restoring import restore as restore_


def backup(
    folder: Annotated[
        Path | None, typer.Argument(help="Where backups are kept; else RECALLDESK_BACKUP_FOLDER.")
    ] = None,
    files_only: Annotated[
        bool,
        typer.Option("--files-only", help="Your database's own people copy it; take the files."),
    ] = False,
) -> None:
    """Take a backup while everything runs: the database, and the files that it names."""
    refuse_unprepared()
    place = folder_or_refuse(folder)
    with working("taking a backup"):
        taken = take_backup(place, files_only=files_only)
    manifest = taken.backup.manifest
    say(f"{taken.backup.folder}")
    say(
        f"Taken at {_moment(manifest.taken_at)}: {manifest.kind.value}, and "
        f"{counted(len(manifest.files), 'file', 'files')}."
    )
    if taken.dropped or taken.pieces_dropped:
        say(
            f"Removed: {counted(taken.dropped, 'backup', 'backups')} and "
            f"{counted(taken.pieces_dropped, 'archived piece', 'archived pieces')} of before."
        )
    if manifest.bucket:
        say(f"Photos lie in the bucket {manifest.bucket}: keep its versions for as long.")
    if settings.EMBEDDED_DATABASE and settings.ARCHIVE_FOLDER is None:
        warn("RECALLDESK_ARCHIVE_FOLDER is not set: what follows this backup is kept nowhere.")
    say("Not in it, to be kept elsewhere:")
    for each in KEEP_ELSEWHERE:
        say(f"- {each}.")


def restore(
    folder: Annotated[Path, typer.Argument(help="The folder of backups, or one backup in it.")],
    until: Annotated[
        str,
        typer.Option(help="Leave out what came later: 2026-03-01T14:05, in UTC unless it says."),
    ] = "",
    archive: Annotated[
        Path | None,
        typer.Option(help="The archived changes; else RECALLDESK_ARCHIVE_FOLDER."),
    ] = None,
    database_stands: Annotated[
        bool,
        typer.Option(
            "--database-stands",
            help="The database of DATABASE_URL was restored by its own people; do the rest.",
        ),
    ] = False,
) -> None:
    """Restore a backup, and what was archived after it, into an empty RECALLDESK_HOME.

    Ends with 1 where the log is not whole afterwards. Nothing is ordered until
    `recalldesk remedies reconcile` finds rows and providers agree.
    """
    asked = Asked(folder, _moment_in(until), archive, database_stands)
    with working("restoring"):
        restored = restore_(asked, say_waiting)
    _say_restored(restored)
    if not restored.verified.is_whole:
        complain("The log is not whole.", "`recalldesk audit verify` says where.")
        raise typer.Exit(1)


def folder_or_refuse(folder: Path | None) -> Path:
    """The folder of backups that was named, or that of the settings."""
    place: Path | None = folder or settings.BACKUP_FOLDER
    if place is None:
        raise OperatingProblem(
            "No folder for backups is named.", "Name one, or set RECALLDESK_BACKUP_FOLDER."
        )
    return place


def _say_restored(restored: Restored) -> None:
    settled = restored.settled
    as_of = _moment(settled.as_of) if settled.as_of else "the beginning"
    say(f"Restored from {restored.backup.folder}; the newest row is of {as_of}.")
    again = counted(settled.erased_again, "filing", "filings")
    say(f"Erased again, as before the restore: {again}.")
    lost = sum(loss.rows for loss in restored.verified.losses[-1:])
    say(
        f"The log says so, signed: block {settled.restore.block:,} was the last; heads that left "
        f"tell of {counted(lost, 'row', 'rows')} that are lost."
    )
    _say_photos(restored.photos)
    if not restored.journal_was_there:
        warn(
            "The journal was gone, and is as it was when the backup was taken: gift codes that "
            "were handed out since are not known, and might be handed out again. If you have the "
            "newer one, put it in its place. Ordering waits until somebody says "
            "`recalldesk remedies go-on`."
        )
    say("Next: `recalldesk remedies reconcile`. Nothing is ordered before it is green.")
    say("Then: take a new backup.")


def _say_photos(photos: Matched | None) -> None:
    if photos is None:
        warn("The store of photos does not answer: run `recalldesk photos match` once it does.")
        return
    if photos.brought_back:
        back = counted(photos.brought_back, "photo", "photos")
        say(f"{back} brought back from the disk of copies.")
    if photos.is_away:
        warn("The disk for copies of photos is away: mount it, and run `recalldesk photos match`.")
    elif photos.missing:
        warn(
            f"The files of {counted(photos.missing, 'photo', 'photos')} are missing. If you have "
            "them nowhere, say `recalldesk photos match --lost`: owners are asked for others."
        )


def _moment_in(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise OperatingProblem(
            f"{text!r} is no moment.", "Write it as 2026-03-01T14:05 or 2026-03-01T14:05+01:00."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
