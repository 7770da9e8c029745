"""A look, and a run that was refused, use up no number and leave no file behind; and what is wrong
with a file is said with its name. A file whose lines were not all taken may be read again."""

from pathlib import Path

import pytest

from recalldesk.claims.states import ClaimState
from recalldesk.takeover.going_on import standing_of
from recalldesk.takeover.models import TakeoverFile
from tests.cast import SLUG, Command, Desk, command
from tests.takeover.former import claim, claim_of, counts, looked_at, paid, taken, write

__all__ = ["command"]

pytestmark = pytest.mark.django_db
AS = ("--as", "administrator@desk.example")
BAD = {"email": "nowhere"}


def test_a_look_and_a_refused_run_use_no_number(command: Command, desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    first = TakeoverFile.objects.get().pk
    write(folder, "claims", paid(2), paid(3, **BAD))
    looked_at(desk, folder)
    write(folder, "remedies", {"ticket": "ERS-0001"})
    assert "remedies.csv" in command("takeover", SLUG, str(folder), *AS).err
    (folder / "remedies.csv").unlink()
    taken(desk, folder)
    assert set(TakeoverFile.objects.values_list("pk", flat=True)) == {first, first + 1}


def test_a_look_leaves_no_rejects_behind_unless_it_is_told_where(
    command: Command, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    write(folder, "claims", paid(1), paid(2, **BAD))
    before = set(folder.iterdir())
    told = command("takeover", SLUG, str(folder), "--look", *AS)
    assert "line 3 has an e-mail address that is none" in told.out
    assert set(folder.iterdir()) == before
    missing = command("takeover", SLUG, str(folder), "--rejects", str(tmp_path / "no"), *AS)
    assert "is no folder" in missing.err
    assert not TakeoverFile.objects.exists()
    asked = command("takeover", SLUG, str(folder), "--look", "--rejects", str(tmp_path), *AS)
    assert f"{tmp_path / 'claims.csv.rejects.csv'}" in asked.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("claims.csv", b"", "is empty"),
        ("claims.csv", b"reference,state\n", "holds no row"),
        ("claims.csv", b"ticket,state\n1,settled\n", "names no column"),
        ("claims.xlsx", b"PK\x03\x04 no workbook", "damaged"),
        ("claims.csv.gz", b"\x1f\x8b no gzip", "damaged"),
        ("claims.parquet", b"PAR1 nothing", ""),
    ],
)
def test_what_is_wrong_with_a_file_names_it(
    command: Command, desk: Desk, folder: Path, name: str, content: bytes, said: str
) -> None:
    write(folder, "claims", paid(1)).unlink()
    (folder / name).write_bytes(content)
    told = command("takeover", SLUG, str(folder), *AS)
    assert told.code == 1
    assert name in told.err
    assert said in told.err
    assert not TakeoverFile.objects.exists()


def test_a_folder_in_the_place_of_a_file_is_said(
    command: Command, desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1)).unlink()
    (folder / "claims.csv").mkdir()
    assert "claims.csv is a folder" in command("takeover", SLUG, str(folder), *AS).err


def test_remedies_that_came_before_their_claims_are_taken_when_they_are_sent_again(
    desk: Desk, folder: Path
) -> None:
    sent = {"remedy state": "sent", "remedy provider": "tremendous", "remedy reference": "O1"}
    write(folder, "remedies", {"reference": "ERS-0001"} | sent)
    assert counts(taken(desk, folder)[0]) == (0, 1, 0)
    assert taken(desk, folder)[0].read is not None
    assert TakeoverFile.objects.count() == 1
    write(folder, "claims", claim(1, state="approved"))
    claims, remedies = taken(desk, folder)
    assert (counts(claims), counts(remedies)) == ((1, 0, 0), (1, 0, 0))
    assert claim_of(1).state == ClaimState.REMEDY_SENT
    assert standing_of(desk.recall()).rejected == 0
    assert [each.read for each in taken(desk, folder)] == [None, None]
