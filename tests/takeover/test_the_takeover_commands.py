"""`recalldesk takeover`, `taken` and `leave`: what they say, and what they say of wrong input."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.takeover.forgetting import forget_rejected_rows
from recalldesk.takeover.models import TakenClaim, TakeoverReject
from tests.cast import SLUG, Command, Desk, command
from tests.takeover.former import SMALL, claim, paid, write

__all__ = ["command"]

pytestmark = pytest.mark.django_db
AS = ("--as", "administrator@desk.example")
MANAGER = ("--as", "author@desk.example")


def test_a_takeover_from_the_look_to_what_goes_on(
    command: Command, desk: Desk, folder: Path
) -> None:
    doubtful = paid(4, **{"remedy state": "unknown", "remedy reference": ""})
    write(folder, "claims", paid(1), paid(2, email="nowhere"), claim(3, state="approved"), doubtful)
    look = command("takeover", SLUG, str(folder), "--look", *AS)
    assert "5 lines = 1 heading + 3 accepted + 1 rejected + 0 duplicate + 0 blank" in look.out
    assert "line 3 has an e-mail address that is none" in look.out
    assert "1 remedy is still owed, and held." in look.out
    assert "1 remedy may have been sent" in look.out
    assert "Nothing is kept yet" in look.out
    assert not TakenClaim.objects.exists()
    done = command("takeover", SLUG, str(folder), *AS)
    assert (done.code, done.err) == (0, "")
    assert "Of kettle-k20 3 claims were taken over; 1 remedy is still owed, and held." in done.out
    assert "1 remedy may have been sent" in done.out
    rejects = folder / "claims.csv.rejects.csv"
    assert "nowhere" in rejects.read_text()
    assert rejects.stat().st_mode & 0o077 == 0
    goes = ("taken", "go-on", SLUG, "--reason", "We looked.", *AS)
    refused = command(*goes)
    assert refused.code == 1
    assert "1 line was not taken; of files that a later one corrects they count" in refused.err
    assert "a later file corrects the lines" in refused.err
    settle = ("taken", "settle", SLUG, "ERS-0004", "--was-not-sent", "--reason", "So they say.")
    assert "was not sent, and is owed" in command(*settle, *AS).out
    assert "2 remedies go on" in command(*goes, "--although").out
    files = command("taken", "files", SLUG, *AS).out
    assert "claims of Example Recall Suite" in files
    number = TakeoverReject.objects.get().file_id
    written = command("taken", "rejects", SLUG, str(number), "--to", str(folder / "again.csv"), *AS)
    assert "1 line stands in" in written.out


def test_only_whoever_may_takes_over_or_leaves(
    command: Command, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    write(folder, "claims", paid(1))
    assert "may not take over" in command("takeover", SLUG, str(folder), *MANAGER).err
    leaving = ("leave", SLUG, "--to", str(tmp_path / "left"), "--reason", "So.")
    assert "may not take over" in command(*leaving, *MANAGER).err
    left = command(*leaving, *AS)
    assert (left.code, left.err) == (0, "")
    assert "Only you may read it" in left.out
    assert "is there already" in command(*leaving, *AS).err


def test_what_is_to_be_looked_at_is_said(command: Command, desk: Desk, folder: Path) -> None:
    path = write(folder, "claims", paid(1, name="Zoë Made-Up", photos="label.jpg"))
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    told = command("takeover", SLUG, str(folder), *AS)
    assert "was read as Windows-1252" in told.out
    assert "1 photo is named by claims, and there is no folder" in told.out
    path.write_text("ticket,state\n1,settled\n")
    assert "of the mapping says" in command("takeover", SLUG, str(folder), *AS).err


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("", "does not say from which system"),
        (SMALL + "[claim]\n", "says claim, which is not known"),
        (SMALL + '[claims.columns]\nticket = "T"\n', "says ticket, which is not known"),
        (SMALL + '[claims]\nday = "%d"\n', "does not say a whole day"),
        (SMALL + '[claims]\nfile = "../claims.csv"\n', "there is no such file"),
        (SMALL + '[claims.columns]\nreference = "Ticket"\n', "names no column"),
        ("system = \n", "is no TOML"),
    ],
)
def test_a_mapping_is_understood_whole_or_refused(
    command: Command, desk: Desk, folder: Path, mapping: str, said: str
) -> None:
    write(folder, "claims", paid(1), mapping=mapping)
    assert said in command("takeover", SLUG, str(folder), *AS).err


def test_rejected_lines_are_forgotten_after_their_time(
    command: Command, desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1), paid(2, email="nowhere"))
    command("takeover", SLUG, str(folder), *AS)
    assert forget_rejected_rows() == 0
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert forget_rejected_rows() == 1
    assert bytes(TakeoverReject.objects.get().sealed_row) == b""
