"""An upgrade backs up first, does its steps, and may run again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import recalldesk.reports.migrations
from tests.operating.installed import Installed
from tests.programs import data_folder

# No other package has steps that follow on those of reports: one step back is one step.
STEPS = Path(recalldesk.reports.migrations.__path__[0]).glob("0*.py")
BEFORE, LAST = sorted(each.stem for each in STEPS)[-2:]
STEP_BACK = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "reports", "{BEFORE}", verbosity=0)
"""
FROM_TOMORROW = """
import django
django.setup()
from django.db import connection
from tests.now_and_then import now_and_then

pytestmark = now_and_then
connection.cursor().execute(
    "INSERT INTO django_migrations (app, name, applied) VALUES ('claims', '9999_later', now())"
)
"""


@pytest.fixture(scope="module")
def older() -> Iterator[Installed]:
    """A filled installation whose tables are those of an earlier version."""
    with data_folder() as home:
        installed = Installed(home).prepared()
        installed.filled("fill")
        does(installed, STEP_BACK)
        yield installed


def does(installed: Installed, code: str) -> None:
    subprocess.run([sys.executable, "-c", code], env=installed.whole_environment, check=True)


def test_it_backs_up_first_says_what_it_did_and_may_run_again(older: Installed) -> None:
    before = older.filled("show")
    said = older.runs("upgrade", code=1)
    assert "no folder for a backup is named" in said
    assert "Steps of the tables are missing" in older.runs("doctor", code=1)
    said = older.runs("upgrade", "--backup", str(older.backups))
    assert "A backup was taken" in said
    assert f"1 step of the tables: reports.{LAST}." in said
    assert len(list(older.backups.glob("2*/manifest.json"))) == 1
    assert "no backup was needed" in older.runs("upgrade")
    assert older.filled("show")["owners"] == before["owners"]
    does(older, STEP_BACK)
    said = older.runs("upgrade", "--no-backup", "A copy of the disk was made just now.")
    assert "A backup was taken" not in said
    assert len(list(older.backups.glob("2*/manifest.json"))) == 1
    does(older, FROM_TOMORROW)
    said = older.runs("upgrade", code=1)
    assert "claims.9999_later is not known here" in said
    assert "newer version" in older.runs("doctor", code=1)
