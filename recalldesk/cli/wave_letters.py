"""`recalldesk waves letters|calls|returned`: what of a wave goes by post and by telephone."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, plain, say
from recalldesk.cli.sent_back import form_of, refuse_if_nothing_was_taken, say_read, write_private
from recalldesk.cli.serials import place_for_rejects
from recalldesk.cli.wave_new_owners import new_owners
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.calling.call_centre import USUAL_DAYS, read_outcomes, take_call_list
from recalldesk.outreach.letters.contents import file_numbered, take_addresses, take_pdf
from recalldesk.outreach.letters.files import make_letter_file, mark_posted, put_back
from recalldesk.outreach.letters.reads import FileShown, letters_of_wave
from recalldesk.outreach.letters.returned import letters_came_back, lines_in
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import Withheld

letters = typer.Typer(no_args_is_help=True)
calls = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(metavar="WAVE", help="The wave's number in its recall.")]
FileNumber = Annotated[int, typer.Argument(metavar="FILE_NO", help="A print file's number.")]
Reason = Annotated[str, typer.Option(help="What it is for; it stands sealed in the log.")]
To = Annotated[Path, typer.Option(help="The new file to write, for your eyes only.")]


class Size(StrEnum):
    """Paper."""

    LETTER = Paper.LETTER.value
    A4 = Paper.A4.value


@letters.callback()
def _letters() -> None:
    """Letters of a wave: print files made, taken, posted or put back."""


@calls.callback()
def _calls() -> None:
    """Calls of a wave that a call centre makes."""


@letters.command("list")
def list_(slug: Slug, number: Number, as_: As) -> None:
    """List the print files of a wave, and what waits to be printed."""
    found = letters_of_wave(_wave(slug, number), by=proved(as_))
    for paper, count in found.waiting.items():
        if count:
            say(f"{counted(count, 'letter waits', 'letters wait')} on {paper.shown}.")
    for why, count in found.withheld.items():
        say(f"{count:,} withheld: {Withheld(why).label if why else 'not said why'}.")
    for file in found.files:
        say(_line(file))
    if not found.files:
        say("No print file was made yet.")


@letters.command("make")
def make(
    slug: Slug,
    number: Number,
    as_: As,
    paper: Annotated[Size, typer.Option(help="For the United States, Canada, Mexico: letter.")],
) -> None:
    """Make the next print file: up to 1,000 letters, without those who answered meanwhile."""
    wave, size = _wave(slug, number), Paper(paper.value)
    file = make_letter_file(wave=wave, paper=size, by=proved(as_))
    if file is None:
        say(f"No letter on {size.shown} waits that is to be printed.")
        return
    say(f"Print file {file.number} is made: {counted(file.letters, 'letter', 'letters')}.")
    say(
        f"`recalldesk waves letters take {slug} {number} {file.number} --to letters.pdf` writes it."
    )


@letters.command("take")
def take(slug: Slug, number: Number, file: FileNumber, as_: As, reason: Reason, to: To) -> None:
    """Write the letters as PDF, or their addresses as CSV or XLSX, as the file's name ends."""
    found, person = file_numbered(_wave(slug, number), file), proved(as_)
    if to.exists():
        raise Problem(f"{to} is there already.", "Name a new file with --to.")
    if to.suffix.lower() == ".pdf":
        write_private(to, [take_pdf(file=found, by=person, reason=reason)])
    elif to.suffix.lower() in (".csv", ".xlsx"):
        made = take_addresses(file=found, by=person, reason=reason, form=form_of(to))
        write_private(to, made.parts)
    else:
        raise Problem("What shall be written?", "Name a file that ends in .pdf, .csv or .xlsx.")
    say(f"{counted(found.letters, 'letter stands', 'letters stand')} in {to}.")


