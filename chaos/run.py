"""One run: a plan is carried out on an installation, which is then given time, and judged."""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chaos.installation import Installation
from chaos.plan import BACKED_UP_AT, HOUR, RESTORED_AT, Round, Sizes, Target, entered, rounds
from chaos.programs import Programs
from chaos.verdict import Outcome, Verdict

TOLD = "people.json"
TRIES = 5
TURN_WITHIN = 60.0
"""Seconds for which a round waits until people, and all whom they ask, came to something."""
SETTLE_PAUSE = 2.0
SETTLE_JUMP = HOUR / 2


class RunFailedError(RuntimeError):
    """A run could not be carried out as planned."""


@dataclass
class Ran:
    """What happened in a run. `left`: what had not come to its end when it was judged."""

    seed: int
    sizes: Sizes
    kills: Counter[Target] = field(default_factory=Counter)
    rounds: int = 0
    jumped: float = 0.0
    full: int = 0
    restored: bool = False
    seconds: float = 0.0
    left: dict[str, int] = field(default_factory=dict)
    verdict: Verdict = field(default_factory=Verdict)
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether all of the plan was carried out, and the verdict is good."""
        killed = sum(self.kills.values()) >= self.sizes.kills
        return killed and self.restored and self.verdict.is_good


def run(folder: Path, seed: int, sizes: Sizes, say: Callable[[str], object]) -> Ran:
    """Carries out the plan of a seed in an empty folder. Raises RunFailedError."""
    began, ran = time.monotonic(), Ran(seed, sizes)
    installation = Installation.in_folder(folder)
    (folder / "providers").mkdir()
    _python(installation, "chaos.preparing", str(sizes.claims))
    programs = Programs(installation, seed=seed, share=sizes.share)
    with programs.running():
        _Carried(installation, programs, ran, say).out()
        ran.kills = programs.kills
        _settle(installation, ran, say)
    ran.verdict = _judged(installation, ran)
    ran.seconds = time.monotonic() - began
    return ran


class _Carried:
    """The plan, carried out."""

    def __init__(
        self, installation: Installation, programs: Programs, ran: Ran, say: Callable[[str], object]
    ) -> None:
        self._installation, self._programs, self._ran, self._say = installation, programs, ran, say
        self._backup: threading.Thread | None = None

    def out(self) -> None:
        """All rounds, the backup and the restore among them."""
        sizes, weather = self._ran.sizes, self._installation.weather
        for each in rounds(self._ran.seed):
            done = sum(self._programs.kills.values())
            if done >= sizes.kills:
                return
            weather.enter(entered(sizes, done))
            if done >= sizes.kills * BACKED_UP_AT and self._backup is None:
                self._backup = threading.Thread(target=self._back_up, daemon=True)
                self._backup.start()
            if done >= sizes.kills * RESTORED_AT and not self._ran.restored:
                self._restore()
            self._round(each)
            self._ran.rounds += 1
            if self._ran.rounds % 10 == 0:
                self._say(
                    f"{sum(self._programs.kills.values())} kills, {_said(self._installation)}"
                )

    def _round(self, planned: Round) -> None:
        weather = self._installation.weather
        self._let_them_work()
        time.sleep(planned.pause)
        weather.jump(planned.jump)
        self._ran.jumped += abs(planned.jump)
        if planned.full:
            self._ran.full += 1
            weather.fill()
        for kill in planned.kills:
            if not self._programs.kill(kill):
                self._say(f"no {kill.target} came to life to be killed")
        time.sleep(planned.full)
        weather.free()

    def _let_them_work(self) -> None:
        """On a slow machine as on a quick one something happens between two rounds."""
        since, until = time.time(), time.monotonic() + TURN_WITHIN
        while time.monotonic() < until:
            told = _told(self._installation)
            is_up = all(map(self._programs.living, (Target.WORKER, Target.WEB)))
            if told.get("at", 0) > since and told.get("left") and is_up:
                return
            time.sleep(0.1)

    def _back_up(self) -> None:
        """Until one is whole: what it needs is killed meanwhile."""
        for _ in range(TRIES * 4):
            done = self._programs.run("backup", str(self._installation.backups))
            if done.returncode == 0:
                self._say("backed up")
                return
            self._say(f"backup: {done.stderr.strip()[-200:]}")

    def _restore(self) -> None:
        """The disk is lost, and the backup brought back to another one."""
        assert self._backup is not None
        self._backup.join()
        self._let_them_work()  # nobody dies with a file in hand: that is a person's to say
        with self._programs.all_dead():
            self._installation.lose_disk()
            done = self._programs.run("restore", str(self._installation.backups))
            if "Restored from" not in done.stdout:
                raise RunFailedError(f"restore failed:\n{done.stdout}{done.stderr}")
            if done.returncode:
                verified = self._programs.run("audit", "verify")
                said = verified.stdout + verified.stderr
                self._say(f"the restored log: {said}")
        self._ran.restored = True
        self._say(f"restored: {' '.join(done.stdout.split())[:300]}")


def _settle(installation: Installation, ran: Ran, say: Callable[[str], object]) -> None:
    """Gives all time to come to its end: hours pass, and nothing is killed any more."""
    weather = installation.weather
    weather.enter(ran.sizes.claims)
    until = time.monotonic() + ran.sizes.settles_within
    quiet, turn = 0, 0.0
    while time.monotonic() < until and quiet < 3:
        time.sleep(SETTLE_PAUSE)
        ran.told = _told(installation)
        if ran.told.get("at", 0.0) == turn:
            continue
        turn = ran.told["at"]
        weather.jump(SETTLE_JUMP)
        left = dict(ran.told.get("left") or {"asked": 1})
        missing = ran.sizes.claims - left.pop("claims", 0)
        ran.left = {name: count for name, count in (left | {"missing": missing}).items() if count}
        quiet = 0 if ran.left else quiet + 1
    say(f"settled: {_said(installation)}")


def _told(installation: Installation) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((installation.folder / TOLD).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return told


def _said(installation: Installation) -> str:
    told = _told(installation)
    return f"left {told.get('left')}, done {told.get('done')}, {(told.get('faults') or [''])[-1]}"


def _judged(installation: Installation, ran: Ran) -> Verdict:
    out = _python(installation, "chaos.judging", str(ran.sizes.claims), str(ran.seed))
    told = json.loads(out.strip().rsplit("\n", 1)[-1])
    return Verdict(
        outcomes=Counter({Outcome(name): count for name, count in told["outcomes"].items()}),
        bad=[(number, Outcome(name)) for number, name in told["bad"]],
        strange=told["strange"],
        codes=told["codes"],
        log=told["log"],
        log_rows=told["log_rows"],
    )


def _python(installation: Installation, module: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RunFailedError(f"{module} failed:\n{done.stderr}")
    return done.stdout
