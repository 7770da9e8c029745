"""A desk as it runs for owners, whose web and job processes are killed again and again.

Guarantee: what ends is started again as a supervisor would; the database is never killed here.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.serving import children_of

WEB, JOBS = "web", "jobs"
PAUSES = (0.3, 1.6)
"""Seconds between two kills."""
GROWN_UP = 3.0
"""Seconds for which a process must have lived: one that has not begun breaks nothing."""


class KilledDesk:
    """`recalldesk serve` with web processes and its worker, and one more worker beside it."""

    def __init__(self, port: int, *, workers: int, environ: Mapping[str, str]) -> None:
        self._programs = {
            "serve": ["serve", "--port", str(port), "--workers", str(workers)],
            "work": ["work"],
        }
        self._environ = dict(environ)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ended = threading.Event()
        self.kills: Counter[str] = Counter()
        self.starts: Counter[str] = Counter()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Runs until the end of the block."""
        supervisor = threading.Thread(target=self._supervise, daemon=True)
        supervisor.start()
        try:
            yield
        finally:
            self._ended.set()
            supervisor.join()
            for process in self._running.values():
                process.terminate()
            for process in self._running.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(20)
                process.kill()
                process.wait()

    def _supervise(self) -> None:
        while not self._ended.is_set():
            for name, words in self._programs.items():
                process = self._running.get(name)
                if process is None or process.poll() is not None:
                    self.starts[name] += 1
                    self._running[name] = subprocess.Popen(
                        [sys.executable, "-m", "recalldesk", *words],
                        env=self._environ,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
            self._ended.wait(0.1)

    def kill(self, count: int, *, seed: int) -> None:
        """Kills so many processes, drawn from those that live: first a kind, then one of it."""
        draw = random.Random(seed)
        while sum(self.kills.values()) < count:
            time.sleep(draw.uniform(*PAUSES))
            living = self._living()
            kinds = sorted(kind for kind, found in living.items() if found)
            if not kinds:
                continue
            kind = draw.choice(kinds)
            # Only what this program started, or what that started: by its number.
            with suppress(ProcessLookupError):
                os.kill(draw.choice(living[kind]), signal.SIGKILL)
                self.kills[kind] += 1

    def _living(self) -> dict[str, list[int]]:
        serve, work = self._running.get("serve"), self._running.get("work")
        children = children_of(serve.pid) if serve and serve.poll() is None else []
        named = {pid: _words_of(pid) for pid in children}
        jobs = [pid for pid, words in named.items() if "--beside" in words]
        if work is not None and work.poll() is None:
            jobs.append(work.pid)
        web = [pid for pid, words in named.items() if "serve" in words]
        return {
            kind: [pid for pid in found if _age_of(pid) > GROWN_UP]
            for kind, found in ((WEB, web), (JOBS, jobs))
        }


def _age_of(pid: int) -> float:
    """Seconds since the process was started; 0 of one that is gone."""
    try:
        return time.time() - Path(f"/proc/{pid}").stat().st_ctime
    except OSError:
        return 0.0


def _words_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except OSError:
        return []
