"""`recalldesk serials import`: a file of serials or ranges into a recall's draft."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, err, say
from recalldesk.units.errors import ImportRefused
from recalldesk.units.importing.run import Columns
from recalldesk.units.importing.run import Progress as ImportProgress
from recalldesk.units.models import SerialImport
from recalldesk.units.taking import take_serials

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _serials() -> None:
    """Serial numbers come from other people's files: every line is accounted for."""


@contextmanager
def progress_bar() -> Iterator[Callable[[ImportProgress], None]]:
    """A bar with rate and time left, on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("reading", total=None, rate="")

        def told(step: ImportProgress) -> None:
            done = step.bytes_read >= step.bytes_total
            bar.update(
                task,
                description="keeping" if done else "reading",
                total=step.bytes_total,
                completed=step.bytes_read,
                rate=f"{step.rows:,} rows, {step.rows_per_second:,.0f} a second",
            )

        yield told


def place_for_rejects(file: Path, asked: Path | None) -> Path:
    """Where the rejected lines of a file go. Whatever stands there already is never written over.

    Raises ImportRefused where the place asked for is taken.
    """
    if asked is not None:
        if asked.exists():
            raise ImportRefused(
                f"{asked} is there already.", "Name a new file for the rejected lines."
            )
        return asked
    names = (f"{file.name}.rejects{f'-{n}' if n > 1 else ''}.csv" for n in itertools.count(1))
    return next(place for name in names if not (place := file.with_name(name)).exists())


def say_tally(report: SerialImport) -> None:
    """The importers' law, with the figures."""
    say(
        f"{report.lines:,} lines = {report.heading:,} heading + {report.accepted:,} accepted "
        f"+ {report.rejected:,} rejected + {report.duplicate:,} duplicate + {report.blank:,} blank"
        + (f" + {report.continued:,} continued" if report.continued else "")
    )
    if report.removed:
        said = counted(report.removed, "serial or range", "serials or ranges")
        say(f"No longer covered as in earlier versions: {said}.")


@app.command("import")
def import_(
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, text, XLSX, Parquet.")],
    as_: As,
    list_name: Annotated[str, typer.Option("--list", help="Which list of the recall file.")] = "",
    column: Annotated[str, typer.Option(help="The heading of the serials' column.")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook: the sheet to read.")] = "",
    start_column: Annotated[str, typer.Option(help="For ranges: the first serials'.")] = "",
    end_column: Annotated[str, typer.Option(help="For ranges: the last serials'.")] = "",
    made: Annotated[bool, typer.Option("--made", help="These are all the serials made.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="The file is the whole list; the rest is dropped.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected lines go, to be sent back.")
    ] = None,
) -> None:
    """Import a file into the draft; without a draft, into a new one."""
    person = proved(as_)
    recall = recall_or_refuse(slug)
    reject_file = place_for_rejects(file, rejects)
    remarks: list[str] = []
    with progress_bar() as told:
        taken = take_serials(
            recall=recall,
            path=file,
            by=person,
            list_name=list_name,
            made=made,
            columns=Columns(column or None, start_column or None, end_column or None),
            sheet=sheet or None,
            replace=replace,
            reject_file=reject_file,
            progress=told,
            remark=remarks.append,
        )
    if taken.stays is not None:
        state = taken.stays.get_state_display().lower()
        say(f"Version {taken.stays.number} is {state} and stays as it is; this is a new draft.")
    version = f" version {taken.draft.number}" if taken.draft is not None else ""
    say(f"{slug}{version}, list {taken.list_name}:")
    say_tally(taken.report)
    for remark in remarks:
        say(remark)
    if not taken.changed:
        say("All of it was taken before: nothing changed.")
    elif taken.report.rejected:
        say(f"The rejected lines stand in {reject_file}. While this version is live and they are")
        say("not settled, no unit of these products is answered “not affected”.")
