"""What a file of returns takes back is said once, and its figures add up."""

import pytest

from recalldesk.purchasers.importing.run import OrdersTaken
from recalldesk.purchasers.importing.units_back import TakenOff
from recalldesk.purchasers.reads.files import every_file
from recalldesk.purchasers.states import FileKind
from tests.cast import SLUG, Command
from tests.purchasers.shops import RETURNS, Shops, Sold

pytestmark = pytest.mark.django_db
NEW, NONE = "newly taken off the units that were bought", "of orders that no order file names"


def parts(taken: OrdersTaken) -> list[int]:
    assert taken.stored is not None
    assert taken.taken_off is not None
    of = taken.taken_off.of(taken.stored.units_back, taken.stored.back_of_none)
    assert sum(count for count, _ in of) == taken.stored.units_back
    return [count for count, _ in of]


def test_each_unit_back_is_taken_off_or_has_its_reason(shops: Shops) -> None:
    shops.took(Sold("1001", pieces="2"), Sold("1002", pieces="1"))
    returned = (("1001", "TW-K20", "1"), ("1002", "TW-K20", "3"), ("9999", "TW-K20", "1"))
    taken = shops.take(shops.returned(*returned), kind=FileKind.RETURNS)
    assert parts(taken) == [2, 1, 2], "of 3 units back of one that was bought, 2 are too many"
    files = list(every_file(shops.recall, by=shops.by))
    assert [each.purchases for each in files] == [3, 2]
    again = shops.take(
        shops.returned(*returned, ("1001", "TW-K20", "0")), kind=FileKind.RETURNS, only_look=True
    )
    assert parts(again) == [1, 4], "what was counted before is not taken off twice"


def test_units_of_orders_that_several_shops_have_are_named_too() -> None:
    assert TakenOff(1, 9).of(3, 0) == (
        (1, NEW),
        (2, "counted before, more than were bought, or of an order of several shops"),
    )


def test_the_terminal_says_it_and_where_figures_stand(command: Command, shops: Shops) -> None:
    shops.took(Sold("1001", pieces="2"))
    path = shops.returned(("1001", "TW-K20", "1"), ("9999", "TW-K20", "1"))
    words = ("--channel", "generic", "--kind", "returns", "--as", "author@desk.example")
    mapping = ("--mapping", str(shops.file(RETURNS, ".toml")))
    said = command("purchasers", "import", SLUG, str(path), *mapping, *words).out
    assert "2 products of orders are affected by its number, with 2 units back" in said
    assert f"2 units back = 1 {NEW} + 1 {NONE} as affected" in said
    figures = command("purchasers", "figures", SLUG, "--as", "author@desk.example").out
    assert "all else under the shop of the order" in figures
