"""A recall that was run elsewhere comes in: its claims, the remedies that were sent, the notices.

Guarantees: all files are taken in one transaction, so that a takeover that was broken off left
nothing and begins anew; the same files twice change nothing; a look changes nothing; no owner is
written to, and nothing is ordered.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.takeover.claims_taken import ClaimsTaker
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.going_on import Standing, standing_of
from recalldesk.takeover.kept_files import Reading, Taken, Taker, known, naming, reading_of, take
from recalldesk.takeover.mapping import NAME, Mapping, read_mapping
from recalldesk.takeover.notices_taken import NoticesTaker
from recalldesk.takeover.remedies_said import Terms
from recalldesk.takeover.remedies_taken import RemediesTaker
from recalldesk.takeover.states import FileOf

ENDINGS = (".csv", ".xlsx", ".tsv", ".txt", ".csv.gz", ".parquet")


@dataclass(frozen=True)
class Named:
    """What is to be taken: the files by what they hold, and the folder of photos, if there is."""

    mapping: Mapping
    files: tuple[tuple[FileOf, Path], ...]
    photos: Path | None


def files_in(folder: Path, mapping: Path | None = None) -> Named:
    """What stands in a folder, as its mapping file says. Raises TakeoverRefused."""
    if not folder.is_dir():
        raise TakeoverRefused(f"{folder} is no folder.", "Put the files of that system into one.")
    said = read_mapping(mapping or folder / NAME)
    files = [(kind, found) for kind in FileOf if (found := _file(folder, said, kind)) is not None]
    photos = folder / said.photos
    if not files and not photos.is_dir():
        names = ", ".join(f"{kind.value}.csv" for kind in FileOf)
        raise TakeoverRefused(
            f"{folder} holds none of the files.", f"Named are {names}, or what the mapping says."
        )
    return Named(said, tuple(files), photos if photos.is_dir() else None)


def _file(folder: Path, mapping: Mapping, kind: FileOf) -> Path | None:
    if named := mapping.part(kind).file:
        path = folder / named
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            raise TakeoverRefused(
                f"The mapping names {named}, and there is no such file in {folder}.",
                "Put it there, or mend its name.",
            )
        return path
    named_so = [folder / f"{kind.value}{end}" for end in ENDINGS]
    if strange := [path.name for path in named_so if path.is_dir()]:
        raise TakeoverRefused(
            f"{strange[0]} is a folder, where a file is looked for.",
            "Put the file of that name into the folder itself.",
        )
    found = [path for path in named_so if path.is_file()]
    if len(found) > 1:
        raise TakeoverRefused(
            f"{folder} holds {kind.value} in several files: "
            f"{', '.join(path.name for path in found)}.",
            "Name the one in the mapping, or take the others out.",
        )
    return found[0] if found else None


def look_over(*, recall: Recall, named: Named, by: Staff) -> tuple[list[Taken], Standing]:
    """What would become of the files, and how the takeover would stand then; nothing stays.

    Raises as `take_over` does.
    """
    with transaction.atomic():
        done = take_over(recall=recall, named=named, by=by)
        standing = standing_of(recall)
        transaction.set_rollback(True)
    return done, standing


def take_over(*, recall: Recall, named: Named, by: Staff) -> list[Taken]:
    """Takes the files, one after the other.

    Raises NotPermitted, TakeoverRefused, FileRefused, ImportRefused; then nothing was stored.
    """
    require(by, Permission.TAKE_OVER)
    version = live_version(recall)
    if version is None:
        raise TakeoverRefused(
            f"{recall.slug} is not published.",
            "Write its recall and publish it first: a claim is of a recall that is.",
        )
    with transaction.atomic():
        # Takeovers of a recall come one after the other; nothing else waits for them.
        Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
        document, now = document_of(version), clock.now()
        done = []
        for kind, path in named.files:
            with naming(path):
                reading = reading_of(recall, kind, path, named.mapping, by)
            terms = Terms(document, named.mapping.part(kind), now, reading.is_sheet)
            done.append(known(reading) or take(reading, _taker(reading, terms)))
    return done


def _taker(reading: Reading, terms: Terms) -> Taker:
    match reading.kind:
        case FileOf.CLAIMS:
            return ClaimsTaker(reading, terms)
        case FileOf.REMEDIES:
            return RemediesTaker(reading, terms)
    return NoticesTaker(reading, terms)
