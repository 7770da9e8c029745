"""The import of a table of postal codes in the form of GeoNames: tabs, no heading.

Guarantees: as for a list of sites; a code of several places keeps each, and the same place twice is
a duplicate. Columns: country, code, place, six names and codes of regions, latitude, longitude,
accuracy.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing.keeping import Rejected, keep_file, known_file, lock_imports
from recalldesk.disposal.importing.site_rows import judged_position
from recalldesk.disposal.models import PostalPlace
from recalldesk.disposal.postal_codes import normal_code
from recalldesk.disposal.states import FileOf, LineReason
from recalldesk.units.importing.decoding import UNREADABLE
from recalldesk.units.importing.lines import chunks
from recalldesk.units.importing.opening import opened, refuse_changed
from recalldesk.units.importing.survey import survey
from recalldesk.units.importing.tally import Tally

COLUMNS = (11, 12)
"""With the accuracy, or without."""
AT_ONCE = 5_000
LONGEST_PLACE = 180


@dataclass(frozen=True)
class PostalTaken:
    """What became of a table. `number`: of the file, where it was taken in; `is_known`: nothing in
    it was new."""

    lines: int
    tally: Tally
    rejects: tuple[Rejected, ...]
    number: int | None
    is_known: bool


def import_postal_codes(*, path: Path, by: Staff, only_look: bool = False) -> PostalTaken:
    """Takes in a table. Raises NotPermitted, SitesRefused, FileNotReadable; nothing stays then."""
    require(by, Permission.MANAGE_SITES)
    found = survey(path)
    tally, rejects = Tally(), list[Rejected]()
    with transaction.atomic():
        lock_imports()
        with opened(path) as file:
            for chunk in chunks(file, found.coding):
                rows = []
                for place, line in enumerate(chunk.lines, chunk.first_number):
                    outcome = _place_of(line)
                    if outcome is None:
                        tally.blank += 1
                    elif isinstance(outcome, LineReason):
                        rejects.append(Rejected(place, outcome, line))
                    else:
                        rows.append(outcome)
                tally.taken += len(rows)
                tally.accepted += _store(rows)
            refuse_changed(path, before=found.sha256, after=file.sha256())
        tally.rejected = len(rejects)
        tally.reconcile(found.lines)
        if not tally.taken:
            raise SitesRefused(
                "No line of the file is one of a table of postal codes.",
                "It has 12 columns with tabs between them, as GeoNames hands them out: country, "
                "code, place, six of regions, latitude, longitude, accuracy.",
            )
        known = known_file(found.sha256, FileOf.POSTAL_CODES, "") if not tally.accepted else None
        number = known.pk if known else None
        if known is None and not only_look:
            number = _keep(found.sha256, found.lines, tally, rejects, by)
        if only_look:
            transaction.set_rollback(True)
    return PostalTaken(found.lines, tally, tuple(rejects), number, is_known=known is not None)


def _place_of(line: str) -> PostalPlace | LineReason | None:
    if not line.strip():
        return None
    if UNREADABLE.search(line) or "\0" in line:
        return LineReason.UNREADABLE
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) not in COLUMNS:
        return LineReason.COLUMN_COUNT
    country, place = cells[0].upper(), cells[2]
    code = normal_code(cells[1], country)
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        return LineReason.NO_COUNTRY
    if not code:
        return LineReason.NO_CODE
    if len(place) > LONGEST_PLACE:
        return LineReason.TOO_LONG
    try:
        latitude, longitude = float(cells[9]), float(cells[10])
    except ValueError:
        return LineReason.NO_NUMBERS
    position = judged_position(latitude, longitude, None)
    if isinstance(position, LineReason):
        return position
    return PostalPlace(
        country=country, code=code, place=place, latitude=latitude, longitude=longitude
    )


def _store(rows: list[PostalPlace]) -> int:
    """Writes what is new; how many. Who else writes waits for the lock."""
    before = _count()
    PostalPlace.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return _count() - before


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM disposal_postalplace")
        (number,) = cursor.fetchone()
    return int(number)


def _keep(sha256: str, lines: int, tally: Tally, rejects: list[Rejected], by: Staff) -> int:
    file = keep_file(
        pk=None,
        what=FileOf.POSTAL_CODES,
        source="",
        sha256=sha256,
        lines=lines,
        tally=tally,
        figures={},
        rejects=rejects,
        by=by,
    )
    record_change(
        subject=Subject.SITE_FILE, subject_id=file.pk, to_state="imported", actor_id=by.pk
    )
    return file.pk
