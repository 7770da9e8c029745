"""What left in files, as the journal knows it, whatever a restore forgot."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from recalldesk.remedies import journal
from recalldesk.remedies.batches.states import BatchState, LineState
from recalldesk.remedies.models import Batch

JOURNALED = "file"


def note_lines(batch: Batch) -> None:
    """Writes each remedy of a frozen file into the journal, as leaving with it. Raises OSError."""
    lines = batch.lines.exclude(state=LineState.CANCELLED).filter(left_in="").order_by("pk")
    rows = lines.values_list("order__remedy_id", "order__provider", "mark", "order__amount")
    journal.note_all(
        JOURNALED,
        [
            {
                "remedy": str(remedy_id),
                "provider": provider,
                "mark": mark,
                "amount": "" if amount is None else str(amount),
                "currency": batch.currency,
                "kind_of_file": batch.kind,
                "file": batch.reference,
            }
            for remedy_id, provider, mark, amount in rows
        ],
    )


def remember_handed_out() -> int:
    """Says of files that were taken, as the journal knows and a restore forgot, when they were; how
    many."""
    rows = Batch.objects.filter(state=BatchState.FROZEN, handed_out_at__isnull=True)
    frozen = {row.reference: row for row in rows}
    taken = dict[str, datetime]()
    for entry in journal.lines(JOURNALED) if frozen else ():
        if entry["file"] in frozen:
            taken.setdefault(entry["file"], datetime.fromisoformat(entry["at"]))
    for reference, at in taken.items():
        Batch.objects.filter(reference=reference).update(journaled_at=at, handed_out_at=at)
    return len(taken)


def left_in_files(remedy_ids: Collection[str]) -> Mapping[str, str]:
    """Of these remedies those that left, each with the reference of its file."""
    if not remedy_ids:
        return {}
    entries = journal.lines(JOURNALED)
    return {each["remedy"]: each["file"] for each in entries if each["remedy"] in remedy_ids}


def entries_of(marks: Collection[str], files: Collection[str]) -> Iterator[Mapping[str, str]]:
    """What the journal says of these marks, and of all lines of these files."""
    for entry in journal.lines(JOURNALED):
        if entry["mark"] in marks or entry["file"] in files:
            yield entry
