"""`recalldesk purchasers`: what it says, and what it says of wrong input."""

import csv
from pathlib import Path

import pytest

from recalldesk.purchasers.models import OrderFile
from tests.cast import SLUG, Command, Desk
from tests.purchasers.shops import HEADS, Shops, Sold

pytestmark = pytest.mark.django_db
AS = ("--as", "author@desk.example")
GENERIC = ("--channel", "generic")


@pytest.fixture
def orders(shops: Shops) -> Path:
    """A file with a line that is not taken."""
    return shops.own(Sold("1001", pieces="2"), more="1002,too,few\n")


def import_(command: Command, orders: Path, shops: Shops, *more: str) -> str:
    mapping = ("--mapping", str(shops.mapping()))
    ran = command("purchasers", "import", SLUG, str(orders), *GENERIC, *mapping, *AS, *more)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_a_look_shows_the_first_rows_and_keeps_nothing(
    command: Command, orders: Path, shops: Shops
) -> None:
    said = import_(command, orders, shops, "--look")
    assert "3 lines = 1 heading + 1 accepted + 1 rejected + 0 duplicate + 0 blank" in said
    assert "Ana Example" in said
    assert "Day of the order: “day”" in said, "in people's words"
    assert "Nothing is kept yet" in said
    assert not OrderFile.objects.exists()


def test_files_figures_people_and_a_match_anew(
    command: Command, orders: Path, shops: Shops
) -> None:
    said = import_(command, orders, shops)
    number = OrderFile.objects.get().pk
    assert f"Taken in as file {number}." in said
    assert "2 units strong, 0 weak" in said
    assert "not taken, 1 line: it does not have as many columns" in said
    assert "nothing changed" in import_(command, orders, shops)
    files = command("purchasers", "files", SLUG, *AS).out
    assert "Example" in files, "the shop, as its mapping file names it"
    assert (
        "2 of 1,200 recalled units were found: 0.2%."
        in command("purchasers", "figures", SLUG, *AS).out
    )
    assert (
        "1 purchaser, as files name them, is 1 person"
        in command("purchasers", "people", SLUG, *AS).out
    )
    assert (
        "1 file was matched with version 1: 0 purchases are new"
        in command("purchasers", "match", SLUG, *AS).out
    )


def test_rejects_are_written_for_their_owner_only_and_never_over_a_file(
    command: Command, orders: Path, shops: Shops, tmp_path: Path
) -> None:
    import_(command, orders, shops)
    number, place = str(OrderFile.objects.get().pk), tmp_path / "back.csv"
    words = ("purchasers", "rejects", SLUG, number, "--to", str(place), *AS)
    assert command(*words).code == 0
    assert place.stat().st_mode & 0o077 == 0
    rows = list(csv.reader(place.read_text("utf-8-sig").splitlines()))
    assert rows[0][2:] == list(HEADS)
    assert rows[1][0] == "3"
    assert rows[1][2:] == ["1002", "too", "few"]
    again = command(*words)
    assert again.code == 1
    assert "is there already" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("purchasers", "files", "no-such-recall"), "There is no recall"),
        (("purchasers", "rejects", SLUG, "4711", "--to", "{folder}/x.csv"), "no order file 4711"),
        (
            ("purchasers", "import", SLUG, "{folder}/none.csv", "--channel", "amazon"),
            "none.csv cannot be read",
        ),
        (
            ("purchasers", "import", SLUG, "{folder}/none.csv", "--channel", "generic"),
            "needs a mapping file",
        ),
    ],
)
def test_wrong_input_gets_a_clear_message(
    command: Command, desk: Desk, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ran = command(*(word.format(folder=tmp_path) for word in words), *AS)
    assert ran.code == 1
    assert said in ran.err


def test_a_hint_names_the_option_that_puts_it_right(
    command: Command, orders: Path, shops: Shops
) -> None:
    mapping = ("--mapping", str(shops.mapping()))
    words = ("purchasers", "import", SLUG, str(orders))
    wrong = command(*words, *GENERIC, *mapping, "--kind", "returns", *AS)
    assert (wrong.code, "Say --kind orders, or write" in wrong.err) == (1, True)
    wrong = command(*words, "--channel", "ebay", *mapping, *AS)
    assert (wrong.code, "Say --channel generic and --mapping FILE" in wrong.err) == (1, True)


def test_who_may_not_is_told(command: Command, orders: Path, shops: Shops) -> None:
    ran = command(
        *("purchasers", "import", SLUG, str(orders), *GENERIC),
        *("--mapping", str(shops.mapping()), "--as", "viewer@desk.example"),
    )
    assert ran.code == 1
    assert "bring in order files" in ran.err
