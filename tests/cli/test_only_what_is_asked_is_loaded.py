"""A command loads no other: each program that starts would wait for what it does not run."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from recalldesk.cli.commands import GROUPS, SINGLE, app_for
from tests.cast import Command

HEAVY = ("duckdb", "ibis", "numpy", "pandas", "pyarrow", "splink")
LOADED = """
import sys
sys.argv = ["recalldesk", {word!r}, "--help"]
from recalldesk.cli import main
try:
    main.run()
except SystemExit:
    print("LOADED", *(each for each in sys.modules if "." not in each or "recalldesk.cli." in each))
"""


@pytest.mark.parametrize("word", ["recall", "check", "database"])
def test_a_command_loads_neither_others_nor_what_they_need(word: str, tmp_path: Path) -> None:
    settings = {"RECALLDESK_HOME": str(tmp_path), "DATABASE_URL": "postgres://127.0.0.1:1/none"}
    ran = subprocess.run(
        [sys.executable, "-c", LOADED.format(word=word)],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(ran.stdout.partition("LOADED ")[2].split())
    assert f"recalldesk.cli.{word}" in loaded
    assert "recalldesk.cli.purchasers" not in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("word", [*GROUPS, *SINGLE])
def test_each_word_leads_to_what_help_lists(word: str) -> None:
    every = typer.main.get_command(app_for(""))
    asked = typer.main.get_command(app_for(word))
    assert list(asked.commands) == [word]  # type: ignore[attr-defined]
    one, listed = asked.commands[word], every.commands[word]  # type: ignore[attr-defined]
    assert one.help == listed.help
    assert list(getattr(one, "commands", ())) == list(getattr(listed, "commands", ()))


def test_a_word_that_is_no_command_knows_them_all() -> None:
    every = typer.main.get_command(app_for("nonsense"))
    assert {*every.commands} == {*GROUPS, *SINGLE}  # type: ignore[attr-defined]


def test_it_says_which_version_it_is(command: Command) -> None:
    ran = command("--version")
    assert (ran.code, ran.out) == (0, f"recalldesk {importlib.metadata.version('recalldesk')}\n")
    assert list(getattr(typer.main.get_command(app_for("--version")), "commands", ())) == []
