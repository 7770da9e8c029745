"""The import of one order file.

Guarantees: all of it happens in one transaction, so that an import that was broken off left nothing
and begins anew; lines = heading + accepted + rejected + duplicate + blank + continued, against a
count that shares no code with the reader; the same file twice changes nothing; a look changes
nothing; the file itself is kept sealed, for this recall only.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.looking import look
from recalldesk.matching.files.mapping import Mapping as MappingFile
from recalldesk.matching.files.mapping import read_mapping
from recalldesk.matching.files.reading import Reject
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.matching.orders import OrderLine
from recalldesk.purchasers import kept_files
from recalldesk.purchasers.deferring import keep_people_soon, name_buyers_soon
from recalldesk.purchasers.errors import MappingMisplaced, OrdersRefused, WrongKind
from recalldesk.purchasers.importing.matched_file import (
    MatchedFile,
    Progress,
    Source,
    first_rows,
    matched_file,
)
from recalldesk.purchasers.importing.nameless import (
    lacks_buyers_that_others_name,
    nameless_orders,
)
from recalldesk.purchasers.importing.rejected import Rejects
from recalldesk.purchasers.importing.sealed_rows import SealedRows
from recalldesk.purchasers.importing.staging import Staging, Stored
from recalldesk.purchasers.importing.units_back import Bought, TakenOff
from recalldesk.purchasers.models import OrderFile
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.purchasers.wanted import SerialsOf, UnitsOf, version_to_match, wanted_by
from recalldesk.recalls.models import Recall, RecallVersion

IMPORTED = "imported"
FIRST = 5
LONGEST_SUFFIX = 8


@dataclass(frozen=True)
class OrdersTaken:
    """What became of a file. `stored`: None where the same file was taken before; `outside`: lines
    that name a product and are of no affected unit, and why; `reasons`: how many lines were not
    taken for each reason; `rejects`: the first of each; `first`: rows as they were understood, of a
    look; `read_as`: what the reader says of how it read; `number`: of the file, where it was taken
    in."""

    counts: Counts
    stored: Stored | None = None
    taken_off: TakenOff | None = None
    outside: Counter[MatchReason] | None = None
    reasons: Counter[OrderReject] = field(default_factory=Counter)
    rejects: tuple[Reject, ...] = ()
    read_as: Mapping[str, object] = field(default_factory=dict)
    first: tuple[OrderLine, ...] = ()
    remarks: tuple[str, ...] = ()
    number: int | None = None
    is_known: bool = False


@dataclass(frozen=True)
class _Told:
    """A file as it was given: of which recall, read as what, with which bytes."""

    recall: Recall
    version: RecallVersion
    source: Source
    file: kept_files.Digested
    mapping_digest: str
    mapping_said: dict[str, object] | None
    by: Staff


def import_orders(
    *,
    recall: Recall,
    path: Path,
    channel: Channel,
    by: Staff,
    kind: FileKind = FileKind.ORDERS,
    mapping: Path | None = None,
    only_look: bool = False,
    is_meant: bool = False,
    progress: Progress | None = None,
) -> OrdersTaken:
    """Takes in a file. `mapping`: a mapping file, for a shop whose form is not known; `only_look`:
    nothing stays; `is_meant`: somebody said so of a file that takes back much of all units.

    Raises NotPermitted, OrdersRefused, OrderFileRefused, MappingRefused, SealingError; then nothing
    was stored.
    """
    require(by, Permission.IMPORT_ORDERS)
    told = _told(recall, path, channel, kind, mapping, by)
    if (known := _known(told)) is not None:
        return known
    if only_look:
        return replace(_taken(told, "", progress), first=_first_rows(told.source))
    key = kept_files.new_key()
    kept_files.keep(key, path, recall_id=recall.pk)
    try:
        taken = _taken(told, key, progress, is_meant=is_meant)
    except BaseException:
        kept_files.forget_if_possible(key)
        raise
    if taken.is_known:
        kept_files.forget_if_possible(key)
    return taken


def _first_rows(source: Source) -> tuple[OrderLine, ...]:
    """The first rows, whatever product they name: a mapping that is wrong is seen by them."""
    return look(
        source.path,
        channel=source.channel.value,
        kind=source.kind.value,
        mapping=source.mapping,
        rows=FIRST,
    ).rows


def _told(
    recall: Recall,
    path: Path,
    channel: Channel,
    kind: FileKind,
    mapping: Path | None,
    by: Staff,
) -> _Told:
    if (mapping is None) is (channel is Channel.GENERIC):
        raise MappingMisplaced(
            "A file of another shop needs a mapping file."
            if mapping is None
            else f"A file of {channel.label} needs no mapping file.",
            "A mapping file and the shop “another shop” belong together; docs/purchasers.md shows"
            " one.",
        )
    read = _mapping(mapping, kind)
    version = version_to_match(recall)
    return _Told(
        recall=recall,
        version=version,
        source=Source(path, channel, kind, read),
        file=kept_files.digested(path),
        mapping_digest=hashlib.sha256(repr(read).encode()).hexdigest() if read else "",
        mapping_said=tomllib.loads(mapping.read_text("utf-8-sig")) if mapping else None,
        by=by,
    )


def _mapping(path: Path | None, kind: FileKind) -> MappingFile | None:
    """Raises MappingRefused, OrdersRefused."""
    read = read_mapping(path) if path else None
    if read and read.kind != kind.value:
        raise WrongKind(mapped=FileKind(read.kind), asked=kind)
    return read


def _known(told: _Told) -> OrdersTaken | None:
    """The same file, read in the same way, as it was taken then."""
    file = OrderFile.objects.filter(
        recall=told.recall,
        file_sha256=told.file.sha256,
        channel=told.source.channel,
        kind=told.source.kind,
        mapping_digest=told.mapping_digest,
        taken_back_at=None,
    ).first()
    if file is None:
        return None
    counts = Counts(
        lines=file.lines,
        heading=file.heading,
        taken=file.accepted - file.lines_of_others,
        others=file.lines_of_others,
        rejected=file.rejected,
        duplicate=file.duplicate,
        blank=file.blank,
        continued=file.continued,
    )
    return OrdersTaken(counts, read_as=file.reading, number=file.pk, is_known=True)


@transaction.atomic
def _taken(
    told: _Told, key: str, progress: Progress | None, *, is_meant: bool = False
) -> OrdersTaken:
    """`key`: of the sealed file; empty: only a look."""
    # Files of a recall are taken one after the other; of all else only a publication waits.
    Recall.objects.select_for_update(no_key=True).get(pk=told.recall.pk)
    told = replace(told, version=version_to_match(told.recall))
    if (known := _known(told)) is not None:
        return known
    wanted, source = wanted_by(told.version), told.source
    serials = SerialsOf(told.version)
    staging, rejects = Staging(told.recall.pk), Rejects()
    before = Bought.of(told.recall.pk)
    with (
        kept_files.working_folder() as folder,
        matched_file(
            source,
            wanted,
            folder,
            serials=serials,
            progress=progress,
            orders=nameless_orders(told.recall.pk, source.shop, source.kind),
        ) as file,
    ):
        rows = _sealed_rows(told, is_own=source.is_own_shop(wanted))
        # Opened by now: a file that is refused for its headings has no number, as a look has none.
        number = _next_number() if key else -told.recall.pk
        file.give_aside(partial(staging.name_by_order, number, rows=rows))
        lines = staging.add(number, file, rows)
        _refuse_without_an_order(file)
        _keep_file(told, file, key, number, lines)
        staging.keep_rejects(number, rejects.passing(file.rejects()))
        stored = staging.keep()
        taken_off = TakenOff.between(before, Bought.of(told.recall.pk))
        if key and not is_meant:
            taken_off.refuse_much()
        taken = OrdersTaken(
            counts=file.counts,
            stored=stored,
            taken_off=taken_off,
            outside=file.outside,
            reasons=rejects.reasons,
            rejects=rejects.first(),
            read_as=_reading(told, file),
            first=() if key else first_rows(told.source, folder),
            remarks=(*file.reading.remarks, *serials.remarks()),
            number=number if key else None,
        )
    if not key:
        transaction.set_rollback(True)
        return taken
    _look_on_soon(told.recall.pk, number, are_new=bool(stored.purchasers or stored.named_by_order))
    return taken


def _look_on_soon(recall_id: int, number: int, *, are_new: bool) -> None:
    """Leaves to jobs what a file that was taken asks for: who is one person, and who bought what no
    line names a buyer of."""
    if are_new:
        keep_people_soon(recall_id)
    if lacks_buyers_that_others_name(recall_id, number):
        name_buyers_soon(recall_id)


def _sealed_rows(told: _Told, *, is_own: bool) -> SealedRows:
    return SealedRows(
        recall_id=told.recall.pk,
        shop=told.source.shop,
        is_own=is_own,
        kind=told.source.kind,
        file_sha256=told.file.sha256,
        identity_of=UnitsOf(told.version),
    )


def _refuse_without_an_order(file: MatchedFile) -> None:
    if not file.counts.accepted and not file.counts.rejected:
        raise OrdersRefused("The file holds no order.", "Check that the export worked.")


def _keep_file(told: _Told, file: MatchedFile, key: str, number: int, lines: int) -> None:
    counts = file.counts
    reading = _reading(told, file) | {"suffix": _suffix(told.source.path)}
    reading["sent_back"] = asdict(file.reading.sent_back)
    OrderFile.objects.create(
        pk=number,
        recall=told.recall,
        channel=told.source.channel,
        kind=told.source.kind,
        file_sha256=told.file.sha256,
        mapping_digest=told.mapping_digest,
        size=told.file.size,
        reading=_storable(reading),
        lines=counts.lines,
        heading=counts.heading,
        accepted=counts.accepted,
        rejected=counts.rejected,
        duplicate=counts.duplicate,
        blank=counts.blank,
        continued=counts.continued,
        lines_of_others=counts.accepted - lines,
        version=told.version,
        storage_key=key,
        by=told.by,
    )
    record_change(
        subject=Subject.ORDER_FILE,
        subject_id=number,
        to_state=IMPORTED,
        actor_id=told.by.pk,
        recall_id=told.recall.pk,
    )


def _reading(told: _Told, file: MatchedFile) -> dict[str, object]:
    """How it is read, with what its mapping file says."""
    mapped = {} if told.mapping_said is None else {"mapping": told.mapping_said}
    return {**file.reading.described, **mapped}


def _next_number() -> int:
    """The number that the file will have: its lines are staged before it is known what it holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('purchasers_orderfile', 'id'))")
        return int(cursor.fetchone()[0])


def _suffix(path: Path) -> str:
    """The end of a file's name, by which workbooks are known; nothing else of its name is kept."""
    ending = path.suffix
    is_plain = ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= LONGEST_SUFFIX
    return ending if is_plain else ""


def _storable(said: object) -> Any:
    """Without the characters that a JSON of the database cannot hold; headings may have any."""
    if isinstance(said, dict):
        return {str(_storable(name)): _storable(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [_storable(each) for each in said]
    if isinstance(said, str):
        return said.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    return said if isinstance(said, bool | int | float | None) else str(said)
