"""The examples, published with short lists, and served by one web process as for owners."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving import Server, free_port, running


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """The desk of the browser tests, in a process and a database of its own, with no limits."""
    folder.mkdir()
    port = free_port()
    environ = {"RECALLDESK_HOME": str(folder), "RECALLDESK_FREE_CHECKS": "1000000"}
    desk = ["tests.portal.browser.desk", str(folder), str(port)]
    with running(desk, port, environ) as server:
        yield server