@letters.command("posted")
def posted(
    slug: Slug,
    number: Number,
    file: FileNumber,
    as_: As,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not said.")
    ] = None,
) -> None:
    """Say that a print file was given to the post: its letters count as sent."""
    found = file_numbered(_wave(slug, number), file)
    day = on.date() if on else clock.now().date()
    count = mark_posted(file_id=found.pk, on=day, by=proved(as_))
    if count:
        say(f"{counted(count, 'letter counts', 'letters count')} as sent on {day}.")
    else:
        say("That was said before: nothing changed.")


@letters.command("put-back")
def put_back_(slug: Slug, number: Number, file: FileNumber, as_: As) -> None:
    """Put back a print file that was made by mistake, before it is posted."""
    found = file_numbered(_wave(slug, number), file)
    count = put_back(file_id=found.pk, by=proved(as_))
    say(f"{counted(count, 'letter waits', 'letters wait')} again.")


def returned(
    as_: As,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="References, one a line; without it, typed in."),
    ] = None,
) -> None:
    """Enter letters that came back, by the references on them."""
    person = proved(as_)
    text = file.read_text("utf-8", "replace") if file else sys.stdin.read()
    found = letters_came_back(lines_in(text.lstrip("\ufeff")), by=person)
    say(
        f"{found.lines:,} lines = {found.came_back:,} came back + {found.known:,} known before "
        f"+ {found.blank:,} blank + {len(found.rejects):,} not taken"
    )
    for each in found.rejects:
        say(f"line {each.number:,}: {plain(each.text)} {each.why}")
    if not found.came_back + found.known:
        hint = "Write the references as they stand above the addresses, one a line: N-0EPH-4."
        raise Problem("No letter was entered.", hint)


@calls.command("take")
def calls_take(
    slug: Slug,
    number: Number,
    as_: As,
    reason: Reason,
    to: To,
    days: Annotated[int, typer.Option(help="So long nobody else calls them.")] = USUAL_DAYS,
) -> None:
    """Write the calls that wait, with numbers and script, for a call centre: CSV or XLSX."""
    if to.exists():
        raise Problem(f"{to} is there already.", "Name a new file with --to.")
    made = take_call_list(
        wave=_wave(slug, number), by=proved(as_), reason=reason, form=form_of(to), days=days
    )
    write_private(to, made.parts)
    say(f"The list stands in {to}; nobody else calls them for {counted(days, 'day', 'days')}.")


@calls.command("read")
def calls_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV or XLSX.")],
    as_: As,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected lines go, to be sent back.")
    ] = None,
) -> None:
    """Take in what a call centre says of each call: reference, outcome, called at."""
    place = place_for_rejects(file, rejects)
    read = read_outcomes(path=file, by=proved(as_), only_look=look)
    say_read(read, place, only_look=look)
    refuse_if_nothing_was_taken(read)


def add_to(app: typer.Typer) -> None:
    """Adds these commands to `recalldesk waves`."""
    app.add_typer(letters, name="letters", help="Print files of letters.")
    app.add_typer(calls, name="calls", help="Lists for a call centre, and what it says.")
    app.add_typer(new_owners, name="new-owners", help="New owners whom a person has to tell.")
    app.command("returned")(returned)


def _wave(slug: str, number: int) -> Wave:
    recall = recall_or_refuse(slug)
    wave = Wave.objects.select_related("recall", "version").filter(recall=recall, number=number)
    found = wave.first()
    if found is None:
        raise Problem(
            f"{slug} has no wave {number}.", f"`recalldesk waves list {slug}` shows its waves."
        )
    return found


def _line(file: FileShown) -> str:
    said = f"{file.number}: {counted(file.letters, 'letter', 'letters')} on {file.paper.shown}"
    said += f", made {file.made_at:%Y-%m-%d %H:%M} by {file.made_by}"
    if file.posted_on:
        said += f", posted {file.posted_on}, {file.came_back:,} came back"
    if file.is_put_back and file.is_to_post:
        return said + ", stopped after it was handed out: say so if it was posted all the same"
    if file.is_put_back:
        return said + ", put back or stopped"
    return said + ("" if file.posted_on or file.is_to_post else ", not taken out yet")
