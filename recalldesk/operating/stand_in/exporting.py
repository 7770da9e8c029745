"""Makes a stand-in of what is live now, and keeps the one that is configured up to date.

Guarantees: all pages of one are of the same moment; two programs on this machine never write one at
once; what went wrong leaves the folder as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from recalldesk.foundation import clock
from recalldesk.foundation.file_lock import FileLock
from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in import folder as folders
from recalldesk.operating.stand_in.asking import site_address
from recalldesk.operating.stand_in.gathering import Files, gathered
from recalldesk.operating.stand_in.manifest import (
    Manifest,
    Shown,
    confirmed_at,
    manifest_of,
    read_manifest,
)
from recalldesk.portal.stand_in import StandIn
from recalldesk.recalls.reads import LiveRecall, live_recalls

LOCK = "stand-in.lock"
WRITTEN_AT_LEAST = timedelta(hours=20)
"""Also where no version changed: posters say until when they hang, and programs are upgraded."""
TRIES = 3


@dataclass(frozen=True)
class Exported:
    """What was done: whether anything had changed, how many files it has, and of which recalls."""

    has_changed: bool
    files: int
    recalls: tuple[Shown, ...]


def export(folder: Path, only: Iterable[str] = ()) -> Exported:
    """Writes the stand-in of the recalls named, else of all that were published.

    Raises StandInProblem, OSError.
    """
    folder = folders.place_of(folder, settings.HOME)
    folders.refuse_place(folder)
    stand_in = StandIn(frozenset(only))
    unknown = sorted(stand_in.only - {live.slug for live in live_recalls()})
    if unknown:
        raise StandInProblem(
            f"{unknown[0]} has no notice: only what was published has one.",
            "`recalldesk recall list` names all recalls.",
        )
    lock = FileLock(settings.HOME / LOCK)
    lock.wait_exclusive()
    try:
        files, manifest = _made(stand_in)
        has_changed = folders.write(folder, files, manifest)
    finally:
        lock.release()
    return Exported(has_changed, len(manifest.files), manifest.recalls)


def _made(stand_in: StandIn) -> tuple[Files, Manifest]:
    """The pages, made anew where a version went live while they were made."""
    for _ in range(TRIES):
        recalls = _held(stand_in)
        files = gathered(stand_in, recalls)
        if shown_now(stand_in) == _shown(recalls):
            return files, manifest_of(files, site=site_address(), recalls=_shown(recalls))
    raise StandInProblem(
        "Versions went live faster than their pages could be written.", "Run it again."
    )


def _held(stand_in: StandIn) -> list[LiveRecall]:
    return [live for live in live_recalls() if stand_in.holds(live.slug)]


def _shown(recalls: list[LiveRecall]) -> tuple[Shown, ...]:
    named = sorted(recalls, key=lambda live: live.slug)
    return tuple(
        Shown(recall=live.slug, version=live.version, is_closed=live.closed_at is not None)
        for live in named
    )


def shown_now(stand_in: StandIn | None = None) -> tuple[Shown, ...]:
    """What a stand-in written now would be of."""
    return _shown(_held(stand_in or StandIn()))


def is_due(folder: Path) -> bool:
    """Whether the folder is of other versions than are live, or was not looked at for a day."""
    manifest = read_manifest(folder)
    if manifest is None or manifest.recalls != shown_now():
        return True
    return confirmed_at(folder) < clock.now() - WRITTEN_AT_LEAST


def collect_static_files() -> None:
    """Brings the static files of this program to where pages are served from."""
    call_command("collectstatic", interactive=False, verbosity=0)


def keep_up_to_date() -> Exported | None:
    """Writes the configured folder where that is due; None where it is not, or none is named."""
    folder: Path | None = settings.NOTICE_FOLDER
    if folder is None or not is_due(folder):
        return None
    if not (settings.STATIC_ROOT / "portal" / "desk.css").exists():
        collect_static_files()
    return export(folder)
