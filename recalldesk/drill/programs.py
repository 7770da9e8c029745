"""The programs of a sandbox: web server, workers, made-up providers.

Guarantees: they listen on 127.0.0.1 only; they end with the drill, however it ends.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from recalldesk.demo.services import MadeUpServices
from recalldesk.drill.errors import DrillFailed, DrillRefused
from recalldesk.drill.processor_time import those_below, used_by, used_with_ended
from recalldesk.drill.sandbox import Sandbox

READY_WITHIN = 240.0
SECONDS_TO_END = 15
BESIDE = "--beside"
"""Stands in the command of the worker that a web server starts."""


class Programs:
    """All of them, while the block lasts."""

    def __init__(
        self, sandbox: Sandbox, *, port: int, faults: float, seed: int, is_small: bool = False
    ) -> None:
        """`is_small`: one web process, and no worker but its own."""
        self._sandbox, self._output = sandbox, sandbox.said
        self._is_small = is_small
        self._port = port or free_port()
        self._services = MadeUpServices(
            folder=sandbox.providers,
            site=self.site,
            delivered_after=None,
            faults=faults,
            seed=seed,
        )
        self._running = ExitStack()
        self._server: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None

    @property
    def site(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self._port}"

    def address_of(self, provider: str) -> str:
        """Where a made-up provider listens."""
        address = self._services.settings[f"RECALLDESK_{provider.upper()}_ADDRESS"]
        return address.removesuffix("/api/v2")

    def processor_seconds(self) -> float | None:
        """Used so far by the web server and the database, the worker's own left out."""
        if self._server is None:
            return None
        return used_by(
            [self._server.pid, *self._sandbox.database_processes()], but=f"work {BESIDE}"
        )

    def worker_seconds(self) -> float | None:
        """Used so far by the workers, with all that they started, ended or not."""
        roots = [] if self._worker is None else [self._worker.pid]
        if self._server is not None:
            roots += those_below(self._server.pid, f"work {BESIDE}")
        return used_with_ended(roots)

    def __enter__(self) -> "Programs":
        try:
            self._running.enter_context(self._services)
            environment = os.environ | self._services.settings
            workers = "1" if self._is_small else "2"
            serve = ["serve", "--port", str(self._port), "--workers", workers]
            self._server = self._started(serve, environment)
            if not self._is_small:
                self._worker = self._started(["work"], environment)
            self._wait_until_ready()
        except BaseException:
            self._running.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    def _started(self, words: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        output = self._running.enter_context(self._output.open("ab"))
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "recalldesk.drill.beside", *words],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        self._running.callback(_end, process)
        return process

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self._server is None or self._server.poll() is not None:
                break
            with suppress(OSError), urllib.request.urlopen(f"{self.site}/readyz", timeout=5):  # noqa: S310 - ours
                return
            time.sleep(0.2)
        raise DrillFailed("The sandbox's server did not start.", _last_words(self._output))


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def refuse_taken_port(port: int) -> None:
    """Raises DrillRefused where something listens there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        raise DrillRefused(
            f"Port {port} is taken.", "Name another with --port, or none: a free one is found."
        )


def _last_words(path: Path) -> str:
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return f"It said: {' / '.join(lines[-3:])[:400]}" if lines else "It said nothing."


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
