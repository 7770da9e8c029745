"""The made-up order files are the same each time, name nobody, and are read as each shop's are."""

import csv
import re
from pathlib import Path

import pytest

from benchmarks.reach import EXAMPLE, FOUND, WRONGLY, Reach, count, wanted_of_example
from recalldesk.demo.orders import goods
from recalldesk.demo.orders.__main__ import registered_serials
from recalldesk.demo.orders.truth import people_by_contact
from recalldesk.demo.orders.writing import MadeUpOrders, write_order_files
from recalldesk.matching.files.mapping import read_mapping
from recalldesk.matching.files.reading import read_orders


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeUpOrders:
    return write_order_files(tmp_path_factory.mktemp("orders"), people=150)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_they_are_the_same_each_time(made: MadeUpOrders, tmp_path: Path) -> None:
    folder = made.files[0].path.parent
    write_order_files(tmp_path, people=150)
    assert bytes_of(tmp_path) == bytes_of(folder)
    write_order_files(tmp_path, people=150, seed=2)
    assert bytes_of(tmp_path) != bytes_of(folder)


def test_nobody_in_them_is_a_person(made: MadeUpOrders) -> None:
    for text in bytes_of(made.files[0].path.parent).values():
        told = text.decode()
        hosts = set(re.findall(r"@([\w.-]+)", told))
        assert hosts <= {"example.com", "example.org", "example.net", "marketplace.amazon.com"}
        assert all("-555-01" in number for number in re.findall(r"\+1 [\d-]+", told))


def test_owners_of_affected_units_register_serials_of_the_demo_and_others_do_not(
    tmp_path: Path,
) -> None:
    serials = registered_serials(EXAMPLE.parent.parent)
    write_order_files(tmp_path, people=150, serials=serials)
    with (tmp_path / "registrations.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["Serial Number"] in serials for row in csv.DictReader(file)]
    assert listed.count(True) > listed.count(False) > 0


@pytest.mark.parametrize("place", range(11))
def test_each_file_is_read_whole(made: MadeUpOrders, place: int) -> None:
    file = made.files[place]
    mapping = read_mapping(file.mapping) if file.mapping else None
    with read_orders(
        file.path,
        channel=file.channel,
        kind=file.kind,
        wanted=wanted_of_example(),
        mapping=mapping,
    ) as reading:
        lines = [line for batch in reading for line in batch]
        assert list(reading.rejects()) == []
    assert lines
    assert reading.counts.accounted == reading.counts.lines


def test_with_faults_two_lines_more_of_two_shops_are_rejected(tmp_path: Path) -> None:
    made = write_order_files(tmp_path, people=150, with_faults=True)
    told = {}
    for file in made.files[:6]:
        with read_orders(
            file.path, channel=file.channel, kind=file.kind, wanted=wanted_of_example()
        ) as reading:
            _ = list(reading)
            told[file.path.name] = [(each.number, each.reason) for each in reading.rejects()]
    assert {name: len(rejects) for name, rejects in told.items() if rejects} == {
        "ebay-orders.csv": 2,
        "newegg-orders.csv": 2,
    }


def test_what_was_sold_is_what_the_example_looks_for() -> None:
    wanted = wanted_of_example()
    values = {each.value for each in wanted.identifiers}
    sold = (goods.POWER_BANK, goods.BLUE_POWER_BANK)
    for each in sold:
        listed = {each.asin, *each.skus.values(), each.ebay_item, each.newegg_item, each.upc}
        assert listed <= values
    assert not {sku for each in goods.OTHERS for sku in each.skus.values()} & values
    window = wanted.windows[0]
    assert (window.since, window.until, *window.countries) == (
        goods.SINCE,
        goods.UNTIL,
        goods.COUNTRY,
    )


def test_the_truth_holds_all_that_is_odd_about_people(made: MadeUpOrders) -> None:
    people = [owner.person for owner in made.owners]
    assert any(len(each.homes) > 1 for each in people)
    assert any(len(each.emails) > 1 for each in people)
    assert any(each.is_renamed for each in people)
    assert any(len(owners) > 1 for owners in people_by_contact(made.owners).values())
    assert any(owner.units > owner.reachable_units for owner in made.owners)
    assert any(not owner.units for owner in made.owners)
    assert any(len(owner.orders) > 1 for owner in made.owners)


def test_those_who_have_a_unit_are_reached_and_few_others(tmp_path: Path) -> None:
    reach = Reach()
    count(reach, tmp_path / "seed", seed=5, people=150)
    assert reach.found >= FOUND * reach.having > 0
    assert reach.wrongly <= WRONGLY * reach.told
    assert reach.rejected == 0
    assert set(reach.outside) == {"never_sent", "other_country", "out_of_window"}
