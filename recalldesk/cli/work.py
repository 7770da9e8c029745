"""`recalldesk work`: does the jobs that wait: mails, photos, what is due."""

import threading
from contextlib import suppress
from typing import Annotated

import typer
from django.conf import settings
from django.db import connections

from recalldesk.cli.fit import refuse_unfit_settings, warn_of_scanner
from recalldesk.cli.screen import counted, say
from recalldesk.cli.worker import end_with
from recalldesk.config.database import refuse_unprepared
from recalldesk.config.embedded.base import server
from recalldesk.recalls.reads import DATABASE_AWAY
from recalldesk.sealing.wrapping import refuse_keys_that_do_not_open


def work(
    at_once: Annotated[
        int | None,
        typer.Option(min=1, max=16, help="Jobs at once; RECALLDESK_JOBS_AT_ONCE otherwise."),
    ] = None,
    beside: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Do the jobs that wait, until Ctrl-C. `recalldesk serve` starts one such worker itself."""
    if beside is not None:
        threading.Thread(target=end_with, args=(beside,), daemon=True).start()
    refuse_unfit_settings()
    # Beside a server that serves without its database, it waits for that too.
    with suppress(*(DATABASE_AWAY if beside is not None else ())):
        refuse_unprepared()
        refuse_keys_that_do_not_open()
    connections.close_all()
    if beside is None:
        warn_of_scanner()
    from recalldesk.jobs.worker import work as work_off

    jobs = at_once or settings.ENVIRONMENT.jobs_at_once

    def ready() -> None:
        if beside is None:
            say(f"Working, {counted(jobs, 'job', 'jobs')} at once.  (Ctrl-C ends it)")

    work_off(at_once=jobs, ready=ready, before_cut_off=_leave_database)


def _leave_database() -> None:
    """A process that is ended in the middle of a job leaves none of its own behind."""
    if settings.EMBEDDED_DATABASE:
        server().stop_if_last()
