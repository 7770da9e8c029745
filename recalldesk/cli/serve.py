"""`recalldesk serve`: the web server, after everything it needs was checked."""

from io import StringIO
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from recalldesk.cli.screen import say
from recalldesk.units.live import live_index

THREADS = 4
"""A process; each waits for the database now and then, so that more than one is of use."""


def prepare_to_serve() -> None:
    """Checks the configuration, collects static files, opens the index.

    Raises SystemCheckError where the configuration must not go on.
    """
    with StringIO() as unsaid:
        call_command("check", deploy=settings.IS_PRODUCTION, fail_level="ERROR", stdout=unsaid)
    call_command("collectstatic", interactive=False, verbosity=0)
    live_index()


def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port; RECALLDESK_PORT otherwise.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Web processes.")] = None,
) -> None:
    """Serve the pages and the API on 127.0.0.1 until Ctrl-C."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    prepare_to_serve()
    port = port or settings.ENVIRONMENT.port
    say(f"Serving on http://127.0.0.1:{port}/  (Ctrl-C ends it)")
    Server(
        "recalldesk.config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or settings.ENVIRONMENT.workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
