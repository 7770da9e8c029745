"""`recalldesk serials import`: a file of serials or ranges into a recall's draft."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, err, say
from recalldesk.recalls.actions import draft_for_expansion
from recalldesk.recalls.reads import document_of, draft_of
from recalldesk.units.importing.run import Columns, import_serials
from recalldesk.units.importing.run import Progress as ImportProgress
from recalldesk.units.lists import place_for
from recalldesk.units.models import SerialImport

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


def brought_anything(report: SerialImport) -> bool:
    """Whether the import changed what is covered, or left lines to be settled."""
    key: int | None = report.pk
    if key is None:
        return False
    return bool(report.accepted or report.removed or report.rejects.exists())


def say_tally(report: SerialImport) -> None:
    """The importers' law, with the figures."""
    say(
        f"{report.lines:,} lines = {report.heading:,} heading + {report.accepted:,} accepted "
        f"+ {report.rejected:,} rejected + {report.duplicate:,} duplicate + {report.blank:,} blank"
    )
    if report.removed:
        said = counted(report.removed, "serial or range", "serials or ranges")
        say(f"No longer covered as in earlier versions: {said}.")


@app.command("import")
def import_(
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV or text; gzip is fine.")],
    as_: As,
    list_name: Annotated[str, typer.Option("--list", help="Which list of the recall file.")] = "",
    column: Annotated[str, typer.Option(help="The heading of the serials' column.")] = "",
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
    reject_file = rejects or file.with_name(f"{file.name}.rejects.csv")
    with progress_bar() as told, transaction.atomic():
        is_new = draft_of(recall) is None
        draft = draft_for_expansion(recall=recall, by=person)
        place = place_for(recall, document_of(draft), name=list_name, made=made)
        report = import_serials(
            version=draft,
            serial_list=place.serial_list,
            form=place.form,
            counting=place.counting,
            path=file,
            by=person,
            columns=Columns(column or None, start_column or None, end_column or None),
            replace=replace,
            reject_file=reject_file,
            progress=told,
        )
        changed = brought_anything(report)
        if is_new and not changed:
            # A version that says and covers what the one before does is none.
            transaction.set_rollback(True)
    say(f"{slug} version {draft.number}, list {place.serial_list.name}:")
    say_tally(report)
    if not changed:
        say("All of it was taken before: nothing changed.")
    elif report.rejected:
        say(f"The rejected lines stand in {reject_file}. While this version is live and they are")
        say("not settled, no unit of these products is answered “not affected”.")
