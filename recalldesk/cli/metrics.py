"""`recalldesk metrics`: the figures for whoever watches, as text."""

import typer

from recalldesk.config.database import refuse_unprepared
from recalldesk.metrics.text import text


def metrics() -> None:
    """Print the figures of rows and disks, as Prometheus reads them; `/metrics` adds the pages'."""
    refuse_unprepared()
    typer.echo(text(of_processes=False).decode(), nl=False)
