"""`recalldesk remedies files`: files for warehouse and bank, and what comes back."""

import os
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import counted, say
from recalldesk.remedies.batches.errors import FileNotReady, FileUnknown
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.reading.taking import take_file
from recalldesk.remedies.batches.reads import FileListed, files_listed
from recalldesk.remedies.models import FileRead

app = typer.Typer(no_args_is_help=True)
REJECTS_SHOWN = 50
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="A file's number in `list`.")]


@app.callback()
def _files() -> None:
    """A file freezes before it is handed out, and is the same ever after."""


@app.command("list")
def list_(as_: As) -> None:
    """List the files: which collect, which can be handed out, what was read back of each."""
    found = files_listed(by=proved(as_))
    if not found:
        say("There is no file. One begins to collect with the first order for a warehouse or bank.")
        return
    for each in found:
        say(_line(each))


def _line(file: FileListed) -> str:
    """One file, as no narrow terminal cuts it."""
    lines = counted(file.lines, "line", "lines")
    said = f"{file.number}: {file.kind}, {file.recall}, {file.state_label.lower()}, {lines}"
    if file.currency and file.frozen_at:
        said += f", {file.total:,.2f} {file.currency}"
    if file.frozen_at:
        said += f", {file.waiting:,} not read back"
    if file.handed_out_at:
        said += f", taken {file.handed_out_at:%Y-%m-%d %H:%M}"
    if file.held:
        said += f", {file.held:,} refused"
    return said + (f": {', '.join(form.form for form in file.forms)}" if file.is_ready else "")


@app.command("freeze")
def freeze_(number: Number, as_: As) -> None:
    """Freeze a file now, without waiting for its moment of the day."""
    person = proved(as_)
    _known(files_listed(by=person), number)
    if not freeze(number=number, by=person):
        raise FileNotReady(f"File {number} holds no line.", "It collects on; nothing was done.")
    file = _known(files_listed(by=person), number)
    say(f"File {number} is frozen as {file.reference}: {counted(file.lines, 'line', 'lines')}.")
    for form in file.forms:
        say(f"{form.form}: {form.size:,} bytes, SHA-256 {form.sha256}")


@app.command("get")
def get(
    number: Number,
    as_: As,
    form: Annotated[str, typer.Option(help="csv, xlsx, pdf, xml or ach, as `list` shows.")],
    to: Annotated[Path, typer.Option(help="The file to write, for your eyes only.")],
) -> None:
    """Write a frozen file. Who took it stands in the log."""
    person = proved(as_)
    if to.exists():
        raise FileNotReady(f"{to} is there already.", "Name a new file with --to.")
    handed = hand_out(number=number, form=form, by=person)
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(handed.content)
    say(f"{to}: {len(handed.content):,} bytes, SHA-256 {handed.sha256}")


@app.command("read")
def read(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, XLSX, pain.002, NACHA returns.")
    ],
    as_: As,
) -> None:
    """Read what a warehouse or bank sent back: tracking numbers, confirmations, returns."""
    taken = take_file(file, by=proved(as_))
    _say_tally(taken.file)
    if not taken.is_new:
        say("The same file was read before: nothing changed.")


def _known(files: tuple[FileListed, ...], number: int) -> FileListed:
    for each in files:
        if each.number == number:
            return each
    raise FileUnknown(f"There is no file {number}.", "`recalldesk remedies files list` shows them.")


def _say_tally(read_: FileRead) -> None:
    say(
        f"{read_.lines:,} lines = {read_.heading:,} heading + {read_.accepted:,} accepted "
        f"+ {read_.rejected:,} rejected + {read_.duplicate:,} duplicate + {read_.blank:,} blank"
    )
    rejects = list(read_.rejects.order_by("number")[:REJECTS_SHOWN])
    for each in rejects:
        say(f"line {each.number:,}: {each.get_reason_display()}.")
    if read_.rejected > len(rejects):
        say(f"{read_.rejected - len(rejects):,} more were not taken.")
