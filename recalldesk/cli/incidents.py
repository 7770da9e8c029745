"""`recalldesk incidents`: files of reports come in; what they count is held against the notice."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, plain, say, show_table
from recalldesk.cli.serials import place_for_rejects
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.sheets import Cell, Heading, csv_parts
from recalldesk.incidents.importing.run import Rejected, ReportsTaken, import_reports
from recalldesk.incidents.tally.compared import compared, unsaid
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.definitions import PERIOD, title_of
from recalldesk.incidents.tally.figures import Kind, When, every_figure, figure_named
from recalldesk.incidents.tally.reads import DayOf, Days, tally_of
from recalldesk.incidents.tally.row_sets import COLUMNS, cells_of, plain_number
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version

app = typer.Typer(no_args_is_help=True)
LISTED = 20
REJECT_HEADS = [Heading("Line"), Heading("Why it was not taken"), Heading("Row")]
From = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day, of UTC.")
]
To = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day, of UTC.")
]
By = Annotated[DayOf, typer.Option("--by", help="By the day it was written here, or told.")]


@app.callback()
def _incidents() -> None:
    """Reports of fires, injuries and damage, and what is counted of them."""


@app.command("import")
def import_(
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, text, XLSX, Parquet.")],
    as_: As,
    sheet: Annotated[str, typer.Option(help="Of a workbook: the sheet to read.")] = "",
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected lines go, to be sent back.")
    ] = None,
) -> None:
    """Take in a file of incident reports; a report that is known changes nothing."""
    place = place_for_rejects(file, rejects)
    taken = import_reports(
        recall=recall_or_refuse(slug),
        path=file,
        by=proved(as_),
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


@app.command("list")
def list_(
    slug: Slug,
    as_: As,
    figure: Annotated[
        str, typer.Option(help="The reports behind a figure, by its name: fires-and-explosions.")
    ] = Kind.REPORTS.value,
    when: Annotated[When | None, typer.Option(help="Before or after the recall.")] = None,
    first: From = None,
    last: To = None,
    by: By = DayOf.OBTAINED,
) -> None:
    """List the reports of a recall that count, or those behind one figure; nothing of people."""
    tally = tally_of(recall_or_refuse(slug), by=proved(as_), days=_days(first, last, by))
    chosen = figure_named(figure)
    if chosen is None:
        known = ", ".join(each.name for each in every_figure(tally.currencies))
        raise Problem(f"There is no figure {figure!r}.", f"There are: {known}.")
    table = Table(*(column.title for column in COLUMNS))
    for cells in cells_of(tally.behind(chosen, when)):
        table.add_row(*(plain(str(cell)) for cell in cells))
    show_table(table)
    say(f"{title_of(chosen)}: {plain_number(tally.number(chosen, when))}")


@app.command("figures")
def figures(
    slug: Slug, as_: As, first: From = None, last: To = None, by: By = DayOf.OBTAINED
) -> None:
    """Count incidents, injuries, deaths and damage, and hold them against the notice."""
    recall, person, days = recall_or_refuse(slug), proved(as_), _days(first, last, by)
    tally = tally_of(recall, by=person, days=days)
    table = Table("figure", "name", "all", "before the recall", "after", "day not known")
    for figure in every_figure(tally.currencies):
        if figure.part and not tally.number(figure):
            continue
        numbers = (plain_number(tally.number(figure, when)) for when in (None, *When))
        table.add_row(title_of(figure), figure.name, *numbers)
    show_table(table)
    if days != Days():
        say(PERIOD[days.by])
    _say_notice(recall, tally if days == Days() else tally_of(recall, by=person))


def _days(first: datetime | None, last: datetime | None, by: DayOf) -> Days:
    if first is not None and last is not None and first > last:
        raise Problem(
            f"The last day, {last:%Y-%m-%d}, comes before the first, {first:%Y-%m-%d}.",
            "Give the earlier one with --from, the later one with --to.",
        )
    return Days(first.date() if first else None, last.date() if last else None, by)


def _say_notice(recall: Recall, tally: Tally) -> None:
    version = live_version(recall) or newest_version(recall)
    if version is None:
        return
    notice = document_of(version).figures
    for each in compared(notice, tally):
        said, found = plain_number(each.said), plain_number(each.counted)
        verdict = "differs" if each.differs else "the same"
        say(f"The notice says {each.name} {said}; counted: {found}: {verdict}.")
    for figure, number in unsaid(notice, tally):
        say(f"In no figure of the notice: {title_of(figure)}, {plain_number(number)}.")
    if any(each.differs for each in compared(notice, tally)):
        say("The desk's page of incidents in figures writes a new version as a draft.")


def _say(taken: ReportsTaken) -> None:
    tally = taken.tally
    say(
        f"{taken.lines:,} lines = {tally.heading:,} heading + {tally.accepted:,} accepted "
        f"+ {tally.rejected:,} rejected + {tally.duplicate:,} duplicate + {tally.blank:,} blank"
        + (f" + {tally.continued:,} continued" if tally.continued else "")
    )
    for each in taken.rejects[:LISTED]:
        say(f"line {each.number:,} {each.reason.label}")
    if len(taken.rejects) > LISTED:
        more = counted(len(taken.rejects) - LISTED, "more line", "more lines")
        say(f"and {more}, in the file of rejected lines")
    for other in taken.differing[:LISTED]:
        what = ", ".join(other.what)
        say(f"line {other.line:,} says otherwise than incident {other.incident}: {what}")
    if len(taken.differing) > LISTED:
        say(f"and {counted(len(taken.differing) - LISTED, 'more report', 'more reports')}")
    for remark in taken.remarks:
        say(plain(remark))


def _write(place: Path, rejects: tuple[Rejected, ...]) -> None:
    """For its owner's eyes only: the lines tell of people and their health."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    rows: list[list[Cell]] = [[each.number, str(each.reason.label), each.row] for each in rejects]
    with os.fdopen(handle, "wb") as file:
        for part in csv_parts(REJECT_HEADS, rows):
            file.write(part)
