"""`recalldesk wishes`: who asked to be told when a recall grows, for whoever tells them."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say
from recalldesk.outreach.actions import forget_contact
from recalldesk.outreach.reads import Wish, wishes_of
from recalldesk.recalls.errors import RecallProblem
from recalldesk.units.checking import check_serial

app = typer.Typer(no_args_is_help=True)
HEADING = ("contact", "serial", "language", "asked_at", "verdict_now")


@app.callback()
def _wishes() -> None:
    """Owners were told "not in this recall" and asked to hear if it grows. Each look is logged."""


@app.command("list")
def list_(
    slug: Slug,
    as_: As,
    to: Annotated[Path, typer.Option(help="The file to write, for your eyes only.")],
    reason: Annotated[str, typer.Option("--reason", help="Why you look; it stands in the log.")],
) -> None:
    """Write who asked to hear of a recall, with what their serial is answered today."""
    recall = recall_or_refuse(slug)
    wishes = wishes_of(recall=recall, by=proved(as_), reason=reason)
    say(f"{counted(_written(to, wishes), 'wish stands', 'wishes stand')} in {to}.")


def _written(path: Path, wishes: Iterable[Wish]) -> int:
    """Writes a new file that only this user may read; returns how many rows it holds."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise RecallProblem(f"{path} is there already.", "Name a new file with --to.") from error
    written = 0
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADING)
        for wish in wishes:
            verdict = check_serial(wish.serial).verdict
            asked_at = wish.asked_at.isoformat(timespec="seconds")
            rows.writerow((wish.contact, wish.serial, wish.language, asked_at, verdict.value))
            written += 1
    return written


@app.command("forget")
def forget(
    contact: Annotated[str, typer.Argument(help="The e-mail address or phone number.")],
    as_: As,
) -> None:
    """Forget somebody who asked to be told, in every recall."""
    found = forget_contact(contact=contact, by=proved(as_))
    if not found.gone and not found.kept:
        say("Nobody asked to be told under this contact.")
        return
    say(f"{counted(found.gone, 'wish is', 'wishes are')} deleted.")
    if found.kept:
        say(f"A legal hold keeps {found.kept:,} until it ends; then they are deleted, too.")
