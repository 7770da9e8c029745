"""`recalldesk database prepare` says which installation it is of; where the settings would start
nothing it refuses, and leaves nothing behind.
"""

import tempfile
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.accounts.models import Staff
from recalldesk.cli import database
from tests.cast import Command
from tests.cli.test_wrong_input import program
from tests.programs import ROOT


def test_without_any_settings_it_refuses_and_makes_nothing() -> None:
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as place:
        ran = program(
            *("database", "prepare"),
            RECALLDESK_PROFILE="production",
            RECALLDESK_HOME=f"{place}/var/recalldesk",
            RECALLDESK_SECRET_KEY="",
            DATABASE_URL="",
        )

        assert ran.returncode == 1
        assert "rd.E001" in ran.stderr
        assert "RECALLDESK_SECRET_KEY" in ran.stderr
        assert list(Path(place).iterdir()) == []


@pytest.mark.django_db
def test_it_says_which_profile_and_folder_and_what_comes_next(
    command: Command, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    monkeypatch.setattr(database, "prepare_database", lambda _waiting: None)
    settings.EMBEDDED_DATABASE, settings.EMBEDDED_FOLDER = True, tmp_path / "postgres"

    said = command("database", "prepare").out

    assert said.startswith("Profile test (it makes its own secrets")
    assert f"data folder {settings.HOME}, a new PostgreSQL in {tmp_path / 'postgres'}." in said
    assert "The database is ready." in said
    assert "recalldesk staff add EMAIL" in said

    (tmp_path / "postgres").mkdir()
    Staff.objects.create(email="ana@desk.example", name="Ana", role="administrator")
    said = command("database", "prepare").out

    assert f"the PostgreSQL in {tmp_path / 'postgres'}." in said
    assert said.strip().endswith("Next: `recalldesk serve`.")
