"""A command beside a running demo knows its made-up services, and no other installation does."""

import stat
from pathlib import Path

import pytest

from recalldesk.config.made_up_services import connected, connected_file, read_environment

KEY = "RECALLDESK_EASYPOST_KEY"
LINES = "Made-up Warehouse | 1 Example Street | Springfield"
SAID = {KEY: "made-up-key", "RECALLDESK_SENDER_LINES": LINES}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a demo, in whose shell no service is named."""
    monkeypatch.setenv("RECALLDESK_PROFILE", "demo")
    monkeypatch.setenv("RECALLDESK_HOME", str(tmp_path))
    for name in SAID:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_while_they_run_every_program_of_the_demo_knows_them(home: Path) -> None:
    assert read_environment().easypost_key == ""
    with connected(home, SAID):
        found = read_environment()
        assert (found.easypost_key, found.sender_lines) == ("made-up-key", LINES)
        assert stat.S_IMODE(connected_file(home).stat().st_mode) == 0o600
    assert read_environment().easypost_key == ""
    assert not connected_file(home).exists()


def test_what_a_demo_left_that_was_killed_is_replaced(home: Path) -> None:
    connected_file(home).parent.mkdir()
    connected_file(home).write_text(f"{KEY}='of before'\n")
    connected_file(home).with_suffix(".part").write_text("half")
    with connected(home, SAID):
        assert read_environment().easypost_key == "made-up-key"


def test_the_environment_goes_before_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "named by hand")
    with connected(home, SAID):
        assert read_environment().easypost_key == "named by hand"


@pytest.mark.parametrize("profile", ["production", "test"])
def test_no_other_installation_reads_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    monkeypatch.setenv("RECALLDESK_PROFILE", profile)
    with connected(home, SAID):
        assert read_environment().easypost_key == ""
