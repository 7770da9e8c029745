"""`recalldesk claim`: what owners wrote, and answering them, for staff at the server."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.claims.desk.answering import (
    SeenByDesk,
    answer_owner,
    look_at,
    refuse_unless_answerable,
    unanswered,
)
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.messages import LONGEST_MESSAGE
from recalldesk.claims.reads import SeenFiling, SeenMessage, SeenUnit
from recalldesk.cli.named import text_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import counted, err, plain, say
from recalldesk.evidence.models import Photo
from recalldesk.foundation.problem import Problem
from recalldesk.mailing.reads import masked

app = typer.Typer(no_args_is_help=True)
MOMENT = "%Y-%m-%d %H:%M UTC"
Reference = Annotated[str, typer.Argument(help="The claim's reference, such as R-2345-ACDE.")]


@app.callback()
def _claim() -> None:
    """A claim is personal: each look at one is logged, with who looked and why."""


@app.command("unanswered")
def unanswered_(as_: As) -> None:
    """List the claims whose owner wrote last, the one that waits longest first."""
    waiting = unanswered(by=proved(as_))
    for each in waiting:
        say(f"{each.reference}  {each.recall}  since {each.since.strftime(MOMENT)}")
    if not waiting:
        say("No owner waits for an answer.")


@app.command("show")
def show(
    reference: Reference,
    as_: As,
    reason: Annotated[str, typer.Option("--reason", help="Why you look; it stands in the log.")],
    contact: Annotated[
        bool, typer.Option("--contact", help="Show e-mail and phone in full; the log says so.")
    ] = False,
) -> None:
    """Show how a claim stands and what was written. Address and account are never shown."""
    found = look_at(reference=reference, by=proved(as_), reason=reason, contact=contact)
    filing = found.seen.filing
    say(f"{filing.reference}  {filing.recall.slug}, version {filing.version.number}")
    if filing.is_dangerous:
        say("The owner told of danger: call.")
    if filing.filed_at is not None:
        say(f"sent {filing.filed_at.strftime(MOMENT)}, in {filing.language}")
    say(f"owner: {plain(found.seen.name)}, {_reached_by(found.seen, in_full=contact)}")
    _say_reach(found)
    say(f"remedy: {filing.remedy_key or 'none chosen'}")
    for unit in found.seen.units:
        say(_unit(unit))
    say(counted(len(found.messages), "message", "messages"))
    for message in found.messages:
        _say_message(message)


@app.command("answer")
def answer(
    reference: Reference,
    as_: As,
    text_file: Annotated[
        Path | None, typer.Option(help="A file with the message; standard input otherwise.")
    ] = None,
) -> None:
    """Write to the owner of a claim. A letter tells that something was written, never what."""
    person = proved(as_)
    refuse_unless_answerable(reference=reference, by=person)
    text = text_or_refuse(text_file) if text_file else _typed()
    try:
        answered = answer_owner(reference=reference, by=person, text=text)
    except FieldsRefused as refused:
        raise _unfit(refused, text) from refused
    if not answered.is_new:
        say(f"{answered.reference}: this answer stood there already. Nothing was sent again.")
        return
    say(f"{answered.reference}: the message stands on the claim's page.")
    if answered.is_written_to:
        say("A letter that leads to it is sent.")
    else:
        say("No letter can tell of it: call the owner. `recalldesk claim show --contact` says how.")


def _typed() -> str:
    """All of standard input."""
    if sys.stdin.isatty():
        err.print("Type the message, and end it with Ctrl-D on a line of its own.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("The message is not UTF-8 text.", "Give it as UTF-8.") from error


def _unfit(refused: FieldsRefused, text: str) -> Problem:
    if refused.fields.get("message") is FieldProblem.TOO_LONG:
        return Problem(
            f"The message has {len(text):,} characters; it may have {LONGEST_MESSAGE:,}.",
            "Write it shorter, or in two.",
        )
    return Problem("The message is empty.", "Give it on standard input, or by --text-file.")


def _reached_by(seen: SeenFiling, *, in_full: bool) -> str:
    shown = [each if in_full else masked(each) for each in (seen.email, seen.phone) if each]
    return plain(", ".join(shown)) or "no way to be reached"


def _say_reach(found: SeenByDesk) -> None:
    if not found.is_written_to:
        say("No letter reaches this owner: call. `--contact` shows the number.")
    elif found.seen.filing.unreached_since is not None:
        since = found.seen.filing.unreached_since.strftime(MOMENT)
        say(f"What was sent did not arrive, {since}: call. `--contact` shows how.")


def _unit(unit: SeenUnit) -> str:
    serial = plain(unit.serial) or f"no serial ({unit.reading.label.lower()})"
    said = f"unit {unit.position}: {serial}  {unit.state.label}"
    if unit.promised_on is not None:
        said += f", promised by {unit.promised_on}"
    return f"{said}; {_photos(unit.photos)}"


def _photos(photos: tuple[Photo, ...]) -> str:
    if not photos:
        return "no photos"
    stands = Counter(photo.state for photo in photos)
    by_state = ", ".join(f"{count} {state}" for state, count in sorted(stands.items()))
    return f"{counted(len(photos), 'photo', 'photos')}: {by_state}"


def _say_message(message: SeenMessage) -> None:
    say(f"-- {message.at.strftime(MOMENT)}, from the {'owner' if message.is_mine else 'desk'}")
    if message.text:
        say(plain(message.text.replace("\r\n", "\n")))
    if message.photos:
        say(_photos(message.photos))
