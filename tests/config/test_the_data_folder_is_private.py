"""The data folder is closed to others where we make it; root's lets its database's user through."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strangers import careless_umask, find_stranger, mode, place_for_everybody, run_as

IS_ROOT = os.geteuid() == 0
SERVER = "postgres://u:p@127.0.0.1/x"


@pytest.fixture
def home() -> Iterator[Path]:
    """Where the data folder will be."""
    with place_for_everybody() as folder:
        yield folder / "kept" / "home"


def set_up(home: Path, database_url: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "recalldesk.config.settings", "RECALLDESK_HOME": home}
    with careless_umask():
        subprocess.run(
            [sys.executable, "-c", "import django; django.setup()"],
            env=os.environ | settings | {"DATABASE_URL": database_url},
            check=True,
        )


@pytest.mark.parametrize(
    ("database_url", "expected"), [("", 0o711 if IS_ROOT else 0o700), (SERVER, 0o700)]
)
def test_nobody_else_looks_into_it(home: Path, database_url: str, expected: int) -> None:
    set_up(home, database_url)
    assert oct(mode(home)) == oct(expected)
    assert oct(mode(home / "secrets.json")) == oct(0o600)


def test_one_that_is_there_stays_as_its_owner_made_it(home: Path) -> None:
    home.mkdir(parents=True)
    home.chmod(0o750)
    set_up(home, "")
    assert oct(mode(home)) == oct(0o750)


def test_an_ordinary_users_is_closed_with_the_embedded_database_too(home: Path) -> None:
    stranger = find_stranger()
    home.parent.mkdir()
    os.chown(home.parent, stranger.uid, stranger.gid)
    run_as(
        stranger,
        "from pathlib import Path\nfrom recalldesk.config.home import prepare_home",
        f"os.umask(0)\nprepare_home(Path({str(home)!r}), embedded_database=True)",
    )
    assert oct(mode(home)) == oct(0o700)
