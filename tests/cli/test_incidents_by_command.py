"""`recalldesk incidents`: a file is looked at and taken in, listed and counted; wrong input."""

from pathlib import Path

import pytest

from recalldesk.incidents.models import IncidentFile
from tests.cast import SLUG, Command

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("published_recall"),
]
AUTHOR = ("--as", "author@desk.example")
FILE = (
    "Report No.,Report Date,Incident Description,Happened,Care,Damage Amount,Damage Currency\n"
    "M-1,2025-02-01,A made-up secret word.,fire,none,40.50,USD\n"
    "M-2,2025-02-02,It grew hot.,heat,,,\n"
    ",2025-02-02,No number.,heat,,,\n"
)


def test_a_file_is_looked_at_taken_in_listed_and_counted(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text(FILE)
    law = "4 lines = 1 heading + 2 accepted + 1 rejected + 0 duplicate + 0 blank"
    looked = command("incidents", "import", SLUG, str(file), "--look", *AUTHOR)
    assert law in looked.out, looked.err
    assert "Nothing is kept yet" in looked.out
    assert not IncidentFile.objects.exists()
    taken = command("incidents", "import", SLUG, str(file), *AUTHOR)
    assert law in taken.out
    rejects = tmp_path / "reports.csv.rejects-2.csv"
    assert "No number." in rejects.read_text(encoding="utf-8-sig")
    assert rejects.stat().st_mode & 0o777 == 0o600
    assert "nothing changed" in command("incidents", "import", SLUG, str(file), *AUTHOR).out

    listed = command("incidents", "list", SLUG, "--as", "viewer@desk.example")
    assert "Reports: 2" in listed.out
    assert "secret" not in listed.out
    behind = command("incidents", "list", SLUG, "--figure", "fires-and-explosions", *AUTHOR)
    assert ("M-1" in behind.out, "M-2" in behind.out) == (True, False)

    figures = command("incidents", "figures", SLUG, "--as", "viewer@desk.example")
    assert "40.50" in figures.out, figures.err
    assert "The notice says burns 3; counted: 1: differs." in figures.out
    assert "In no figure of the notice: Damage to property, USD, 40.50." in figures.out
    none = command("incidents", "figures", SLUG, "--to", "2020-01-01", *AUTHOR)
    assert "so that what was told of a past period never changes" in none.out


def test_wrong_input_is_answered_in_words(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("a,b\n1,2\n")
    for words, answer in (
        (("import", "no-recall", str(file), *AUTHOR), "There is no recall"),
        (("import", SLUG, str(file), *AUTHOR), "names no column of report numbers"),
        (("import", SLUG, str(tmp_path / "none"), *AUTHOR), "none"),
        (("import", SLUG, str(file), "--as", "viewer@desk.example"), "may not"),
        (("list", SLUG, "--figure", "sorrows", *AUTHOR), "There are: reports, incidents,"),
        (("list", SLUG, "--when", "never", *AUTHOR), "never"),
        (("figures", SLUG, "--from", "yesterday", *AUTHOR), "yesterday"),
        (("figures", "no-recall", *AUTHOR), "There is no recall"),
        (
            ("figures", SLUG, "--from", "2026-11-01", "--to", "2026-10-01", *AUTHOR),
            "The last day, 2026-10-01, comes before the first, 2026-11-01.",
        ),
    ):
        ran = command("incidents", *words)
        assert ran.code != 0, words
        assert answer in ran.err, ran.err
