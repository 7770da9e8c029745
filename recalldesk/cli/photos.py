"""`recalldesk photos`: what the engine sees in a photo, and whether the files of all are there.

Guarantee: nothing of what is read is kept, and nobody is asked; an owner is asked for another photo
only where an operator says that one is lost.
"""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from recalldesk.cleaning.answers import Unusable
from recalldesk.cleaning.apart import CleaningDied, cleaned_apart
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.cli.recall import read_or_complain
from recalldesk.cli.screen import complain, counted, out, say, warn, working
from recalldesk.config.database import refuse_unprepared
from recalldesk.evidence.matching import match_files
from recalldesk.evidence.states import PhotoProblem
from recalldesk.evidence.words import PROBLEMS
from recalldesk.foundation.problem import Problem
from recalldesk.foundation.serial_form import normalise
from recalldesk.reading.apart import Reader, ReadingDied, Unreadable
from recalldesk.reading.asked import ExpectedMarking, LabelForm
from recalldesk.reading.dates import days_meant
from recalldesk.reading.seen import LabelReading, Line, MarkingReading
from recalldesk.recalls.document import Document
from recalldesk.recalls.label_forms import label_form_of
from recalldesk.recalls.reads import live_recalls
from recalldesk.recalls.recall_file import read_recall_file

CODE_DIGITS = 8
MARKS = ("word", "code", "name", "date")

app = typer.Typer(no_args_is_help=True)


class Kind(StrEnum):
    """What a photo shows."""

    LABEL = "label"
    MARKING = "marking"


class PhotoNotRead(Problem):
    """A file that gives no reading."""


@app.callback()
def _photos() -> None:
    """What is read fills forms and verifies markings; it is never accepted alone."""


@app.command("match")
def match(
    lost: Annotated[
        bool,
        typer.Option("--lost", help="Say that what is nowhere is lost: owners are asked again."),
    ] = False,
) -> None:
    """Look for the file of each photo, and put on both disks what only one has.

    Ends with 1 where a file is missing or the second disk is away. Say --lost only when all disks
    are mounted: claims that need such a photo then ask their owners for another.
    """
    refuse_unprepared()
    with working("looking for the files"):
        done = match_files(says_lost=lost)
    say(
        f"{counted(done.files, 'photo', 'photos')}: {done.copied:,} copied, "
        f"{done.brought_back:,} brought back, {done.missing:,} missing, {done.lost:,} said lost."
    )
    if done.is_away:
        warn("The disk for copies is away: mount it, and run this again. Nothing is said lost.")
    if done.is_away or done.missing > done.lost:
        raise typer.Exit(1)


@app.command("read")
def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="JPEG, PNG, WebP or HEIC, up to 25 MB.")
    ],
    kind: Annotated[Kind, typer.Option(help="What the photos show.")],
    form: Annotated[
        str, typer.Option(metavar="MODEL", help="Look for this product's serials only.")
    ] = "",
    recall: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A recall.toml to take the products from, without a database."
        ),
    ] = None,
    expect: Annotated[
        str, typer.Option(metavar="CODE", help="The code that was to be written: 8 digits.")
    ] = "",
    word: Annotated[str, typer.Option(help="The word that was to be written.")] = "",
    name: Annotated[str, typer.Option(help="The name that was to be written.")] = "",
    date: Annotated[str, typer.Option(help="The day that was to be written.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print an object for each file, a line each.")
    ] = False,
) -> None:
    """Print what is seen in photos. Ends with 1 where a file could not be read."""
    expected = ExpectedMarking(word, expect, name, date)
    _refuse_what_does_not_fit(kind, form=form, recall=recall, expected=expected)
    labels = _label_form(form, recall) if kind is Kind.LABEL else LabelForm()
    failed = 0
    reader = Reader()
    try:
        for file in files:
            try:
                with working(f"reading {file} …"):
                    found = _reading(reader, file, kind, labels, expected)
            except PhotoNotRead as problem:
                failed += 1
                _say_problem(file, problem, as_json=as_json)
            else:
                _say(file, found, as_json=as_json)
    finally:
        reader.close()
    if failed:
        raise typer.Exit(1)


def _refuse_what_does_not_fit(
    kind: Kind, *, form: str, recall: Path | None, expected: ExpectedMarking
) -> None:
    if kind is Kind.MARKING and (form or recall):
        raise typer.BadParameter("goes with --kind label", param_hint="--form, --recall")
    if kind is Kind.LABEL and expected != ExpectedMarking():
        hint = "--expect, --word, --name, --date"
        raise typer.BadParameter("goes with --kind marking", param_hint=hint)
    code = normalise(expected.code)
    if expected.code and not (len(code) == CODE_DIGITS and code.isdigit()):
        raise typer.BadParameter("has eight digits, such as 4829-1375", param_hint="--expect")
    if expected.date and not days_meant(expected.date):
        raise typer.BadParameter("is a day such as 2026-11-26", param_hint="--date")


