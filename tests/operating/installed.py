"""An installation of its own for a test: its data folder, and all that stands outside it."""

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.prepared import lay_prepared
from tests.programs import ROOT, start

SECRETS = "secrets.json"
IS_KILLED = """
import os, signal, django
django.setup()
from pathlib import Path
from {module} import {name}
import {module} as module
def killed(*words, **named):
    os.kill(os.getpid(), signal.SIGKILL)
module.{name} = killed
from recalldesk.operating.restoring.restoring import Asked, restore
restore(Asked(Path({backups!r}), database_stands={stands}), lambda: None)
"""
"""A restore that is killed with -9 where it comes to a step."""
RUNS_A_STEP = """
import django
django.setup()
from tests.operating import filling
filling.{step}()
"""


@dataclass(frozen=True)
class Installed:
    """`home` is its data folder; archive, backups, journal and heads lie beside it."""

    home: Path
    database: str = ""
    """Its DATABASE_URL, where it has no embedded server."""

    @property
    def outside(self) -> Path:
        """Another disk, so to speak."""
        return self.home.parent / "elsewhere"

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self.outside / "backups"

    @property
    def environment(self) -> dict[str, str]:
        """Its settings."""
        its_own = {"DATABASE_URL": self.database} if self.database else {}
        return its_own | {
            "RECALLDESK_ARCHIVE_FOLDER": str(self.outside / "archive"),
            "RECALLDESK_JOURNAL_FOLDER": str(self.outside / "journal"),
            "RECALLDESK_LOG_HEADS_FOLDER": str(self.outside / "heads"),
        }

    def prepared(self) -> "Installed":
        """With its tables, and the folders beside it open to the database's user."""
        self.outside.mkdir(mode=0o755, exist_ok=True)
        if not self.database:
            lay_prepared(self.home)
        self.runs("database", "prepare")
        return self

    def moved(self, name: str) -> "Installed":
        """The same installation on a new disk: nothing is left but what stood outside it."""
        home = self.home.with_name(name)
        home.mkdir()
        home.chmod(0o711)
        shutil.copy(self.home / SECRETS, home / SECRETS)
        return Installed(home, self.database)

    def runs(self, *words: str, code: int = 0, **more: str) -> str:
        """What `recalldesk …` prints, and complains of."""
        program = start(self.home, *words, **self.environment | more)
        out, err = program.communicate(timeout=300)
        assert program.returncode == code, out + err
        return out + err

    @property
    def whole_environment(self) -> dict[str, str]:
        """What a program of its own needs to use the same database."""
        return self.environment | {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "recalldesk.config.settings",
            "RECALLDESK_PROFILE": "test",
            "RECALLDESK_HOME": str(self.home),
        }

    def is_killed_restoring(self, module: str, name: str, *, stands: bool = False) -> None:
        """A restore, killed as it comes to a function of a module."""
        code = IS_KILLED.format(module=module, name=name, backups=str(self.backups), stands=stands)
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.whole_environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr

    def filled(self, step: str) -> Any:
        """What a step of `filling` prints, as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", RUNS_A_STEP.format(step=step)],
            env=self.whole_environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")
