"""What web processes count of themselves, and how the counts of all of one machine come together.

Guarantees: each process writes into a file of its own in `HOME/metrics`, which holds numbers only;
whichever process is asked adds up those of all. What a process that ended had counted stays until
`serve` is started anew; of the index only processes that live speak.
"""

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

from recalldesk.foundation import private_files

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client knows where processes meet. It reads it when it is
imported first, so `share` comes before that."""
OF_A_PROCESS = re.compile(r".*_(\d+)\.db")
PARTS = (
    *(("/desk/", "desk"), ("/api/", "api"), ("/webhooks/", "webhooks"), ("/static/", "static")),
    *(("/healthz", "watching"), ("/readyz", "watching"), ("/metrics", "watching")),
)
OWNERS = "owners"
"""All other pages."""
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def share(folder: Path) -> None:
    """Has this process, and those that it starts, count together. Raises OSError."""
    with suppress(FileExistsError):
        private_files.make_folder(folder)
    for path in _of_the_dead(folder, "*.db"):
        path.unlink(missing_ok=True)
    os.environ[FOLDER] = str(folder)


def sweep_gauges(folder: Path) -> None:
    """Takes away what processes that are gone said of their present."""
    for path in _of_the_dead(folder, "gauge_live*.db"):
        path.unlink(missing_ok=True)


def _of_the_dead(folder: Path, pattern: str) -> list[Path]:
    found = ((path, OF_A_PROCESS.fullmatch(path.name)) for path in folder.glob(pattern))
    return [path for path, named in found if named and not _lives(int(named[1]))]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def part_of(path: str) -> str:
    """The part of the site to which an address belongs."""
    return next((part for start, part in PARTS if path.startswith(start)), OWNERS)


def counted(application: Application) -> Application:
    """The application, with its answers counted by part and status, and timed.

    One that raises counts as an error: the server answers it with 500.
    """
    from recalldesk.metrics.registry import ANSWER_SECONDS, ANSWERS

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        part, began, status = part_of(environ.get("PATH_INFO", "")), perf_counter(), "5xx"

        def started(said: str, *more: Any) -> Any:
            nonlocal status
            status = f"{said[0]}xx"
            return start_response(said, *more)

        try:
            return application(environ, started)
        finally:
            ANSWER_SECONDS.labels(part).observe(perf_counter() - began)
            ANSWERS.labels(part, status).inc()

    return answer


def note_index() -> None:
    """Says when this process last knew its index to be the newest and whole."""
    from recalldesk.metrics.registry import INDEX_AT
    from recalldesk.units.live import live_index

    index = live_index()
    INDEX_AT.set(index.confirmed_at if index and not index.missing else 0)