def _label_form(model: str, recall: Path | None) -> LabelForm:
    """The products of a recall file, or of the live recalls here; one of them where it is named.
    With neither file nor model, any text may be a serial."""
    if recall is None and not model:
        return LabelForm()
    documents: list[Document]
    if recall is not None:
        documents = [read_recall_file(read_or_complain(recall))]
    else:
        documents = [live.document for live in live_recalls()]
    every = label_form_of(documents)
    if not model:
        return every
    wanted = normalise(model)
    chosen = tuple(p for p in every.products if wanted in map(normalise, p.models))
    if not chosen:
        known = ", ".join(sorted({p.models[0] for p in every.products})) or "none"
        raise PhotoNotRead(f"No recall here names the model {model!r}.", f"There are: {known}.")
    return LabelForm(chosen)


def _reading(
    reader: Reader, file: Path, kind: Kind, form: LabelForm, expected: ExpectedMarking
) -> LabelReading | MarkingReading:
    jpeg = _picture(file)
    try:
        if kind is Kind.LABEL:
            return reader.read_label(jpeg, form)
        return reader.verify_marking(jpeg, expected)
    except Unreadable as error:
        raise PhotoNotRead(f"It cannot be read: {error}.", "Take the photo again.") from error
    except ReadingDied as error:
        raise PhotoNotRead("The reading broke off.", "Try again.") from error


def _picture(file: Path) -> bytes:
    """The plain picture of a file, made as for a claim."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise PhotoNotRead(f"It cannot be opened: {why}.", "Check the path.") from error
    if len(content) > MOST_BYTES:
        raise PhotoNotRead("It is larger than 25 MB.", "Give a smaller copy.")
    try:
        return cleaned_apart([content]).jpeg
    except Unusable as error:
        words = PROBLEMS[PhotoProblem(error.fault.value)]
        raise PhotoNotRead(str(words.what), str(words.do)) from error
    except CleaningDied as error:
        raise PhotoNotRead("The decoding broke off.", "Try again.") from error


def _say_problem(file: Path, problem: PhotoNotRead, *, as_json: bool) -> None:
    if as_json:
        said = {"file": str(file), "problem": problem.message, "what_to_do": problem.hint}
        say(json.dumps(said, ensure_ascii=False))
    else:
        complain(f"{file}: {problem.message}", problem.hint)


def _say(file: Path, found: LabelReading | MarkingReading, *, as_json: bool) -> None:
    if as_json:
        kind = Kind.LABEL if isinstance(found, LabelReading) else Kind.MARKING
        say(json.dumps({"file": str(file), kind.value: asdict(found)}, ensure_ascii=False))
        return
    say(str(file))
    tables = [
        _label_table(found) if isinstance(found, LabelReading) else _marks_table(found),
        _lines_table(found.lines),
    ]
    for table in tables:
        if table.row_count:
            out.print(table)
    if not any(table.row_count for table in tables):
        say("Nothing was read.")


def _label_table(found: LabelReading) -> Table:
    table = Table("what", "read", "confidence", "in doubt at character")
    table.add_row("model", found.model or "-", "", "")
    for candidate in found.candidates:
        places = ", ".join(str(place + 1) for place in candidate.doubtful)
        what = f"serial, from {candidate.source.value.replace('_', ' ')}"
        table.add_row(what, candidate.text, f"{candidate.confidence:.2f}", places or "none")
    if not found.candidates:
        table.add_row("serial", "-", "", "")
    for code in found.bar_codes:
        table.add_row(f"bar code, {code.symbology}", _shown(code.text), "", "")
    return table


def _marks_table(found: MarkingReading) -> Table:
    table = Table("what", "score", "verified")
    for what in MARKS:
        mark = getattr(found, what)
        if mark is not None:
            table.add_row(what, f"{mark.score:.2f}", "yes" if mark.is_verified else "no")
    return table


def _lines_table(lines: tuple[Line, ...]) -> Table:
    table = Table("line", "confidence", "photo turned by")
    for line in lines:
        table.add_row(_shown(line.text), f"{line.confidence:.2f}", f"{line.turn}°")
    return table


def _shown(text: str) -> str:
    """A text of a photo with nothing in it that a terminal or the table would obey."""
    plain = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return escape(plain)
