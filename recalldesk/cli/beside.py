"""The worker for jobs that `recalldesk serve` has beside its web processes.

Guarantees: one that dies is started again; it ends with the server, and where the server is killed
it outlives it by no more than two seconds.
"""

import os
import subprocess
import sys
import threading
import time

import structlog

log = structlog.get_logger()
SECONDS_TO_END = 6
"""More than the worker gives its jobs."""
LONGEST_PAUSE = 30
LIVED_LONG = 60


class JobWorker:
    """One process, and the thread that looks after it."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and sees to it from now on."""
        self._launch()
        threading.Thread(target=self._look_after, daemon=True).start()

    def end(self) -> None:
        """Ends it, and waits until it is gone."""
        with self._turn:
            self._ended.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _launch(self) -> subprocess.Popen[bytes]:
        # In a session of its own: a Ctrl-C at the terminal is for the server, which passes it on.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "recalldesk", "work", "--beside", str(os.getpid())],
            start_new_session=True,
        )
        return self._process

    def _look_after(self) -> None:
        process, short_lives = self._process, 0
        while process is not None:
            began = time.monotonic()
            code = process.wait()
            if self._ended.is_set():
                return
            log.warning("job_worker_ended", code=code)
            short_lives = 0 if time.monotonic() - began > LIVED_LONG else short_lives + 1
            if self._ended.wait(min(2 ** min(short_lives, 10), LONGEST_PAUSE)):
                return
            with self._turn:
                process = None if self._ended.is_set() else self._launch()
