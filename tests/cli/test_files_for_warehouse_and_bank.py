"""`recalldesk remedies files`: frozen, handed out, read back; wrong input is answered in words."""

import hashlib
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.remedies.models import Batch, BatchLine
from recalldesk.remedies.placing.due import place_due
from tests.cast import Cast, Command
from tests.remedies.files.listed import bank_is_set, listed_order

pytestmark = pytest.mark.django_db(transaction=True)
AUTHOR = ("--as", "author@desk.example")


@pytest.fixture(autouse=True)
def places(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    bank_is_set(settings)


def test_a_file_goes_its_way_by_commands(cast: Cast, command: Command, tmp_path: Path) -> None:
    listed_order(1, payee="iban")
    place_due()
    number = str(Batch.objects.get().pk)
    assert "Transfers to IBANs" in command("remedies", "files", "list", *AUTHOR).out
    frozen = command("remedies", "files", "freeze", number, *AUTHOR).out
    assert "is frozen as RD" in frozen
    target = tmp_path / "pay.xml"
    words = ("remedies", "files", "get", number, "--form", "xml", "--to", str(target), *AUTHOR)
    got = command(*words)
    assert got.code == 0, got.err
    assert hashlib.sha256(target.read_bytes()).hexdigest() in frozen
    assert target.stat().st_mode & 0o777 == 0o600
    assert "is there already" in command(*words).err
    back = tmp_path / "back.csv"
    back.write_text(f"Line,Status\n{BatchLine.objects.get().mark},paid\nX,paid\n")
    said = command("remedies", "files", "read", str(back), *AUTHOR).out
    assert "3 lines = 1 heading + 1 accepted + 1 rejected + 0 duplicate + 0 blank" in said
    assert "line 3: It names no line of ours" in said
    assert "nothing changed" in command("remedies", "files", "read", str(back), *AUTHOR).out


def test_wrong_input_is_answered_in_words(cast: Cast, command: Command, tmp_path: Path) -> None:
    listed_order(1)
    place_due()
    number = str(Batch.objects.get().pk)
    target = str(tmp_path / "x")
    for words, answer in (
        (("freeze", "999"), "There is no file 999."),
        (("get", "999", "--form", "csv", "--to", target), "There is no file 999."),
        (("get", number, "--form", "csv", "--to", target), "is not frozen"),
        (("read", str(tmp_path / "nothing.csv")), "nothing.csv"),
        (("freeze", number, "--as", "viewer@desk.example"), "may not hand out files"),
    ):
        person = () if "--as" in words else AUTHOR
        ran = command("remedies", "files", *words, *person)
        assert ran.code != 0, words
        assert answer in ran.err, ran.err
    assert not Path(target).exists()
