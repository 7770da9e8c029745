"""`recalldesk wishes`: a file for one's own eyes, and forgetting."""

import csv
from pathlib import Path

import pytest

from recalldesk.outreach.actions import ask_to_be_told
from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from tests.cast import FAR, SLUG, Command

AS = ("--as", "author@desk.example")
CONTACT = "owner@home.example"


@pytest.fixture(autouse=True)
def asked(published_recall: RecallVersion) -> None:
    ask_to_be_told(recall_slugs=[SLUG], contact=CONTACT, serial=FAR, language="en")


def test_the_list_says_what_each_serial_is_answered_today(command: Command, tmp_path: Path) -> None:
    live.forget()
    file = tmp_path / "wishes.csv"
    ran = command("wishes", "list", SLUG, *AS, "--to", str(file), "--reason", "It may grow.")
    assert (ran.code, "1 wish stands in" in ran.out) == (0, True)
    assert CONTACT not in ran.out + ran.err
    with file.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["contact"], row["serial"], row["verdict_now"]) == (CONTACT, FAR, "not_affected")
    assert file.stat().st_mode & 0o077 == 0


def test_nothing_is_written_over(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("mine", encoding="utf-8")
    ran = command("wishes", "list", SLUG, *AS, "--to", str(file), "--reason", "x")
    assert (ran.code, "is there already" in ran.err) == (1, True)
    assert file.read_text(encoding="utf-8") == "mine"


def test_who_asks_to_be_forgotten_is(command: Command) -> None:
    assert "1 wish is deleted." in command("wishes", "forget", CONTACT, *AS).out
    assert "Nobody asked" in command("wishes", "forget", CONTACT, *AS).out
    wrong = command("wishes", "forget", "nobody", *AS)
    assert (wrong.code, "neither" in wrong.err) == (1, True)
