"""The programs of a run: started, started again when they end, and killed by their own numbers.

Guarantee: only what a run started, or what that started, is ever killed; a kill counts only where
the process lived, and had lived long enough to be at something.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.serving import children_of, processor_seconds_of
from chaos.installation import KEY, SECRET, WITH_TRAYS, Installation
from chaos.plan import PROVIDERS, Kill, Target, fault_seed

GROWN_UP = {Target.WEB: 0.25, Target.WORKER: 1.2, Target.POSTGRES: 0.004}
"""Processor seconds that a process must have used, whatever else the machine does: one that has not
begun breaks nothing. Of a provider QUICK."""
QUICK = 0.03
AGAIN_AFTER = 1.0
WAITED_FOR = 60.0
"""Seconds for which a kill waits for something that it can kill."""
WORKERS = ("worker 1", "worker 2")
PEOPLE = "people"
COMES_BACK = 0.02
"""The share of parcels that come back, and of accounts that the bank does not know."""


class Programs:
    """All programs of an installation. `output`: what they print, for whoever looks into a run."""

    def __init__(self, installation: Installation, *, seed: int, share: float) -> None:
        self._installation, self._seed, self._share = installation, seed, share
        self._environ = installation.environment
        self._output = installation.folder / "output"
        self._output.mkdir()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._paused, self._ended = threading.Event(), threading.Event()
        self._turn = threading.Lock()
        self._started_at: dict[str, float] = {}
        self.kills: Counter[Target] = Counter()
        self.starts: Counter[str] = Counter()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Runs all of them until the end of the block."""
        supervisor = threading.Thread(target=self._supervise, daemon=True)
        supervisor.start()
        try:
            yield
        finally:
            self._ended.set()
            supervisor.join()
            self._end_all()

    def run(self, *words: str, within: float = 180.0) -> subprocess.CompletedProcess[str]:
        """Runs `recalldesk …` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "recalldesk", *words],
            env=self._environ,
            capture_output=True,
            text=True,
            timeout=within,
            check=False,
        )

    def kill(self, kill: Kill) -> bool:
        """Kills one of a kind once one lives; whether it did."""
        until = time.monotonic() + WAITED_FOR
        while time.monotonic() < until:
            living = self.living(kill.target)
            if living and self._killed(living[int(kill.which * len(living))]):
                self.kills[kill.target] += 1
                return True
            time.sleep(0.1)
        return False

    @contextmanager
    def all_dead(self) -> Iterator[None]:
        """Kills everything that uses the data folder, and keeps it dead until the block ends."""
        with self._turn:
            self._paused.set()
            for target in (Target.WEB, Target.WORKER, Target.POSTGRES):
                for pid in self.living(target, grown_up=False):
                    self.kills[target] += self._killed(pid)
            for name in ("serve", *WORKERS, PEOPLE):
                process = self._running[name]
                process.kill()
                process.wait()
            for pid in self.living(Target.POSTGRES, grown_up=False):  # a last one started it anew
                self._killed(pid)
        time.sleep(2.5)  # children of both see that their parents are gone
        try:
            yield
        finally:
            self._paused.clear()

    def living(self, target: Target, *, grown_up: bool = True) -> list[int]:
        """The processes of a kind that live; of the web server those that answer, and it itself
        while any does."""
        least = GROWN_UP.get(target, QUICK) if grown_up else -1.0
        found = sorted(pid for pid in self._of_kind(target) if _used_by(pid) > least)
        if target is not Target.WEB:
            return found
        servers = list(self._named("serve"))
        return found + servers if found or not grown_up else []

    def _of_kind(self, target: Target) -> Iterator[int]:
        match target:
            case Target.POSTGRES:
                yield from _postmasters(self._installation.home)
            case Target.WEB:
                for server in self._named("serve"):
                    yield from children_of(server)
            case Target.WORKER:
                yield from self._named(*WORKERS)
            case _:
                yield from self._named(target.value)

    def _named(self, *names: str) -> Iterator[int]:
        for name in names:
            process = self._running.get(name)
            if process is not None and process.poll() is None:
                yield process.pid

    def _killed(self, pid: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return True
        return False

    def _supervise(self) -> None:
        commands = self._commands()
        while not self._ended.wait(0.1):
            with self._turn:
                for name in commands:
                    process = self._running.get(name)
                    is_ours = name in ("serve", *WORKERS, PEOPLE)
                    is_dead = process is None or process.poll() is not None
                    is_held = is_ours and self._paused.is_set()
                    if is_dead and not is_held and self._may_start(name):
                        self._start(name)

    def _may_start(self, name: str) -> bool:
        """As a supervisor does: what ends at once is not started again at once."""
        return time.monotonic() - self._started_at.get(name, float("-inf")) > AGAIN_AFTER

    def _start(self, name: str) -> None:
        self.starts[name] += 1
        self._started_at[name] = time.monotonic()
        words = self._commands()[name]
        with (self._output / f"{name}.txt").open("ab") as output:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", *words], env=self._environ, stdout=output, stderr=output
            )

    def _commands(self) -> dict[str, list[str]]:
        port = str(self._installation.ports[Target.WEB])
        serve = ["recalldesk", "serve", "--no-jobs", "--port", port, "--workers", "2"]
        return {
            **{target.value: self._provider(target) for target in PROVIDERS},
            "serve": serve,
            **{name: ["recalldesk", "work"] for name in WORKERS},
            PEOPLE: ["chaos.people"],
        }

    def _provider(self, target: Target) -> list[str]:
        ledger = ["--ledger", str(self._installation.ledger(target))]
        if target in WITH_TRAYS:
            refused = "--returned" if target is Target.WAREHOUSE else "--refused"
            words = [f"recalldesk.demo.providers.{target}", str(self._installation.trays(target))]
            return [*words, *ledger, "--seed", str(self._seed), refused, str(COMES_BACK)]
        faults = fault_seed(self._seed, target, self.starts[target.value])
        return [
            *("recalldesk.demo.providers", target.value, *ledger, "--key", KEY),
            *("--port", str(self._installation.ports[target]), "--secret", SECRET),
            *("--webhook", f"{self._installation.web}/webhooks/remedies/{target}/"),
            *("--seed", str(faults), "--share", str(self._share)),
        ]

    def _end_all(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
        for pid in _postmasters(self._installation.home):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)


def _postmasters(home: Path) -> Iterator[int]:
    """The database server of a data folder, while it lives."""
    for path in (home / "postgres").rglob("postmaster.pid"):
        with suppress(OSError, ValueError, IndexError):
            pid = int(path.read_text(encoding="utf-8").split("\n")[0])
            if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
                yield pid


def _used_by(pid: int) -> float:
    """Processor seconds that a process has used; 0 of one that is gone."""
    try:
        return processor_seconds_of(pid)
    except OSError:
        return 0.0
