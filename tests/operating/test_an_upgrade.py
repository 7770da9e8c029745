"""An upgrade backs up first, does its steps, and may run again."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import recalldesk.reports.migrations
from recalldesk.operating.doctor.database import tables_unfit
from tests.cast import Command
from tests.operating.installed import Installed
from tests.programs import data_folder

# No other package has steps that follow on those of reports: one step back is one step.
STEPS = Path(recalldesk.reports.migrations.__path__[0]).glob("0*.py")
BEFORE, LAST = sorted(each.stem for each in STEPS)[-2:]
FILLED_AND_STEPPED_BACK = f"""
import django
django.setup()
from django.core.management import call_command
from tests.operating import filling
{{step}}
filling.show()
call_command("migrate", "reports", "{BEFORE}", verbosity=0)
"""
"""In one program: each that is started costs two seconds."""
NEWER = "INSERT INTO django_migrations (app, name, applied) VALUES ('claims', '9999_later', now())"


def stepped_back(installed: Installed, step: str = "") -> Any:
    """What is there, after a step of `filling`; then its tables are those of an earlier version."""
    code = FILLED_AND_STEPPED_BACK.format(step=step)
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env=installed.whole_environment, capture_output=True, check=True)
    return json.loads(ran.stdout)


def test_it_backs_up_first_says_what_it_did_and_may_run_again() -> None:
    with data_folder() as home:
        older = Installed(home).prepared()
        before = stepped_back(older, "filling.fill()")
        assert "no folder for a backup is named" in older.runs("upgrade", code=1)
        assert "Steps of the tables are missing" in older.runs("doctor", code=1)
        said = older.runs("upgrade", "--backup", str(older.backups))
        assert "A backup was taken" in said
        assert f"1 step of the tables: reports.{LAST}." in said
        assert len(list(older.backups.glob("2*/manifest.json"))) == 1
        assert "no backup was needed" in older.runs("upgrade")
        assert stepped_back(older)["owners"] == before["owners"]
        said = older.runs("upgrade", "--no-backup", "A copy of the disk was made just now.")
        assert "A backup was taken" not in said
        assert len(list(older.backups.glob("2*/manifest.json"))) == 1


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_left_alone(command: Command) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEWER)
    ran = command("upgrade")
    assert ran.code == 1
    assert "claims.9999_later is not known here" in ran.err
    assert [(found.id, "newer version" in found.words) for found in tables_unfit()] == [
        ("rd.D011", True)
    ]
