"""`recalldesk hits`: how often a recall's public pages were asked for, and logs that tell of it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, show_table, working
from recalldesk.foundation import clock
from recalldesk.publicity.hits import DEFINITION, hits_of
from recalldesk.publicity.logs.run import HitsTaken, import_hits, take_back_hits
from recalldesk.publicity.states import LogForm, PageKind
from recalldesk.recalls.models import Recall

app = typer.Typer(no_args_is_help=True)
A_MONTH = timedelta(days=30)


@app.callback()
def _hits() -> None:
    """Hits on the public pages of a recall."""


@app.command("import")
def import_(
    slug: Slug,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Access logs, plain or gzipped, in any order."),
    ],
    as_: As,
    form: Annotated[
        LogForm, typer.Option("--format", help="Of the lines; auto finds it for each.")
    ] = LogForm.AUTO,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
) -> None:
    """Take in a proxy's access logs; what came in before counts once."""
    recall, person = recall_or_refuse(slug), proved(as_)
    for file in files:
        with working(f"Reading {file.name} …"):
            taken = import_hits(recall=recall, path=file, by=person, form=form, only_look=look)
        say(f"{file.name}:")
        _say(taken, recall, look=look)


@app.command("show")
def show(
    slug: Slug,
    from_: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="The first day."),
    ] = None,
    to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="The last day.")
    ] = None,
) -> None:
    """Print the hits by day and kind of page: of the last 30 days, unless days are named."""
    last = to.date() if to else clock.now().date()
    first = from_.date() if from_ else last - A_MONTH
    found = hits_of(recall_or_refuse(slug), first, last)
    kinds = [each for each in PageKind if found.of(each)]
    table = Table("day", *(each.label.lower() for each in kinds), "all", "by")
    for day in found.days:
        own = f" (own count: {day.own:,})" if day.own and day.source == "log" else ""
        cells = [f"{day.of(kind):,}" for kind in kinds]
        table.add_row(day.day.isoformat(), *cells, f"{day.count:,}", day.source.label + own)
    if found.days:
        show_table(table)
    say(f"{counted(found.count, 'hit', 'hits')} from {first} to {last}.")
    say(DEFINITION)


@app.command("take-back")
def take_back(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="A log's number.")],
    as_: As,
    note: Annotated[str, typer.Option(help="Why; it stands sealed in the log.")],
) -> None:
    """Take a log back: its hits count no more, and it may come in again."""
    take_back_hits(number=number, by=proved(as_), note=note)
    say(f"Log {number} is taken back: its days count without it.")


def _say(taken: HitsTaken, recall: Recall, *, look: bool) -> None:
    say(
        f"{taken.lines:,} lines = {taken.accepted:,} accepted + {taken.rejected:,} rejected "
        f"+ {taken.duplicate:,} duplicate + {taken.blank:,} blank + {taken.others:,} of others"
    )
    say(
        f"of others: {taken.robots:,} by robots, {taken.others - taken.robots:,} of other pages, "
        "answers or ways of asking"
    )
    for number, reason in taken.rejects:
        say(f"line {number:,} {reason.label}")
    if taken.rejected > len(taken.rejects):
        say(f"and {counted(taken.rejected - len(taken.rejects), 'more line', 'more lines')}")
    days = sorted({day for day, _ in taken.hits})
    if days:
        say(f"{counted(len(days), 'day', 'days')} with hits: {_range(days)}")
    if taken.is_known:
        say(f"The same was taken in before, as log {taken.number}: nothing changed.")
    elif look:
        say("Nothing is kept yet: run it again without --look.")
    else:
        say(f"Taken in as log {taken.number}.")
        if not taken.accepted and not taken.duplicate:
            say(f"No line is a visit of a page of {recall.slug}. Is it the right log?")


def _range(days: list[date]) -> str:
    return str(days[0]) if len(days) == 1 else f"{days[0]} to {days[-1]}"
