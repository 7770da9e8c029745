"""The rows of a file that was taken in, and of what in it was not taken."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from recalldesk.accounts.models import Staff
from recalldesk.disposal.models import SiteFile, SiteReject
from recalldesk.disposal.states import FileOf, LineReason
from recalldesk.keeping.rejects import empty_rejects
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.units.importing.tally import Tally

IMPORTING = 0x0073_6974_6573
"""The advisory lock: one file of sites or postal codes comes in at a time."""
LONGEST_ROW = 16_384
"""Of a rejected line that is kept, in characters."""


@dataclass(frozen=True)
class Rejected:
    """A line or feature that is not taken. `row`: as it came."""

    number: int
    reason: LineReason
    row: str


def lock_imports() -> None:
    """Has others wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])


def known_file(sha256: str, what: FileOf, source: str) -> SiteFile | None:
    """The same file of the same list, where it was taken in before."""
    rows = SiteFile.objects.filter(file_sha256=sha256, what=what, source=source)
    return rows.order_by("pk").last()


def keep_file(
    *,
    pk: int | None,
    what: FileOf,
    source: str,
    sha256: str,
    lines: int,
    tally: Tally,
    figures: Mapping[str, int],
    rejects: Iterable[Rejected],
    by: Staff,
) -> SiteFile:
    """Writes what became of a file down."""
    file = SiteFile.objects.create(
        pk=pk,
        what=what,
        source=source,
        file_sha256=sha256,
        lines=lines,
        heading=tally.heading,
        accepted=tally.accepted,
        rejected=tally.rejected,
        duplicate=tally.duplicate,
        blank=tally.blank,
        continued=tally.continued,
        by=by,
        **figures,
    )
    SiteReject.objects.bulk_create(_rows(file, rejects), batch_size=1_000)
    return file


def _rows(file: SiteFile, rejects: Iterable[Rejected]) -> Iterator[SiteReject]:
    for each in rejects:
        row = each.row.replace("\0", "␀")[:LONGEST_ROW].encode("utf-8", "backslashreplace").decode()
        yield SiteReject(
            file=file,
            number=each.number,
            reason=each.reason,
            sealed_row=sealed(SiteReject, "sealed_row", row, recall_id=None),
        )


def forget_rejected_rows() -> int:
    """Empties the rejected lines of files that were kept as long as they may be; how many."""
    return empty_rejects(SiteReject, recall="")
