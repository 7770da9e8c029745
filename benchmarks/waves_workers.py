"""Workers that are killed again and again, and the mail server to which they send."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

GROWN_UP = 8.0
"""Seconds for which a worker must have lived: one that has not begun breaks nothing."""


class Workers:
    """`recalldesk work` several times over; one that ends is started again."""

    def __init__(self, count: int, environ: Mapping[str, str]) -> None:
        self._count, self._environ = count, dict(environ)
        self._running: list[tuple[subprocess.Popen[bytes], float]] = []
        self._ended = threading.Event()
        self.kills = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Until the end of the block."""
        supervisor = threading.Thread(target=self._supervise, daemon=True)
        supervisor.start()
        try:
            yield
        finally:
            self._ended.set()
            supervisor.join()
            for process, _ in self._running:
                process.terminate()
            for process, _ in self._running:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(20)
                process.kill()
                process.wait()

    def kill_as_they_come(
        self, count: int, *, whole: int, done: Callable[[], int], seed: int
    ) -> None:
        """So many kills: each when so many of the whole are done, drawn at random."""
        draw = random.Random(seed)
        moments = sorted(draw.randrange(whole // 50, whole * 95 // 100) for _ in range(count))
        for moment in moments:
            while done() < moment:
                time.sleep(draw.uniform(0.005, 0.1))
            while not self._kill_one(draw):
                time.sleep(0.05)

    def _kill_one(self, draw: random.Random) -> bool:
        grown = [
            process
            for process, since in list(self._running)
            if process.poll() is None and time.monotonic() - since > GROWN_UP
        ]
        if not grown:
            return False
        draw.choice(grown).send_signal(signal.SIGKILL)  # a child of its own, by its number
        self.kills += 1
        return True

    def _supervise(self) -> None:
        while not self._ended.is_set():
            living = [each for each in self._running if each[0].poll() is None]
            while len(living) < self._count:
                process = subprocess.Popen(
                    [sys.executable, "-m", "recalldesk", "work"],
                    env=self._environ,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                living.append((process, time.monotonic()))
            self._running = living
            self._ended.wait(0.1)


@contextmanager
def sink(kept: Path) -> Iterator[int]:
    """The port of a mail server that writes what it takes into a file."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.waves_sink", str(kept)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
