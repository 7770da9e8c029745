"""`recalldesk sites`: collection sites come in from lists, and tables of postal codes, too."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import counted, say, show_table
from recalldesk.cli.serials import place_for_rejects
from recalldesk.disposal.importing.keeping import Rejected
from recalldesk.disposal.importing.postal_run import import_postal_codes
from recalldesk.disposal.importing.run import Asked, SitesTaken, import_sites
from recalldesk.disposal.importing.site_rows import Usual
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.reads import narrowed
from recalldesk.disposal.states import SiteKind, Takes
from recalldesk.foundation.sheets import Cell, Heading, csv_parts
from recalldesk.units.importing.tally import Tally

app = typer.Typer(no_args_is_help=True)
LISTED = 20
MOST_LISTED = 200
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]
Look = Annotated[
    bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
]
Rejects = Annotated[Path | None, typer.Option(help="Where rejected lines go, to be sent back.")]


@app.callback()
def _sites() -> None:
    """Places that may take recalled units, as owners are shown them."""


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, Parquet or GeoJSON.")
    ],
    as_: As,
    list_: Annotated[
        str, typer.Option("--list", help="Which list it is of; a later file of it changes it.")
    ] = "",
    country: Annotated[str, typer.Option(help="Two letters, where a line names none: US.")] = "",
    kind: Annotated[
        SiteKind | None, typer.Option(help="What the sites are, where a line does not say it.")
    ] = None,
    takes: Annotated[
        Takes | None, typer.Option(help="Whether they take them, where a line does not say it.")
    ] = None,
    checked_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="When that was asked, where a line does not say."),
    ] = None,
    checked_by: Annotated[str, typer.Option(help="By whom, where a line does not say it.")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook: the sheet to read.")] = "",
    close_missing: Annotated[
        bool, typer.Option("--close-missing", help="Close sites of the list that it lacks.")
    ] = False,
    before_desk: Annotated[
        bool, typer.Option("--before-desk", help="It goes before what the desk changed.")
    ] = False,
    look: Look = False,
    rejects: Rejects = None,
) -> None:
    """Take in a list of sites; the same list again changes what is new in it."""
    place = place_for_rejects(file, rejects)
    day = checked_on.date() if checked_on else None
    asked = Asked(
        source=list_.strip(),
        usual=Usual(country.strip(), kind, takes, day, checked_by.strip()),
        sheet=sheet or None,
        closes_missing=close_missing,
        before_desk=before_desk,
        only_look=look,
    )
    taken = import_sites(path=file, by=proved(as_), asked=asked)
    _say_sum(taken.lines, taken.tally, of_features=taken.of_features)
    say(
        f"{counted(taken.added, 'new site', 'new sites')}, {taken.changed:,} changed, "
        f"{taken.closed:,} closed"
    )
    _say_rejects(taken.rejects, place)
    _say_end(taken, look=look)


@app.command("postal-codes")
def postal_codes(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="In the form of GeoNames: tabs, no heading."),
    ],
    as_: As,
    look: Look = False,
    rejects: Rejects = None,
) -> None:
    """Take in a table of postal codes; those of the United States are there already."""
    place = place_for_rejects(file, rejects)
    taken = import_postal_codes(path=file, by=proved(as_), only_look=look)
    _say_sum(taken.lines, taken.tally)
    _say_rejects(taken.rejects, place)
    if taken.is_known:
        say("Nothing in it is new: nothing changed.")
    elif look:
        say("Nothing is kept yet: run it again without --look.")
    else:
        say(f"Taken in as file {taken.number}.")


@app.command("list")
def list_sites(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, town or postal code.")] = "",
    closed: Annotated[bool, typer.Option("--closed", help="Those that are closed.")] = False,
) -> None:
    """List sites, by place."""
    rows = narrowed(CollectionSite.objects.filter(closed_at__isnull=not closed), text)
    rows = rows.order_by("country", "region", "city", "name", "pk")
    count = rows.count()
    table = Table("number", "name", "town", "postal code", "takes", "asked on", "list")
    for each in rows[:MOST_LISTED]:
        table.add_row(
            str(each.pk),
            each.name,
            ", ".join(filter(None, (each.city, each.region, each.country))),
            each.postal_code,
            each.get_takes_display().lower(),
            each.checked_on.isoformat() if each.checked_on else "never",
            each.source,
        )
    if count:
        show_table(table)
    shown = f"; {MOST_LISTED} shown" if count > MOST_LISTED else ""
    say(f"{counted(count, 'site', 'sites')}{shown}.")


def _say_sum(lines: int, tally: Tally, *, of_features: bool = False) -> None:
    if of_features:
        say(
            f"{counted(lines, 'feature', 'features')} = {tally.accepted:,} accepted "
            f"+ {tally.rejected:,} rejected + {tally.duplicate:,} duplicate"
        )
        return
    say(
        f"{lines:,} lines = {tally.heading:,} heading + {tally.accepted:,} accepted "
        f"+ {tally.rejected:,} rejected + {tally.duplicate:,} duplicate + {tally.blank:,} blank"
        + (f" + {tally.continued:,} continued" if tally.continued else "")
    )


def _say_rejects(rejects: Sequence[Rejected], place: Path) -> None:
    for each in rejects[:LISTED]:
        say(f"line {each.number:,} {each.reason.label}")
    if len(rejects) > LISTED:
        more = counted(len(rejects) - LISTED, "more line", "more lines")
        say(f"and {more}, in the file of rejected lines")
    if rejects:
        _write(place, rejects)
        say(f"The rejected lines stand in {place}.")


def _say_end(taken: SitesTaken, *, look: bool) -> None:
    for remark in taken.remarks:
        say(remark)
    if taken.is_known:
        say(f"The same file was taken in before, as file {taken.number}: nothing changed.")
    elif look:
        say("Nothing is kept yet: run it again without --look.")
    else:
        say(f"Taken in as file {taken.number}.")


def _write(place: Path, rejects: Sequence[Rejected]) -> None:
    """For its owner's eyes only: a line may name somebody who works there."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    rows: list[list[Cell]] = [[each.number, str(each.reason.label), each.row] for each in rejects]
    with os.fdopen(handle, "wb") as file:
        for part in csv_parts(REJECT_HEADS, rows):
            file.write(part)
