"""The folder of pages for a plain web server: whether it is there, and of what is live."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from recalldesk.foundation import clock
from recalldesk.operating.doctor.findings import Finding
from recalldesk.operating.stand_in.exporting import places_of, shown_now
from recalldesk.operating.stand_in.folder import is_whole
from recalldesk.operating.stand_in.manifest import confirmed_at, read_manifest
from recalldesk.recalls.reads import live_recalls

WRITTEN_WITHIN = timedelta(minutes=15)
CONFIRMED_WITHIN = timedelta(hours=26)
HINT = "Is a worker running? Its log says why (`stand_in_not_written`); `recalldesk notice export`"


def stand_in_old() -> Iterator[Finding]:
    """Whether the configured folder shows what is live."""
    named: Path | None = settings.NOTICE_FOLDER
    if named is None:
        return
    places = places_of(named)
    if not places and shown_now():
        yield Finding(
            "rd.D075",
            f"{named} is a folder for each host name of a brand, and no brand has one.",
            "Give the brands `hosts`, or name a folder without {host}.",
        )
    for folder, _host in places:
        yield from _of_folder(folder)


def _of_folder(folder: Path) -> Iterator[Finding]:
    manifest = read_manifest(folder)
    if manifest is None or not is_whole(folder):
        yield Finding(
            "rd.D075",
            f"The folder of RECALLDESK_NOTICE_FOLDER ({folder}) is not written, or not whole.",
            f"{HINT} writes it now.",
        )
        return
    newest = max((live.published_at for live in live_recalls()), default=None)
    is_behind = manifest.recalls != shown_now() and (
        newest is None or newest < clock.now() - WRITTEN_WITHIN
    )
    if is_behind or confirmed_at(folder) < clock.now() - CONFIRMED_WITHIN:
        yield Finding(
            "rd.D076",
            f"The folder of RECALLDESK_NOTICE_FOLDER ({folder}) is older than what is live.",
            f"{HINT} brings it up to date.",
        )
