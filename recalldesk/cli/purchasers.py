"""`recalldesk purchasers`: order files of shops come in; who bought affected units is found."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from recalldesk.cli import purchasers_proof
from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.purchasers_told import (
    hints_of_the_terminal,
    say_figures,
    say_files,
    say_people,
    say_taken,
)
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, err, say, working
from recalldesk.cli.serials import place_for_rejects
from recalldesk.purchasers.errors import OrdersRefused
from recalldesk.purchasers.importing.anew import match_again
from recalldesk.purchasers.importing.matched_file import Progress as FileProgress
from recalldesk.purchasers.importing.run import import_orders
from recalldesk.purchasers.models import OrderFile
from recalldesk.purchasers.people.reviewing import people_found
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.reads.files import every_file, rejects_of
from recalldesk.purchasers.reads.shops import figures_by_shop
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.purchasers.taking_back import take_back_file

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _purchasers() -> None:
    """Who bought affected units, from the order files of every shop."""


@app.command("import")
def import_(
    slug: Slug,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As the shop's export wrote it.")],
    as_: As,
    channel: Annotated[Channel, typer.Option(help="Whose form the file has.")],
    kind: Annotated[FileKind, typer.Option(help="What its lines are.")] = FileKind.ORDERS,
    mapping: Annotated[
        Path | None, typer.Option(help="Of another shop: what its columns say, in TOML.")
    ] = None,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="The file does take back as many units as a look says.")
    ] = False,
) -> None:
    """Take in an order file: what matches is kept, and the file itself, sealed."""
    recall, person = recall_or_refuse(slug), proved(as_)
    with progress_bar() as told, hints_of_the_terminal():
        taken = import_orders(
            recall=recall,
            path=file,
            channel=channel,
            kind=kind,
            mapping=mapping,
            by=person,
            only_look=look,
            is_meant=yes,
            progress=told(file.name),
        )
    say(f"{slug}:")
    say_taken(taken, person, shows_first=look)
    if taken.is_known:
        say(f"The same file was taken in before, as file {taken.number}: nothing changed.")
    elif look:
        say("Nothing is kept yet: run it again without --look.")
    else:
        say(f"Taken in as file {taken.number}.")
        if taken.counts.rejected:
            say(f"`recalldesk purchasers rejects {slug} {taken.number}` writes what was not taken.")


@app.command("files")
def files(slug: Slug, as_: As) -> None:
    """List the order files of a recall, and what became of each line."""
    say_files(list(every_file(recall_or_refuse(slug), by=proved(as_))))


@app.command("rejects")
def rejects(
    slug: Slug,
    number: Annotated[int, typer.Argument(metavar="FILE_NO", help="A number of `files`.")],
    as_: As,
    to: Annotated[Path, typer.Option(help="A new file for the lines, to be sent back.")],
) -> None:
    """Write the lines of a file that were not taken; it stands in the log."""
    recall, person = recall_or_refuse(slug), proved(as_)
    place = place_for_rejects(to, to)
    found = rejects_of(recall, number, by=person)
    if not found.count:
        say("Every line of that file was taken: there is nothing to write.")
        return
    _write(place, found.parts)
    say(counted(found.count, "line stands", "lines stand") + f" in {place}.")
    if found.are_kept:
        say("Mend them there, under the shop's own heading, and import that file as it is.")
    else:
        say("The lines themselves were forgotten: they are kept for 90 days.")


@app.command("take-back")
def take_back(
    slug: Slug,
    number: Annotated[int, typer.Argument(metavar="FILE_NO", help="A number of `files`.")],
    as_: As,
    reason: Annotated[str, typer.Option(help="Why; it stands in the log.")],
) -> None:
    """Take back a file that was read wrongly: nothing of it counts, and it can come in again."""
    done = take_back_file(
        recall=recall_or_refuse(slug), number=number, by=proved(as_), reason=reason
    )
    gone = counted(done.gone, "purchase stands", "purchases stand")
    say(f"File {number} is taken back: {gone} in no other file, and counts no more;")
    say(counted(done.kept, "purchase is", "purchases are") + " in other files, and stay.")


@app.command("match")
def match(slug: Slug, as_: As) -> None:
    """Match the kept files anew with the version that is live: after an expansion."""
    recall, person = recall_or_refuse(slug), proved(as_)
    with progress_bar() as told:

        def of_file(file: OrderFile) -> FileProgress:
            return told(f"file {file.pk}")

        done = match_again(recall, by=person, progress=of_file)
    say(
        counted(done.files, "file was", "files were")
        + f" matched with version {done.version}: {done.added:,} purchases are new, "
        f"{done.uncovered:,} are not covered any more, {done.covered_again:,} are covered again."
    )
    if done.erased:
        say(counted(done.erased, "file is", "files are") + " erased, and stay as matched before.")
    if done.missing:
        say(counted(done.missing, "file is", "files are") + " missing from the file store.")


@app.command("people")
def people(
    slug: Slug,
    as_: As,
    review: Annotated[
        bool, typer.Option(help="Also ask about those whom the review of the whole finds likely.")
    ] = True,
) -> None:
    """Find anew who is one person, and ask about those of whom it is in doubt."""
    recall, person = recall_or_refuse(slug), proved(as_)
    with working("Comparing purchasers"):
        found = people_found(recall, by=person, with_review=review)
    say_people(found)


@app.command("figures")
def figures(slug: Slug, as_: As) -> None:
    """Count files, units and purchasers by channel, and how they can be reached."""
    recall, person = recall_or_refuse(slug), proved(as_)
    say_figures(figures_by_channel(recall, by=person), figures_by_shop(recall, by=person))


app.command("reach")(purchasers_proof.reach)
app.command("find")(purchasers_proof.find)
app.command("proof")(purchasers_proof.proof)


@contextmanager
def progress_bar() -> Iterator["Bars"]:
    """A bar for each file, with the time left, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield Bars(bar)


class Bars:
    """Gives what tells how far a file is read."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar

    def __call__(self, name: str) -> FileProgress:
        """For a file of this name."""
        task = self._bar.add_task(name, total=None)

        def told(done: int, total: int) -> None:
            self._bar.update(task, completed=done, total=total)

        return told


def _write(place: Path, parts: Iterable[bytes]) -> None:
    """For its owner's eyes only: the lines name customers."""
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise OrdersRefused(
            f"{place} cannot be written: {error.strerror}.", "Name a file in a folder of yours."
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.writelines(parts)
