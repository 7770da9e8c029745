"""`recalldesk serve`: the web server, after everything it needs was checked."""

from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from recalldesk.cli.screen import say
from recalldesk.units.live import live_index


def prepare_to_serve() -> None:
    """Checks the configuration, collects static files, opens the index.

    Raises SystemCheckError where the configuration must not go on.
    """
    call_command("check", deploy=settings.IS_PRODUCTION, fail_level="ERROR", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    live_index()


def serve(
    port: Annotated[int | None, typer.Option(help="The port; RECALLDESK_PORT otherwise.")] = None,
    workers: Annotated[int | None, typer.Option(help="Web processes.")] = None,
) -> None:
    """Serve the pages and the API on 127.0.0.1 until Ctrl-C."""
    from granian.constants import Interfaces
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
        blocking_threads=8,
        log_access=False,
    ).serve()
