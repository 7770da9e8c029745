"""A person carries files to the warehouse and the bank, and brings back what they say.

Guarantee: a file is carried once, by its name: what lies in a tray there, or was done, is there.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from chaos.desk import person
from chaos.installation import WITH_TRAYS, Installation
from chaos.plan import Target
from chaos.weather import ENTERED
from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Claim
from recalldesk.demo.providers.papers import Trays
from recalldesk.remedies import journal
from recalldesk.remedies.batches.errors import FileNotReady
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.left import JOURNALED
from recalldesk.remedies.batches.reading.taking import NOT_YET, take_file
from recalldesk.remedies.batches.reads import FileListed, files_listed
from recalldesk.remedies.batches.states import BatchKind, BatchState
from recalldesk.remedies.models import Batch, FileRead, LineRejected
from recalldesk.remedies.placing import holds

GOES_TO = {BatchKind.PICK_LIST.label: Target.WAREHOUSE}
FORMS = {
    BatchKind.PICK_LIST.label: "csv",
    BatchKind.IBAN.label: "xml",
    BatchKind.US_ACCOUNT.label: "ach",
    BatchKind.CHECK.label: "csv",
}
"""The form of each kind that is carried."""


def carry_out(installation: Installation) -> int:
    """Freezes what collected, and carries what was not carried yet; how many files."""
    by, carried = person("author"), 0
    for file in files_listed(by=by):
        if file.state == BatchState.OPEN:
            if file.lines:
                freeze(number=file.number, by=by)
            continue
        carried += _carry(installation, file, by)
    return carried


def _carry(installation: Installation, file: FileListed, by: Staff) -> bool:
    target = GOES_TO.get(file.kind, Target.BANK)
    trays = Trays.below(installation.trays(target))
    if any(
        file.reference in path.name for tray in (trays.done, trays.incoming) for path in _in(tray)
    ):
        return False
    with suppress(FileNotReady):
        handed = hand_out(number=file.number, form=FORMS[file.kind], by=by)
        draft = installation.folder / f"carried-{handed.name}"
        draft.write_bytes(handed.content)
        os.replace(draft, trays.incoming / handed.name)
        return True
    return False


def bring_back(installation: Installation) -> int:
    """Reads what the warehouse and the bank say; what was read is kept, and read again where the
    desk knows nothing of it any more, as after a restore. How many files were new."""
    by, taken = person("author"), 0
    # After a restore claims that are lost come first, and what is reconciled: a line that nobody
    # knows is not taken before.
    if holds.is_held() or Claim.objects.count() < installation.weather.number(ENTERED):
        return 0
    _ask_for_lost_files(installation)
    for target in WITH_TRAYS:
        trays = Trays.below(installation.trays(target))
        told, kept = trays.outgoing, _read(trays)
        for path in [*_in(told), *_forgotten(kept)]:
            taken += take_file(path, by=by).is_new
            os.replace(path, kept / path.name)
    return taken


def _ask_for_lost_files(installation: Installation) -> None:
    """Of files that the journal alone knows, and that never came there, the warehouse or bank says
    when it is asked that it refuses each line: it has none of them."""
    marks = defaultdict[tuple[Target, str], set[str]](set)
    for entry in journal.lines(JOURNALED):
        target = GOES_TO.get(BatchKind(entry["kind_of_file"]).label, Target.BANK)
        marks[target, entry["file"]].add(entry["mark"])
    rows = Batch.objects.filter(reference__in=[reference for _, reference in marks])
    known = set(rows.values_list("reference", flat=True))
    for (target, reference), lines in marks.items():
        trays = Trays.below(installation.trays(target))
        seen = (trays.done, trays.incoming, trays.outgoing, _read(trays))
        if reference not in known and not any(
            reference in path.name for tray in seen for path in _in(tray)
        ):
            text = "".join(f"{mark},refused\n" for mark in sorted(lines))
            draft = installation.folder / f"asked-{reference}.csv"
            draft.write_text(f"Line,Status\n{text}", "utf-8")
            os.replace(draft, trays.outgoing / f"never-came-{reference}.csv")


def _forgotten(kept: Path) -> Iterator[Path]:
    """What was read, but not by this database, or not all of it: a line was not known then."""
    known = set(FileRead.objects.values_list("sha256", flat=True))
    waiting = LineRejected.objects.filter(reason__in=NOT_YET)
    known -= set(waiting.values_list("file__sha256", flat=True))
    yield from (path for path in _in(kept) if sha256(path.read_bytes()).hexdigest() not in known)


def _read(trays: Trays) -> Path:
    """Where what was read is kept."""
    kept = trays.outgoing.parent / "read"
    kept.mkdir(exist_ok=True)
    return kept


def _in(tray: Path) -> Iterator[Path]:
    return (path for path in sorted(tray.iterdir()) if path.is_file())
