"""`recalldesk sites`: lists and tables by command, and what is said of wrong ones."""

from pathlib import Path

import pytest

from recalldesk.disposal.models import CollectionSite, PostalPlace
from recalldesk.disposal.states import SiteKind, Takes
from tests.cast import Cast, Command
from tests.disposal.lists import CAMBRIDGE, HEADS, feature, features, written

pytestmark = pytest.mark.django_db
AS = ("--as", "approver@desk.example")


def test_a_list_is_looked_at_taken_in_and_listed(
    cast: Cast, command: Command, tmp_path: Path
) -> None:
    path = written(tmp_path, HEADS, CAMBRIDGE, "broken", "")
    told = ("3 lines = 1 heading + 1 accepted + 1 rejected + 0 duplicate + 0 blank", "1 new site")
    look = command("sites", "import", str(path), *AS, "--list", "State", "--look")
    assert (look.code, look.err) == (0, "")
    assert all(each in look.out for each in (*told, "Nothing is kept yet"))
    assert not CollectionSite.objects.exists()
    ran = command("sites", "import", str(path), *AS, "--list", "State")
    assert all(each in ran.out for each in (*told, "line 3 does not have as many columns"))
    assert (tmp_path / "sites.csv.rejects-2.csv").read_text(encoding="utf-8-sig").count("broken")
    assert "nothing changed" in command("sites", "import", str(path), *AS, "--list", "State").out
    listed = command("sites", "list", "cambridge")
    assert "Madeup Yard (made up)" in listed.out
    assert "1 site." in listed.out
    assert command("sites", "list", "--closed").out.strip() == "0 sites."


def test_what_a_list_does_not_say_is_said_by_options(
    cast: Cast, command: Command, tmp_path: Path
) -> None:
    path = features(tmp_path, feature(-71.1, 42.36, name="Madeup Yard", street="1 Madeup Street"))
    usual = ("--kind", "recycling_centre", "--takes", "yes", "--checked-on", "2026-10-02")
    ran = command("sites", "import", str(path), *AS, "--country", "us", *usual)
    assert "1 feature = 1 accepted + 0 rejected + 0 duplicate" in ran.out
    site = CollectionSite.objects.get()
    assert (site.country, site.kind, site.takes) == ("US", SiteKind.RECYCLING_CENTRE, Takes.YES)


def test_a_table_of_postal_codes_comes_in(cast: Cast, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "DE.txt"
    path.write_text("DE\t10115\tMadeup\tBerlin\tBE\t\t00\t\t11000\t52.53\t13.38\t4\nDE\tx\n")
    ran = command("sites", "postal-codes", str(path), *AS)
    assert "2 lines = 0 heading + 1 accepted + 1 rejected + 0 duplicate + 0 blank" in ran.out
    assert PostalPlace.objects.count() == 1
    assert "nothing changed" in command("sites", "postal-codes", str(path), *AS).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nothing.csv"), "cannot be opened"),
        (("import", "{folder}"), "is a folder"),
        (("import", "{file}", "--sheet", "x"), "has no sheets"),
        (("postal-codes", "{file}"), "No line of the file is one of a table of postal codes."),
    ],
)
def test_wrong_input_is_answered_in_words(
    words: tuple[str, ...], said: str, cast: Cast, command: Command, tmp_path: Path
) -> None:
    path = written(tmp_path, HEADS, CAMBRIDGE)
    ran = command("sites", *(each.format(file=path, folder=tmp_path) for each in words), *AS)
    assert ran.code == 1
    assert said in ran.err
    assert "Traceback" not in ran.err
