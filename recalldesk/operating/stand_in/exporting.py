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
PLACE_OF_HOST = "{host}"
"""What stands in the name of a folder in place of a host name."""
WRITTEN_AT_LEAST = timedelta(hours=20)
"""Also where no version changed: posters say until when they hang, and programs are upgraded."""
TRIES = 3


@dataclass(frozen=True)
class Exported:
    """What was done: whether anything had changed, how many files it has, and of which recalls."""

    has_changed: bool
    files: int
    recalls: tuple[Shown, ...]


def hosts_of_brands() -> tuple[str, ...]:
    """The host names of the live versions' brands."""
    brands = (brand for live in live_recalls() for brand in live.document.brands)
    return tuple(sorted({host for brand in brands for host in brand.hosts}))


def places_of(folder: Path, host: str = "") -> tuple[tuple[Path, str], ...]:
    """The folders meant, each with the host name that it is for: the one named; where its name has
    `{host}`, one for each host name of the brands, or for the one given."""
    if PLACE_OF_HOST not in str(folder):
        return ((folder, host),)
    hosts = (host,) if host else hosts_of_brands()
    return tuple((Path(str(folder).replace(PLACE_OF_HOST, each)), each) for each in hosts)


def export(folder: Path, only: Iterable[str] = (), *, host: str = "") -> Exported:
    """Writes the stand-in of the recalls named, else of all that were published; as it is shown at
    a brand's host name, or under every one.

    Raises StandInProblem, OSError.
    """
    folder = folders.place_of(folder, settings.HOME)
    folders.refuse_place(folder)
    _refuse_unknown(host)
    stand_in = StandIn(frozenset(only), host)
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


def _refuse_unknown(host: str) -> None:
    if not host:
        return
    hosts = hosts_of_brands()
    if host not in hosts:
        raise StandInProblem(
            f"No brand of what is live has the host name {host}.",
            f"The brands' host names are {', '.join(hosts)}." if hosts else "None has any.",
        )


def _made(stand_in: StandIn) -> tuple[Files, Manifest]:
    """The pages, made anew where a version went live while they were made."""
    for _ in range(TRIES):
        recalls = _held(stand_in)
        files = gathered(stand_in, recalls)
        if shown_now(stand_in) == _shown(recalls):
            site = site_address(stand_in.host)
            return files, manifest_of(files, site=site, recalls=_shown(recalls))
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
    """Writes each configured folder where that is due; None where none is, or none is named.

    A folder that cannot be written keeps no other one from it; then the first problem is raised.
    """
    named: Path | None = settings.NOTICE_FOLDER
    places = places_of(named) if named is not None else ()
    due = [(folder, host) for folder, host in places if is_due(folder)]
    if not due:
        return None
    if not (settings.STATIC_ROOT / "portal" / "desk.css").exists():
        collect_static_files()
    done, problems = [], []
    for folder, host in due:
        try:
            done.append(export(folder, host=host))
        except StandInProblem as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    return Exported(
        any(each.has_changed for each in done), sum(each.files for each in done), done[0].recalls
    )
