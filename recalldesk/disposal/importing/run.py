"""The import of one list of sites, lines or features.

Guarantees: all of it happens in one transaction, so that an import that was broken off left
nothing; lines = heading + accepted + rejected + duplicate + blank + continued, and features =
accepted + rejected + duplicate, against a count that shares no code with the reader; the same file
twice changes nothing; a look changes nothing; what is missing in a file is closed only where that
was asked for and no line was rejected.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing.columns import FORM, find_columns
from recalldesk.disposal.importing.feature_file import is_features, open_features
from recalldesk.disposal.importing.file_rows import FileRows, Judge
from recalldesk.disposal.importing.keeping import Rejected, keep_file, known_file, lock_imports
from recalldesk.disposal.importing.site_rows import Usual
from recalldesk.disposal.importing.storing import Storing
from recalldesk.disposal.importing.words import printed
from recalldesk.disposal.states import FileOf, LineReason
from recalldesk.foundation import clock
from recalldesk.units.importing.sources import open_source
from recalldesk.units.importing.tally import Tally

LONGEST_SOURCE = 60


@dataclass(frozen=True)
class Asked:
    """How a file is to be taken. `source`: the list that it is of; `usual`: what holds where a line
    does not say it; `sheet`: of a workbook; `closes_missing`: sites of the list that the file does
    not name are closed; `before_desk`: it goes before what the desk changed; `only_look`: nothing
    stays."""

    source: str = ""
    usual: Usual = field(default_factory=Usual)
    sheet: str | None = None
    closes_missing: bool = False
    before_desk: bool = False
    only_look: bool = False


@dataclass(frozen=True)
class SitesTaken:
    """What became of a file. `number`: of the file, where it was taken in; `is_known`: nothing was
    new in it, and nothing changed; `of_features`: its lines are features."""

    lines: int
    tally: Tally
    added: int
    changed: int
    closed: int
    rejects: tuple[Rejected, ...]
    remarks: tuple[str, ...]
    number: int | None = None
    is_known: bool = False
    of_features: bool = False


@dataclass
class _Read:
    """What was read so far."""

    judge: Judge
    storing: Storing
    lines: int = 0
    sha256: str = ""
    tally: Tally = field(default_factory=Tally)
    rejects: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def import_sites(*, path: Path, by: Staff, asked: Asked) -> SitesTaken:
    """Takes in a list. Raises NotPermitted, SitesRefused, ImportRefused; then nothing is stored."""
    require(by, Permission.MANAGE_SITES)
    if len(asked.source) > LONGEST_SOURCE:
        raise SitesRefused(
            f"The name of the list has over {LONGEST_SOURCE} characters.", "Give it a short one."
        )
    of_features = is_features(path)
    if of_features and asked.sheet:
        raise SitesRefused("GeoJSON has no sheets.", "Leave the sheet out.")
    with transaction.atomic():
        lock_imports()
        storing = Storing(asked.source, by, _next_id(), before_desk=asked.before_desk)
        read = _Read(Judge(asked.usual, clock.now().date()), storing)
        if of_features:
            _read_features(path, read)
        else:
            _read_lines(path, asked.sheet, read)
        read.tally.reconcile(read.lines)
        read.tally.accepted = storing.added + storing.changed
        if not read.tally.taken and not read.tally.rejected:
            raise SitesRefused("The file holds no site.", "Check that the export worked.")
        closed = _closed(asked, read)
        taken = _kept(read, asked, by, closed, of_features=of_features)
        if asked.only_look:
            transaction.set_rollback(True)
    return taken


def _read_lines(path: Path, sheet: str | None, read: _Read) -> None:
    source = open_source(path, sheet)
    columns = find_columns(source)
    rows = FileRows(columns, read.judge)
    for portion, _ in source.portions(columns.layout, FORM):
        taken = portion.taken_by(rows)
        read.tally.add(taken)
        read.storing.add((portion.number(index), row) for index, row in rows.rows)
        for index, said in taken.rejects:
            reason = rows.reason(index, said)
            read.rejects.append(Rejected(portion.number(index), reason, portion.shown(index)))
    read.lines, read.sha256 = source.lines, source.sha256
    read.remarks += source.remarks
    read.remarks += (f"The column “{each[:40]}” is not read." for each in columns.unread)


def _read_features(path: Path, read: _Read) -> None:
    file = open_features(path)
    rows, unread = [], Counter[str]()
    for each in file.features():
        unread.update(each.unread)
        outcome = each.said if isinstance(each.said, LineReason) else read.judge.judged(each.said)
        if isinstance(outcome, LineReason):
            read.rejects.append(Rejected(each.number, outcome, each.text))
            read.tally.rejected += 1
        else:
            rows.append((each.number, outcome))
            read.tally.taken += 1
    read.storing.add(rows)
    read.lines, read.sha256 = file.count, file.sha256
    read.remarks += (
        f"The property “{printed(each[:40])}” is not read." for each in list(unread)[:20]
    )


def _closed(asked: Asked, read: _Read) -> int:
    if not asked.closes_missing:
        return 0
    if read.rejects:
        read.remarks.append(
            "No site was closed: one that seems to be missing may stand in a rejected line."
        )
        return 0
    return read.storing.close_missing()


def _kept(read: _Read, asked: Asked, by: Staff, closed: int, *, of_features: bool) -> SitesTaken:
    """The file's row, with its figures; none where nothing is new and the file was taken before."""
    storing = read.storing
    changes_nothing = not (storing.added or storing.changed or closed)
    known = known_file(read.sha256, FileOf.SITES, asked.source) if changes_nothing else None
    number = known.pk if known else None if asked.only_look else storing.file_id
    if known is None and not asked.only_look:
        keep_file(
            pk=storing.file_id,
            what=FileOf.SITES,
            source=asked.source,
            sha256=read.sha256,
            lines=read.lines,
            tally=read.tally,
            figures={"added": storing.added, "changed": storing.changed, "closed": closed},
            rejects=read.rejects,
            by=by,
        )
        record_change(
            subject=Subject.SITE_FILE,
            subject_id=storing.file_id,
            to_state="imported",
            actor_id=by.pk,
        )
    return SitesTaken(
        lines=read.lines,
        tally=read.tally,
        added=storing.added,
        changed=storing.changed,
        closed=closed,
        rejects=tuple(read.rejects),
        remarks=tuple(_remarks(read)),
        number=number,
        is_known=known is not None,
        of_features=of_features,
    )


def _remarks(read: _Read) -> Iterator[str]:
    yield from read.remarks
    for kind, count in read.judge.kinds.most_common(10):
        yield f"The kind “{kind[:40]}” is not known: {count:,} taken as another collection site."
    if read.storing.kept:
        yield (
            f"Of {_sites(read.storing.kept)} something that the desk wrote stays, though the file "
            "says otherwise."
        )
    if read.storing.stay_closed:
        stay = "stays" if read.storing.stay_closed == 1 else "stay"
        yield f"{_sites(read.storing.stay_closed)} that the desk closed {stay} closed."


def _next_id() -> int:
    """The id of a file that is yet to be written: the sites that it brings refer to it before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", ["disposal_sitefile"])
        (number,) = cursor.fetchone()
    return int(number)


def _sites(count: int) -> str:
    return "1 site" if count == 1 else f"{count:,} sites"
