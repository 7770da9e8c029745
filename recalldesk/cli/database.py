"""`recalldesk database`: make the tables, say how it stands."""

import typer
from django.conf import settings

from recalldesk.cli.screen import say
from recalldesk.config.database import prepare_database
from recalldesk.config.embedded.base import server

app = typer.Typer(no_args_is_help=True)


@app.command("prepare")
def prepare() -> None:
    """Create or update all tables. Safe to run again."""
    prepare_database(say_waiting)
    say("The database is ready.")


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
