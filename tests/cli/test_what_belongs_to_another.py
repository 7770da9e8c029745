"""Who may not open a file is told whose it is and what to do."""

import os
from pathlib import Path

import pytest

from recalldesk.cli import main
from tests.strangers import find_stranger


def test_a_file_of_another_user_is_named_with_its_owner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = find_stranger()
    file = tmp_path / "secrets.json"
    file.touch()
    os.chown(file, stranger.uid, stranger.gid)
    assert main._complain_of_file(PermissionError(13, "Permission denied", str(file))) == 1
    said = capsys.readouterr().err
    assert f"It belongs to the user {stranger.name}." in said
    assert f"Run this as {stranger.name}" in said
    assert "chown -R" in said


def test_a_file_of_ours_is_only_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main._complain_of_file(PermissionError(13, "Permission denied", str(tmp_path / "x")))
    assert "belongs" not in capsys.readouterr().err
