"""`recalldesk questions`: what authorities ask, and what the firm answers."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse, text_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import plain, say, show_table
from recalldesk.foundation.problem import Problem
from recalldesk.inquiries.answering import answer, promise
from recalldesk.inquiries.reads import SeenQuestion, question_seen, questions_seen
from recalldesk.inquiries.states import QuestionState

CHUNK = 65_536
app = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The number of the question.")]


@app.callback()
def _questions() -> None:
    """Questions of authorities and their answers are kept for ever."""


@app.command("list")
def list_(
    as_: As,
    recall: Annotated[str, typer.Option(help="Of this recall only.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Answered and withdrawn ones, too.")] = False,
) -> None:
    """List the questions that wait, the most urgent first."""
    found = questions_seen(
        by=proved(as_),
        recall=recall_or_refuse(recall) if recall else None,
        state=None if every else QuestionState.OPEN,
    )
    if not found:
        say("Nothing was asked yet." if every else "No question waits for an answer.")
        return
    table = Table("Question", "Recall", "Authority", "About", "Asked (UTC)", "Due", "Stands")
    for each in found:
        table.add_row(
            str(each.number),
            each.recall,
            plain(each.authority),
            plain(each.said.subject),
            f"{each.asked_at:%Y-%m-%d %H:%M}",
            str(each.due or ""),
            "late" if each.is_late else str(each.state.label).lower(),
        )
    show_table(table)


@app.command("show")
def show(number: Number, as_: As) -> None:
    """Show a question with its answers."""
    _say(question_seen(number, by=proved(as_)))


def _say(found: SeenQuestion) -> None:
    say(
        f"Question {found.number} about {found.recall}, {plain(found.asked_by)} "
        f"({plain(found.authority)}), {found.asked_at:%Y-%m-%d %H:%M} UTC: "
        f"{str(found.state.label).lower()}"
    )
    say(plain(found.said.subject))
    if found.said.about:
        say(f"About: {found.said.about}")
    if found.wanted_by:
        say(f"Wanted by: {found.wanted_by}")
    for day in found.promised:
        say(f"Promised for: {day.day}")
    say()
    say(plain(found.said.text.replace("\r\n", "\n")))
    for each in found.answers:
        say()
        say(f"Answer of {each.by}, {each.at:%Y-%m-%d %H:%M} UTC:")
        say(plain(each.text.replace("\r\n", "\n")))
        for file in each.attachments:
            say(
                f"Attachment {file.pk}: {file.get_kind_display()}, {file.size:,} bytes, "
                f"{file.state_label.lower()}"
            )


@app.command("answer")
def answer_(
    number: Number,
    as_: As,
    text_file: Annotated[
        Path | None, typer.Option(help="A file with the answer; else it is read from the input.")
    ] = None,
    attach: Annotated[
        list[Path] | None,
        typer.Option(help="A PDF, JPEG or PNG of at most 10 MB, sent with it; may be repeated."),
    ] = None,
) -> None:
    """Answer a question, or add to its answer. The authority is told by mail that there is one."""
    person = proved(as_)
    text = text_or_refuse(text_file) if text_file else _typed()
    with ExitStack() as stack:
        files = [_chunks(stack.enter_context(_opened(path))) for path in attach or ()]
        answer(number=number, text=text, by=person, files=files)
    with_ = f" with {len(files)} file{'s'[: len(files) != 1]}" if files else ""
    say(f"Question {number} is answered{with_}; a mail says so.")


@app.command("promise")
def promise_(
    number: Number,
    day: Annotated[
        datetime, typer.Argument(formats=["%Y-%m-%d"], help="By which day it will be answered.")
    ],
    as_: As,
) -> None:
    """Tell the authority by which day a question will be answered."""
    named = promise(number=number, day=day.date(), by=proved(as_))
    say(f"Question {number} will be answered by {named.day}; a mail says so.")


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK), b"")


def _typed() -> str:
    """What stands on standard input."""
    if sys.stdin.isatty():
        say("Write the answer; end it with Ctrl-D on a line of its own.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("The answer is not UTF-8 text.", "Give it as UTF-8.") from error
