"""`recalldesk demo`: from nothing to right answers in a browser. Never for real owners."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.cli.database import say_waiting
from recalldesk.cli.demo_tour import FIRST, take_tour
from recalldesk.cli.screen import complain, say, working
from recalldesk.cli.serials import progress_bar
from recalldesk.cli.serve import link_to, refuse_taken_port
from recalldesk.config.database import DEMO, one_at_a_time, prepare_database
from recalldesk.config.made_up_services import connected
from recalldesk.demo.desk import ADMINISTRATOR, REGULATOR, way_into_the_desk, way_to_a_seat
from recalldesk.demo.firm import APPROVER, AUTHOR, DemoFirm, demo_staff
from recalldesk.demo.lists import A1263_UNITS, MOST_UNITS
from recalldesk.demo.services import MadeUpServices
from recalldesk.demo.tour import TourEnded
from recalldesk.foundation.shipped import shipped
from recalldesk.recalls.reads import recall_named

SECONDS_TO_END = 10
"""More than `recalldesk serve` gives its own workers."""


def demo(
    examples: Annotated[
        Path | None, typer.Option(help="The folder of example recalls; else those that came along.")
    ] = None,
    units: Annotated[
        int,
        typer.Option(envvar="DEMO_UNITS", min=100, max=MOST_UNITS, help="Made-up A1263 serials."),
    ] = A1263_UNITS,
    port: Annotated[
        int, typer.Option(envvar="PORT", min=1, max=65535, help="The port on 127.0.0.1.")
    ] = 8000,
    serve: Annotated[
        bool, typer.Option(envvar="SERVE", help="Serve until Ctrl-C after the tour.")
    ] = True,
) -> None:
    """Publish the examples with made-up serials, take a tour through HTTP, then serve."""
    if settings.IS_PRODUCTION:
        sys.exit(
            complain(
                "The demo makes up owners, staff and serials; this is a production profile.",
                "Run it with RECALLDESK_PROFILE=demo (`make demo` does).",
            )
        )
    examples = examples or shipped("examples")
    if not (examples / FIRST / "recall.toml").exists():
        sys.exit(complain(f"{examples} holds no examples.", "Name the folder with --examples."))
    refuse_taken_port(port)
    link_to(port)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Set here, since a shell starts what runs in the background deaf to Ctrl-C.
        signal.signal(ending, signal.default_int_handler)
    try:
        _publish(examples, units)
        code = _serve_and_tour(port, serve)
    except KeyboardInterrupt:
        say("Stopped.")
        code = 0
    sys.exit(code)


def _publish(examples: Path, units: int) -> None:
    began = time.monotonic()
    say(f"With {units:,} made-up serials this takes up to two minutes the first time.")
    say("Preparing the database …")
    prepare_database(say_waiting)
    with one_at_a_time(DEMO, say_waiting):
        say("Publishing the examples; every serial is made up …")
        firm = _firm(examples, units)
        firm.publish_all()
        firm.stock_up()
        firm.bring_in_reports(FIRST)
        firm.do_in_public(FIRST)
        firm.tell_partners(FIRST)
        firm.send_a_draft(FIRST)
    say(f"Ready after {time.monotonic() - began:.0f} seconds.")


def _firm(examples: Path, units: int) -> DemoFirm:
    anew = f"remove the folder {settings.HOME}" if settings.EMBEDDED_DATABASE else "empty it"
    return DemoFirm(
        author=demo_staff(AUTHOR, "Demo author"),
        approver=demo_staff(APPROVER, "Demo approver"),
        examples=examples,
        folder=settings.HOME,
        a1263_units=units,
        anew=anew,
        tell=say,
        progress_bar=progress_bar,
        working=working,
    )


def _serve_and_tour(port: int, serve: bool) -> int:
    """Runs made-up services and the web server beside the tour, out of reach of the terminal's
    Ctrl-C; ends them all."""
    address = f"http://127.0.0.1:{port}"
    with (
        MadeUpServices(folder=settings.HOME / "providers", site=address) as services,
        connected(settings.HOME, services.settings),
    ):
        return _tour_beside(port, serve, address, os.environ | services.settings)


def _tour_beside(port: int, serve: bool, address: str, environment: Mapping[str, str]) -> int:
    command = [sys.executable, "-m", "recalldesk", "serve", "--port", str(port)]
    # What it says of itself is true only where it goes on; its errors are shown always.
    told = None if serve else subprocess.DEVNULL
    server = subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, start_new_session=True, stdout=told
    )
    try:
        take_tour(address, lambda: server.poll() is None)
        if serve:
            say(f"Open {address}/ in a browser.")
            say_way_into_the_desk(port)
            say_way_to_a_seat(port)
            return server.wait()
    except TourEnded as ended:
        return complain(str(ended), "What the server said stands above.")
    finally:
        _end(server)
    return 0


def say_way_into_the_desk(port: int) -> None:
    """Says where the desk is and how to get in. By its name: passkeys know no bare addresses."""
    site = f"http://localhost:{port}"
    link = way_into_the_desk(site)
    if link:
        say(f"The desk, where staff decide claims: join it as its administrator by {link}")
    else:
        say(f"The desk, where staff decide claims: sign in at {site}/desk/ as {ADMINISTRATOR}")


def say_way_to_a_seat(port: int) -> None:
    """Says how to see a recall as an authority does."""
    recall = recall_named(FIRST)
    if recall is None:
        return
    site = f"http://localhost:{port}"
    link = way_to_a_seat(recall, by=demo_staff(AUTHOR, "Demo author"), site=site)
    way = f"join it by {link}" if link else f"sign in at {site}/desk/ as {REGULATOR}"
    say(f"The same recall as an authority reads it, in a private window: {way}")


def _end(server: subprocess.Popen[bytes]) -> None:
    """Ends the server with its workers; another Ctrl-C meanwhile changes nothing."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
