"""`recalldesk feeds`: recalls of others, read from an authority's feed and searched by model."""

import os
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import counted, plain, say, warn, working
from recalldesk.cli.serials import place_for_rejects
from recalldesk.elsewhere.actions import TakenFeed, take_feed
from recalldesk.elsewhere.fetching import fetch_feed, is_address, shown
from recalldesk.elsewhere.models import FeedFile
from recalldesk.elsewhere.reads import FoundModel, feed_files, feeds, search
from recalldesk.elsewhere.rejects import REJECT_HEADS, reject_rows
from recalldesk.foundation import clock
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.foundation.sheets import Cell, csv_parts

app = typer.Typer(no_args_is_help=True)
LISTED = 20


@app.callback()
def _feeds() -> None:
    """What stands in other recalls is shown as possible, never as an answer."""


@app.command("import")
def import_(
    source: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="The feed's JSON, or its https address.")
    ],
    as_: As,
    rejects: Annotated[
        Path | None, typer.Option(help="Where entries that were not taken go, to be sent back.")
    ] = None,
) -> None:
    """Read a feed of recalls: that of the CPSC, or the older one of USA.gov."""
    person = proved(as_)
    require(person, Permission.EDIT_RECALL)
    if is_address(source):
        place = place_for_rejects(Path("feed.json"), rejects)
        taken = _fetched(source, person)
    else:
        place = place_for_rejects(Path(source), rejects)
        with working("reading the feed"):
            taken = take_feed(Path(source), came_from=Path(source).name, by=person)
    _say(taken.file)
    if not taken.is_new:
        say("The same file was read before: nothing changed.")
    elif rows := reject_rows(taken.file.pk):
        _write(place, rows)
        say(f"The entries that were not taken stand in {place}.")


def _fetched(address: str, person: Staff) -> TakenFeed:
    with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
        path = folder / "feed.json"
        with working("fetching the feed"):
            fetch_feed(address, path)
        with working("reading the feed"):
            return take_feed(path, came_from=shown(address), by=person)


@app.command("list")
def list_() -> None:
    """List the feeds that were read, the newest first."""
    whole = feeds()
    for each in feed_files()[:LISTED]:
        say(f"{each.pk}: {plain(each.came_from)}, read {each.at:%Y-%m-%d %H:%M} UTC")
        _say(each)
    if not whole.files:
        say("No feed was read yet. `recalldesk feeds import FILE|URL` reads one.")
        return
    recalls = counted(whole.recalls, "recall", "recalls")
    say(f"Together: {recalls}, {counted(whole.numbers, 'number', 'numbers')} found in them.")
    if whole.is_old(clock.now().date()):
        warn("The newest feed was read over 30 days ago: recalls since then are not known.")


@app.command("search")
def search_(
    model: Annotated[
        str, typer.Argument(help="As printed; case, spaces and dashes do not matter.")
    ],
    word: Annotated[
        list[str] | None, typer.Option(help="A brand or firm that must be named, too.")
    ] = None,
) -> None:
    """Search all feeds for a model number. What is found is possible, never an answer."""
    found = search(model, words=word or ())
    if not found:
        say("The number stands in none of the recalls that were read. That says nothing of a unit.")
        return
    for each in found:
        _say_found(each)
    say("Possible, never an answer: the same number may be another firm's. Read the notice.")


def _say_found(each: FoundModel) -> None:
    recall = each.recall
    said = f"{recall.date:%Y-%m-%d} {recall.agency} {recall.number} {recall.title}"
    say(plain(" ".join(said.split())))
    firm = recall.firms.partition("\n")[0]
    told = [f"{each.written}, {each.found.label}", firm, recall.url]
    say(plain("  " + "; ".join(part for part in told if part)))


def _say(file: FeedFile) -> None:
    say(
        f"{file.entries:,} entries = {file.accepted:,} accepted + {file.rejected:,} rejected "
        f"+ {file.duplicate:,} duplicate"
    )


def _write(place: Path, rows: list[list[Cell]]) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for part in csv_parts(REJECT_HEADS, rows):
            file.write(part)
