"""`recalldesk corrections`: a file is looked at and taken in; wrong input is answered in words."""

from pathlib import Path

import pytest

from recalldesk.remedies.models import CorrectionFile, ReportedCorrection
from tests.cast import FAR, SERIALS, SLUG, Command

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("published_recall"),
]
AUTHOR = ("--as", "author@desk.example")
USUAL = ("--level", "consumer", "--measure", "refunded", "--day", "2026-11-20", "--shop", "Made-up")


def test_a_file_is_looked_at_taken_in_and_a_report_taken_back(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "shop.csv"
    file.write_text(f"serial,units\n{SERIALS[0]},\n,40\n{FAR},\n")
    law = "4 lines = 1 heading + 2 accepted + 1 rejected + 0 duplicate + 0 blank"
    looked = command("corrections", "import", SLUG, str(file), *USUAL, "--look", *AUTHOR)
    assert law in looked.out, looked.err
    assert "Nothing is kept yet" in looked.out
    assert not CorrectionFile.objects.exists()
    taken = command("corrections", "import", SLUG, str(file), *USUAL, *AUTHOR)
    assert law in taken.out
    assert "41 units in the accepted lines" in taken.out
    rejects = tmp_path / "shop.csv.rejects-2.csv"
    assert FAR in rejects.read_text(encoding="utf-8-sig")
    assert rejects.stat().st_mode & 0o777 == 0o600
    again = command("corrections", "import", SLUG, str(file), *USUAL, *AUTHOR)
    assert "nothing changed" in again.out
    number = str(ReportedCorrection.objects.order_by("pk")[0].pk)
    back = command("corrections", "take-back", number, "--note", "Another unit.", *AUTHOR)
    assert "1 unit less from now on" in back.out


def test_wrong_input_is_answered_in_words(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "shop.csv"
    file.write_text("a,b\n1,2\n")
    for words, answer in (
        (("import", "no-recall", str(file), *USUAL, *AUTHOR), "There is no recall"),
        (("import", SLUG, str(file), *USUAL, *AUTHOR), "names no column of serials"),
        (("import", SLUG, str(tmp_path / "none"), *USUAL, *AUTHOR), "none"),
        (("take-back", "999", "--note", "x", *AUTHOR), "There is no report 999."),
        (("take-back", "999", "--note", "x", "--as", "viewer@desk.example"), "may not"),
    ):
        ran = command("corrections", *words)
        assert ran.code != 0, words
        assert answer in ran.err, ran.err
