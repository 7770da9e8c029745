"""A list that others filled in, at a terminal: what became of it, and its rejects in a file.

Guarantee: files that name people are for their owner's eyes only, and none is written over.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from recalldesk.claims.states import SheetForm
from recalldesk.cli.screen import counted, say
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Cell, Heading, csv_parts
from recalldesk.outreach.reading_back import ReadBack

LISTED = 20
REJECT_HEADS = (Heading("Line"), Heading("Why it was not taken"), Heading("Row"))


def say_read(read: ReadBack, place: Path | None, *, only_look: bool) -> None:
    """The importers' law with its figures; the rejected lines go to `place`, or, of what
    was only looked at, nowhere."""
    say(
        f"{read.lines:,} lines = {read.heading:,} heading + {read.accepted:,} accepted "
        f"+ {read.rejected:,} rejected + {read.duplicate:,} duplicate + {read.blank:,} blank"
        + (f" + {read.continued:,} continued" if read.continued else "")
    )
    for each in read.rejects[:LISTED]:
        say(f"line {each.number:,} {each.why}")
    if read.rejected > LISTED:
        say(f"and {counted(read.rejected - LISTED, 'more line', 'more lines')}")
    for remark in read.remarks:
        say(remark)
    if read.rejects and place is not None:
        rows: list[list[Cell]] = [
            [str(each.number), f"This line {each.why}.", each.row] for each in read.rejects
        ]
        write_private(place, csv_parts(REJECT_HEADS, rows))
        say(f"The rejected lines stand in {place}.")
    if only_look:
        say("Nothing is kept yet: run it again without --look.")


def refuse_if_nothing_was_taken(read: ReadBack) -> None:
    """Raises Problem: whoever runs this in a script must see it."""
    if not read.accepted + read.duplicate:
        raise Problem("No line was taken.", "What is wrong with each stands above.")


def write_private(place: Path, parts: Iterable[bytes]) -> None:
    """A new file for its owner's eyes only. Raises Problem where it cannot be written."""
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Problem(
            f"{place} cannot be written: {error.strerror}.", "Name a new file in a folder of yours."
        ) from error
    with os.fdopen(handle, "wb") as file:
        for part in parts:
            file.write(part)


def form_of(place: Path) -> SheetForm:
    """What the end of a file's name asks for: a workbook, or CSV."""
    return SheetForm.XLSX if place.suffix.lower() == ".xlsx" else SheetForm.CSV
