"""`recalldesk serve`: the web server, after everything it needs was checked.

Guarantee: it never shares a port with another server, a web process that dies is started again, so
is the worker for jobs, and none outlives it.
"""

import errno
import os
import socket
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from recalldesk.checks.effective import effective_limits
from recalldesk.cli import worker
from recalldesk.cli.beside import JobWorker
from recalldesk.cli.fit import refuse_unfit_settings, warn_of_scanner
from recalldesk.cli.screen import say
from recalldesk.config.database import refuse_too_many_connections, refuse_unprepared
from recalldesk.config.environment import THREADS
from recalldesk.foundation.passing_files import sweep
from recalldesk.foundation.problem import Problem
from recalldesk.metrics.processes import share
from recalldesk.recalls.reads import DATABASE_AWAY
from recalldesk.sealing.wrapping import refuse_keys_that_do_not_open
from recalldesk.units.live import forget, join_lists, live_index, wait_for_builds

HOST = "127.0.0.1"
SECONDS_TO_END = 5
"""What a worker has to finish its answers in, before it is killed."""
SECONDS_FOR_HEADERS = 10
GRANIANS_LOG: dict[str, Any] = {"loggers": {"_granian": {"propagate": True}}}
"""Its lines go the way of all others (config/logs.py)."""


class PortNotFree(Problem):
    """The port cannot be served on."""


def refuse_taken_port(port: int) -> None:
    """Raises PortNotFree where something listens on the port, or holds it."""
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        raise _taken(port)
    _bind(socket.SOCK_STREAM, port).close()


def hold_port(port: int) -> socket.socket:
    """Keeps every other `recalldesk serve` off the port until the socket is closed.

    Granian lets two servers listen on one port, so two that start at once would both find it free.
    A datagram socket of the same number goes to one process only, and falls with it.
    """
    return _bind(socket.SOCK_DGRAM, port)


def _bind(kind: socket.SocketKind, port: int) -> socket.socket:
    probe = socket.socket(socket.AF_INET, kind)
    if kind is socket.SOCK_STREAM:
        # Connections of a server that has just ended must not count as one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((HOST, port))
    except OSError as error:
        probe.close()
        if error.errno == errno.EADDRINUSE:
            raise _taken(port) from error
        raise PortNotFree(
            f"Port {port} cannot be opened: {error.strerror}.", "Name another with --port."
        ) from error
    return probe


def _taken(port: int) -> PortNotFree:
    return PortNotFree(
        f"Port {port} is taken.",
        "Something else serves there; name another with --port (or PORT=… for make demo).",
    )


def most_connections(workers: int, jobs: bool) -> int:
    """How many connections to the database all processes of a server open at most."""
    of_jobs = 2 * settings.ENVIRONMENT.jobs_at_once + 12 if jobs else 0
    return workers * (THREADS + 2) + of_jobs


def prepare_to_serve(connections_wanted: int = 0) -> None:
    """Checks the configuration, sweeps what a killed server left, collects static files, opens the
    index.

    Raises SystemCheckError where the configuration must not go on, TooManyConnections where the
    database takes fewer.
    """
    refuse_unfit_settings()
    sweep(settings.PASSING_FOLDER)
    call_command("collectstatic", interactive=False, verbosity=0)
    _settle_index(connections_wanted)


def _settle_index(connections_wanted: int = 0) -> None:
    """Builds what is missing of the index, and leaves nothing open: web processes are forked, and
    neither a thread nor a connection to the database may be shared with them.

    Raises DatabaseNotPrepared, TooManyConnections, or SealingError where the sealing keys are
    others than those in use. A database that does not answer is left to the web processes.
    """
    try:
        with suppress(*DATABASE_AWAY):
            refuse_too_many_connections(connections_wanted)
            refuse_unprepared()
            refuse_keys_that_do_not_open()
        live_index()
        wait_for_builds()
        join_lists()
    finally:
        forget()
        connections.close_all()


def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port; RECALLDESK_PORT otherwise.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Web processes.")] = None,
    jobs: Annotated[
        bool,
        typer.Option(help="Do the jobs that wait, too; else leave them to `recalldesk work`."),
    ] = True,
) -> None:
    """Serve the pages and the API on 127.0.0.1 until Ctrl-C."""
    port = port or settings.ENVIRONMENT.port
    refuse_taken_port(port)
    with hold_port(port):
        link_to(port)
        workers = workers or settings.ENVIRONMENT.workers
        prepare_to_serve(most_connections(workers, jobs))
        refuse_taken_port(port)
        warn_of_scanner()
        say(effective_limits(workers))
        say(f"Serving on http://{HOST}:{port}/  (Ctrl-C ends it)")
        _run(port, workers, jobs)


def link_to(port: int) -> None:
    """Has letters link to the port that is served, in this process and those that it starts."""
    os.environ["RECALLDESK_PORT"] = str(port)
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"port": port})


def _run(port: int, workers: int, jobs: bool) -> None:
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    share(settings.METRICS_FOLDER)
    web = Server(
        "recalldesk.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        workers_kill_timeout=SECONDS_TO_END,
        respawn_failed_workers=True,
        blocking_threads=THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_FOR_HEADERS * 1000),
        # Its one warning is that threads outnumber the processors, which is meant.
        log_level=LogLevels.error,
        log_dictconfig=GRANIANS_LOG,
    )
    job_worker = JobWorker()
    if jobs:
        web.on_startup(job_worker.start)
    try:
        web.serve(target_loader=partial(worker.application, os.getpid(), workers))
    finally:
        job_worker.end()
