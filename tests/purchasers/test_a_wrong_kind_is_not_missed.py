"""Orders that are read as returns are seen before they take every unit back."""

import pytest

from recalldesk.purchasers.errors import TooManyBack
from recalldesk.purchasers.importing.run import OrdersTaken, import_orders
from recalldesk.purchasers.importing.units_back import TakenOff
from recalldesk.purchasers.models import OrderFile
from recalldesk.purchasers.states import Channel, FileKind
from tests.cast import SLUG, Command
from tests.purchasers.shops import RETURNS, Shops, Sold, bought

pytestmark = pytest.mark.django_db

BELIEVED = RETURNS.replace("units_back", "units")
ROWS = [(str(number), "TW-K20", "1") for number in range(1001, 1021)]


def take(shops: Shops, *, is_meant: bool = False, only_look: bool = False) -> OrdersTaken:
    return import_orders(
        recall=shops.recall,
        path=shops.returned(*ROWS),
        channel=Channel.GENERIC,
        kind=FileKind.RETURNS,
        mapping=shops.file(BELIEVED, ".toml"),
        by=shops.by,
        is_meant=is_meant,
        only_look=only_look,
    )


def test_a_file_that_takes_back_much_of_all_units_needs_a_word(shops: Shops) -> None:
    shops.took(*(Sold(order) for order, _, _ in ROWS))
    looked = take(shops, only_look=True)
    assert looked.taken_off == TakenOff(units=20, bought=20)
    with pytest.raises(TooManyBack, match="20 of all 20 units"):
        take(shops)
    assert (OrderFile.objects.count(), sum(back for _, back in bought())) == (1, 0)
    take(shops, is_meant=True)
    assert sum(back for _, back in bought()) == 20


def test_it_is_asked_of_the_orders_that_come_after_such_a_file(shops: Shops) -> None:
    """Before its orders are there, nobody knows how much of them it takes."""
    take(shops)
    with pytest.raises(TooManyBack):
        shops.took(*(Sold(order) for order, _, _ in ROWS))
    assert not bought()


@pytest.mark.parametrize(
    ("units", "of", "is_much"),
    [(10, 10, False), (11, 11, True), (20, 100, False), (21, 100, True), (11, 1000, False)],
)
def test_few_units_or_a_small_part_need_none(units: int, of: int, is_much: bool) -> None:
    assert TakenOff(units, of).is_much is is_much


def test_the_terminal_says_what_comes_back_and_asks(command: Command, shops: Shops) -> None:
    shops.took(*(Sold(order) for order, _, _ in ROWS))
    path, mapping = shops.returned(*ROWS), shops.file(BELIEVED, ".toml")
    words = ("purchasers", "import", SLUG, str(path), "--channel", "generic", "--kind", "returns")
    words = (*words, "--mapping", str(mapping), "--as", "author@desk.example")
    looked = command(*words, "--look")
    assert "UNITS BACK: 20 lines take 20 units back; 20 of all 20 units" in looked.out
    assert "only with --yes" in looked.out
    refused = command(*words)
    assert refused.code == 1
    assert "--yes" in refused.err
    assert command(*words, "--yes").code == 0
