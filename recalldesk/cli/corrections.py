"""`recalldesk corrections`: what shops and distributors corrected comes in, and is counted."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say
from recalldesk.cli.serials import place_for_rejects
from recalldesk.foundation.sheets import Cell, Heading, csv_parts
from recalldesk.remedies.corrections.importing.run import (
    CorrectionsTaken,
    Rejected,
    import_corrections,
)
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.corrections.rows import Usual
from recalldesk.remedies.corrections.states import Level, Measure

app = typer.Typer(no_args_is_help=True)
LISTED = 20
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]


@app.callback()
def _corrections() -> None:
    """Units that others refunded, replaced, repaired, took back or destroyed."""


@app.command("import")
def import_(
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, text, XLSX, Parquet.")],
    as_: As,
    level: Annotated[
        Level | None, typer.Option(help="Who had the units, where a row does not say it.")
    ] = None,
    measure: Annotated[
        Measure | None, typer.Option(help="What was done, where a row does not say it.")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="When, where a row does not say it."),
    ] = None,
    shop: Annotated[str, typer.Option(help="By whom, where a row does not say it.")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook: the sheet to read.")] = "",
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected lines go, to be sent back.")
    ] = None,
) -> None:
    """Take in a file of corrections; what was taken before counts once."""
    place = place_for_rejects(file, rejects)
    taken = import_corrections(
        recall=recall_or_refuse(slug),
        path=file,
        by=proved(as_),
        usual=Usual(level, measure, day.date() if day else None, shop.strip()),
        sheet=sheet or None,
        only_look=look,
    )
    say(f"{slug}:")
    _say(taken)
    if taken.rejects:
        _write(place, taken.rejects)
        say(f"The rejected lines stand in {place}.")
    if taken.is_known:
        say(f"The same file was taken in before, as file {taken.number}: nothing changed.")
    elif look:
        say("Nothing is kept yet: run it again without --look.")
    else:
        say(f"Taken in as file {taken.number}.")


@app.command("take-back")
def take_back_(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="A report's number at the desk.")],
    as_: As,
    note: Annotated[str, typer.Option(help="Why; it stands sealed in the log.")],
) -> None:
    """Take a report back: it stays, and counts with minus from now on."""
    minus = take_back(number=number, by=proved(as_), note=note)
    units = counted(minus.units, "unit", "units")
    say(f"Report {number} is taken back by report {minus.pk}: {units} less from now on.")


def _say(taken: CorrectionsTaken) -> None:
    tally = taken.tally
    say(
        f"{taken.lines:,} lines = {tally.heading:,} heading + {tally.accepted:,} accepted "
        f"+ {tally.rejected:,} rejected + {tally.duplicate:,} duplicate + {tally.blank:,} blank"
        + (f" + {tally.continued:,} continued" if tally.continued else "")
    )
    say(f"{counted(taken.units, 'unit', 'units')} in the accepted lines")
    for each in taken.rejects[:LISTED]:
        say(f"line {each.number:,} {each.reason.label}")
    if len(taken.rejects) > LISTED:
        more = counted(len(taken.rejects) - LISTED, "more line", "more lines")
        say(f"and {more}, in the file of rejected lines")
    for remark in taken.remarks:
        say(remark)


def _write(place: Path, rejects: tuple[Rejected, ...]) -> None:
    """For its owner's eyes only: a shop's lines may name customers."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    rows: list[list[Cell]] = [[each.number, str(each.reason.label), each.row] for each in rejects]
    with os.fdopen(handle, "wb") as file:
        for part in csv_parts(REJECT_HEADS, rows):
            file.write(part)
