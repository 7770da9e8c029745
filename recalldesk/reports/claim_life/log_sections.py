"""The part of a claim's life that the log tells: its rows, their seals, and the blocks.

Guarantee: the JSON holds every column of each row, so that its digest can be computed anew.
"""

from recalldesk.audit.canonical import COLUMNS
from recalldesk.audit.reads import LoggedRow
from recalldesk.audit.saying import said
from recalldesk.audit.states import Subject
from recalldesk.reports.claim_life.gathered import Gathered
from recalldesk.reports.claim_life.parts import Column, Layout, Record, Section
from recalldesk.reports.claim_life.words import label_of, moved, reason_words, who

ERASED = "(erased)"


def log(gathered: Gathered) -> Section:
    """Every row of the log about any of it, in the order in which they were written."""
    columns = (
        Column("row", "Row", 2),
        Column("at", "When", 5),
        Column("about", "About", 4),
        Column("what", "What", 5),
        Column("why", "Why", 5),
        Column("who", "Who", 3),
    )
    records: tuple[Record, ...] = tuple(_row(each, gathered) for each in gathered.log)
    return Section("log", "What happened", Layout.TABLE, columns, records)


def seals(gathered: Gathered) -> Section:
    """Where each row is sealed."""
    columns = (
        Column("row", "Row", 2),
        Column("block", "Block", 2),
        Column("place", "Place", 1),
        Column("digest", "SHA-256 of the row", 9, is_code=True),
    )
    records: tuple[Record, ...] = tuple(
        {
            "row": each.row.pk,
            "block": each.place.block if each.place else None,
            "place": each.place.place if each.place else None,
            "digest": each.place.row_digest.hex() if each.place else "",
        }
        for each in gathered.log
    )
    explanation = "A row without a block was written while this was made."
    return Section(
        "seals", "Seals of these rows", Layout.TABLE, columns, records, explanation=explanation
    )


def blocks(gathered: Gathered) -> Section:
    """The blocks that these rows stand in."""
    columns = (
        Column("block", "Block", 2),
        Column("form", "Form", 1),
        Column("sealed_at", "Sealed", 3),
        Column("digest", "SHA-256 of the block", 9, is_code=True),
    )
    found = {each.place.block: each.place for each in gathered.log if each.place}
    records: tuple[Record, ...] = tuple(
        {
            "block": number,
            "form": place.form,
            "sealed_at": place.sealed_at,
            "digest": place.block_digest.hex(),
        }
        for number, place in sorted(found.items())
    )
    return Section("blocks", "Blocks", Layout.TABLE, columns, records)


def _row(each: LoggedRow, gathered: Gathered) -> Record:
    row = each.row
    note = ERASED if each.note_is_erased else gathered.personal(each.note)
    why = ": ".join(part for part in (reason_words(row), note) if part)
    stored = said([getattr(row, column) for column in COLUMNS]) or {}
    return {
        "row": row.pk,
        "at": row.at,
        "about": _about(row.subject, row.subject_id, gathered),
        "what": moved(row),
        "why": why,
        "who": who(row, gathered.staff),
        "note": note,
        **{f"column_{name}": value for name, value in stored.items()},
    }


def _about(subject: str, subject_id: int, gathered: Gathered) -> str:
    name = gathered.names[Subject(subject)].get(subject_id, "")
    return f"{label_of(Subject, subject)} {name}".strip()
