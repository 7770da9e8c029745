"""Whoever steals the database or the file store reads no purchaser's name, contact or order."""

from pathlib import Path

import pytest

from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.people.keeping import keep_people_current
from tests.dumped import dump_of_files, dump_of_the_database, traces_of
from tests.purchasers.shops import SKU, Shops, Sold

pytestmark = pytest.mark.django_db
PLACE = ("4711 Imaginary Crossing", "Nowhereville", "IL", "62704", "US")
MADE_UP = Sold(
    "ORDER-77-4242",
    customer="Ólga Quispe-Ñandú",
    mail="olga.quispe@very-made-up.example",
    phone="+12025550143",
    place=PLACE,
)
REJECTED = "ORDER-77-9999,Xiomara Made-Up"


def test_neither_the_database_nor_the_file_store_shows_any_of_it(
    shops: Shops, photos_folder: Path
) -> None:
    shops.take(shops.own(MADE_UP, more=f"{REJECTED}\n"))
    keep_people_current(shops.recall)
    dump, files = dump_of_the_database(), dump_of_files(photos_folder)
    assert traces_of(SKU, dump)
    assert traces_of("purchasers_purchase", dump)
    assert Purchase.objects.count() == 1
    assert len(files) > 300
    words = [*MADE_UP.customer.split(), "2025550143", "very-made-up", "Xiomara", "ORDER-77-9999"]
    for text in (*MADE_UP.cells, *PLACE[:2], *words):
        if len(text) >= 6 and text not in (SKU, MADE_UP.day):
            assert (text, traces_of(text, dump)) == (text, [])
            assert (text, traces_of(text, files)) == (text, [])
