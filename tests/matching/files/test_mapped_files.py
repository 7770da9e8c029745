"""A shop's own format by a mapping file; registrations, returns, and a look before."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from recalldesk.matching.files.errors import MappingRefused, OrderFileRefused
from recalldesk.matching.files.looking import look
from recalldesk.matching.files.mapping import mapping_of, read_mapping
from tests.matching.files.made import read

MAPPING = """
channel = "corner-shop"
delimiter = "bar"
encoding = "cp1252"
day_order = "dmy"
decimal = ","
country = "de"
cancelled = ["Storniert"]

[columns]
order = "Bestellung"
sku = "Artikel"
units = "Menge"
ordered_on = "Datum"
status = "Status"
name = "Käufer"
"""
ROWS = """Bestellung|Datum|Artikel|Menge|Status|Käufer|Notiz
1|05.06.2026|A1263-BLK|1.002,00||Zoë Example|
2|05.06.2026|LAMP|1||Ann Example|
3|06.06.2026|A1263-BLK|1|storniert|Bob Example|
4|06.06.2026|A1263-BLK|1
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_says_what_each_heading_means(tmp_path: Path) -> None:
    mapping = read_mapping(written(tmp_path, MAPPING))
    found = read(tmp_path, ROWS.encode("cp1252"), "generic", mapping=mapping)
    first, third = found.lines
    assert (first.units, first.ordered_on, first.country) == (1002, date(2026, 6, 5), "DE")
    assert (first.buyer.name, third.is_cancelled) == ("Zoë Example", True)
    assert [(each.number, each.reason) for each in found.rejects] == [(5, "column_count")]


def test_a_look_shows_the_first_rows_whatever_they_name(tmp_path: Path) -> None:
    mapping = read_mapping(written(tmp_path, MAPPING))
    file = tmp_path / "orders"
    file.write_bytes(ROWS.encode("cp1252"))
    seen = look(file, channel="generic", kind="orders", mapping=mapping)
    assert [row.sku for row in seen.rows] == ["A1263-BLK", "LAMP", "A1263-BLK"]
    assert [reject.number for reject in seen.rejects] == [5]
    assert seen.described["separator"] == "bar"


@pytest.mark.parametrize(("page", "kinds"), [("order-files", 1), ("purchasers", 3)])
def test_the_examples_of_the_guide_are_mappings(page: str, kinds: int) -> None:
    guide = Path(f"docs/{page}.md").read_text(encoding="utf-8")
    examples = [each.split("```")[0] for each in guide.split("```toml")[1:]]
    mappings = [mapping_of(tomllib.loads(each)) for each in examples]
    assert all(each.channel for each in mappings)
    assert len({each.kind for each in mappings}) == kinds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "no TOML"),
        ("channel = 'x'", "names no columns"),
        ("[columns]\nsku = 'S'", "columns.order"),
        ("[columns]\norder = 'O'", "names the product"),
        ("[columns]\norder = 'O'\nsku = 'S'\nweight = 'P'", "columns.weight"),
        ("day_order = 'mixed'\n[columns]\norder = 'O'\nsku = 'S'", "order of a date"),
        ("delimiter = '%'\n[columns]\norder = 'O'\nsku = 'S'", "separates no columns"),
        ("encoding = 'klingon'\n[columns]\norder = 'O'\nsku = 'S'", "no encoding"),
        ("colour = 'red'\n[columns]\norder = 'O'\nsku = 'S'", "colour"),
        ("kind = 'gifts'\n[columns]\norder = 'O'\nsku = 'S'", "no kind"),
        ("quotes = 'no'\n[columns]\norder = 'O'\nsku = 'S'", "quotes"),
        ("currency = 'Dollars'\n[columns]\norder = 'O'\nsku = 'S'", "no currency"),
        ("cancelled = 'no'\n[columns]\norder = 'O'\nsku = 'S'", "cancelled"),
        ("country = 'Germany'\n[columns]\norder = 'O'\nsku = 'S'", "country"),
    ],
)
def test_a_mapping_that_is_not_understood_whole_is_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(MappingRefused, match=words):
        read_mapping(written(tmp_path, text))


def test_a_heading_that_the_mapping_names_and_the_file_has_not_is_named(tmp_path: Path) -> None:
    mapping = mapping_of({"columns": {"order": "Order", "sku": "SKU", "email": "Mail"}})
    with pytest.raises(OrderFileRefused, match="mail"):
        read(tmp_path, "Order,SKU\n1,A1263-BLK\n", "generic", mapping=mapping)


def test_a_file_of_an_unknown_shop_needs_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(OrderFileRefused, match="not known") as refused:
        read(tmp_path, "Order,SKU\n", "generic")
    assert "mapping" in refused.value.hint


def test_every_registration_with_a_serial_comes(tmp_path: Path) -> None:
    mapping = mapping_of(
        {"kind": "registrations", "columns": {"serial": "Serial", "email": "Mail", "sku": "Model"}}
    )
    content = "Serial,Mail,Model\nABC123,ann@example.com,\n,bob@example.com,LAMP\nABC124,,LAMP\n"
    found = read(tmp_path, content, "generic", kind="registrations", mapping=mapping)
    assert [line.serial for line in found.lines] == ["ABC123", "ABC124"]
    assert (found.lines[0].order, found.counts.others) == ("", 1)


def test_returns_say_only_what_came_back(tmp_path: Path) -> None:
    mapping = mapping_of(
        {"kind": "returns", "columns": {"order": "Order", "sku": "SKU", "units_back": "Received"}}
    )
    content = "Order,SKU,Received\n1,A1263-BLK,2\n2,A1263-BLK,some\n"
    lines = read(tmp_path, content, "generic", kind="returns", mapping=mapping).lines
    assert [(line.units, line.units_back) for line in lines] == [(0, 2), (0, 0)]


@pytest.mark.parametrize(
    ("channel", "kind", "said"),
    [
        ("amazon", "orders", "of an Amazon file stands"),
        ("amazon", "returns", "of an Amazon file of returns stands"),
        ("ebay", "orders", "of an eBay file stands"),
        ("ebay", "returns", "columns eBay gives"),
    ],
)
def test_a_file_of_something_else_names_the_shop_as_people_do(
    tmp_path: Path, channel: str, kind: str, said: str
) -> None:
    with pytest.raises(OrderFileRefused, match=said):
        read(tmp_path, b"one,two\n1,2\n", channel, kind=kind)
