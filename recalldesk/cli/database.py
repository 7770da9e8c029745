"""`recalldesk database`: make the tables, say how it stands."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.accounts.reads import there_is_staff
from recalldesk.cli.fit import refuse_unfit_settings
from recalldesk.cli.screen import say
from recalldesk.config.database import prepare_database
from recalldesk.config.embedded.base import server
from recalldesk.foundation.problem import Problem
from recalldesk.reports.sums.checking import Checked, check, make_anew

app = typer.Typer(no_args_is_help=True)
SHOWN = 20


class SumsDiffer(Problem):
    """Sums are not those of their rows."""


@app.command("prepare")
def prepare() -> None:
    """Create or update all tables. Safe to run again.

    Says first which profile and data folder it is of. Settings with which nothing would start are
    refused before anything is made.
    """
    refuse_unfit_settings()
    say(_whose())
    prepare_database(say_waiting)
    say("The database is ready.")
    say(_next())


def _whose() -> str:
    """Which installation it is: without settings it would be one in whatever folder one stands."""
    profile = settings.PROFILE.value
    of = "" if settings.IS_PRODUCTION else " (it makes its own secrets, and is for no real owners)"
    place = "PostgreSQL at DATABASE_URL"
    if settings.EMBEDDED_DATABASE:
        is_there = Path(settings.EMBEDDED_FOLDER).exists()
        place = f"{'the' if is_there else 'a new'} PostgreSQL in {settings.EMBEDDED_FOLDER}"
    return f"Profile {profile}{of}, data folder {settings.HOME}, {place}."


def _next() -> str:
    if there_is_staff():
        return "Next: `recalldesk serve`."
    return (
        "Next: the first administrator, `recalldesk staff add EMAIL --name NAME --role "
        "administrator`; then `recalldesk serve`."
    )


def say_waiting() -> None:
    """Why nothing seems to happen."""
    say("Another program is at this database; waiting for it …")


@app.command("status")
def status() -> None:
    """Say which database is used and, for the embedded one, whether it runs."""
    if not settings.EMBEDDED_DATABASE:
        say("PostgreSQL at DATABASE_URL.")
        return
    found = server().status()
    running = (
        f"runs as process {found.pid}"
        if found.running
        else "does not run now; any command that needs it starts it"
    )
    say(f"The embedded PostgreSQL in {settings.EMBEDDED_FOLDER} {running}.")


@app.command("sums")
def sums(
    repair: Annotated[bool, typer.Option("--repair", help="Make them anew from the rows.")] = False,
) -> None:
    """Count anew what pages of figures keep sums of, and say whether they are the same."""
    found = check()
    if found.is_right:
        say("The sums are what the rows add up to.")
        return
    _say_differences(found)
    if not repair:
        raise SumsDiffer("Sums are not what the rows add up to.", "Run it again with --repair.")
    make_anew()
    say("They were made anew, and are what the rows add up to.")


def _say_differences(found: Checked) -> None:
    for each in found.differences[:SHOWN]:
        say(f"{each.day} {each.kind} {each.key}: kept {each.kept:,}, counted {each.counted:,}")
    if len(found.differences) > SHOWN:
        say(f"and {len(found.differences) - SHOWN:,} more sums.")
    if found.purchases:
        say(f"Purchases that are kept otherwise than they are: {found.purchases:,}.")
