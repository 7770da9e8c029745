"""A recall in the CPSC's form: field by field, in its types, nulls and prose."""

import json
from html import unescape

import pytest
from pydantic import ValidationError

from recalldesk.notices.cpsc.record import Record
from recalldesk.notices.cpsc.writing import is_listed, record_of
from recalldesk.notices.lines import lines_of
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.recall_file import read_recall_file
from tests.notice.examples import (
    FOLDER,
    NAMES,
    PAGE,
    TWO_BRANDS,
    VEHICLES,
    example,
    kettle,
    version_of,
)

FIELDS = [
    "RecallID",
    "RecallNumber",
    "RecallDate",
    "Description",
    "URL",
    "Title",
    "ConsumerContact",
    "LastPublishDate",
    "Products",
    "Inconjunctions",
    "Images",
    "Injuries",
    "Manufacturers",
    "Retailers",
    "Importers",
    "Distributors",
    "SoldAtLabel",
    "ManufacturerCountries",
    "ProductUPCs",
    "Hazards",
    "Remedies",
    "RemedyOptions",
]
TABLES = {
    "Products": ["Name", "Description", "Model", "Type", "CategoryID", "NumberOfUnits"],
    "Injuries": ["Name"],
    "Retailers": ["Name", "CompanyID"],
    "Hazards": ["Name", "HazardType", "HazardTypeID"],
    "Remedies": ["Name"],
    "RemedyOptions": ["Option"],
}


def record(name: str = "anker-a1263") -> Record:
    return record_of(example(name), url=PAGE)


@pytest.mark.parametrize("name", [name for name in NAMES if is_listed(example(name))])
def test_every_example_validates_field_by_field_after_it_was_written(name: str) -> None:
    written = json.loads(json.dumps(record(name).model_dump()))
    assert list(written) == FIELDS
    assert Record.model_validate(written) == record(name)
    for table, names in TABLES.items():
        assert all(list(entry) == names for entry in written[table]), table
    assert written["SoldAtLabel"] is None
    assert type(written["RecallID"]) is int


def test_a_recall_elsewhere_is_not_listed() -> None:
    assert not is_listed(example(VEHICLES))


def test_a1263_says_what_was_published() -> None:
    told = record()
    assert (told.RecallNumber, told.RecallDate) == ("", "2025-06-12T00:00:00")
    assert told.LastPublishDate == "2025-06-13T00:00:00"
    assert told.URL == PAGE
    (product,) = told.Products
    assert (product.Name, product.Model) == ("PowerCore 10000", "A1263")
    assert product.NumberOfUnits == "About 1,158,000"
    assert "A1263" in told.Description
    (injury,) = told.Injuries
    assert "19 reports of fires and explosions. 2 people had minor burns" in injury.Name
    assert "11 reports were of damage to property, USD 60,700 in all" in injury.Name
    assert [sold.Name for sold in told.Retailers] == [
        "Anker's own site, Amazon, eBay, and Newegg from June 2016 through December 2022 "
        "for about $27."
    ]
    assert [option.Option for option in told.RemedyOptions] == ["Refund", "Replace"]
    assert "overheat" in told.Hazards[0].Name
    assert "A gift card of USD 30" in told.Remedies[0].Name
    assert told.Manufacturers == told.Importers == told.Images == told.Inconjunctions == []


def test_a_number_stands_without_its_hyphen() -> None:
    assert record("anker-25-466").RecallNumber == "25466"


def test_units_of_all_products_stand_once_with_those_of_other_countries_in_brackets() -> None:
    told = record(TWO_BRANDS)
    first, *others = told.Products
    assert first.NumberOfUnits == "About 69,000 (in addition, 9,764 in Canada)"
    assert {product.NumberOfUnits for product in others} == {""}


def test_other_authorities_pages_are_what_it_is_in_conjunction_with() -> None:
    """That of the United States is no other one."""
    text = (FOLDER / TWO_BRANDS / "recall.toml").read_text(encoding="utf-8")
    for country in ("US", "CA"):
        line = f'country = "{country}"'
        assert text.count(f"{line}\n") == 1
        text = text.replace(line, f'{line}\nnotice_address = "https://example.org/{country}"')
    told = record_of(version_of(read_recall_file(text)), url=PAGE)
    assert [each.URL for each in told.Inconjunctions] == ["https://example.org/CA"]
    lines = {
        each.key: each.text
        for each in lines_of(notice_of(version_of(read_recall_file(text)), "en"))
    }
    assert lines["country CA page"] == "https://example.org/CA"


def test_what_is_not_stated_is_not_made_up() -> None:
    told = record("baseus-bs30kp365")
    assert told.Products[0].NumberOfUnits == ""
    assert told.Injuries == []
    assert told.RecallDate == told.LastPublishDate


def test_companies_countries_and_bar_codes_are_listed_by_their_roles() -> None:
    told = record_of(
        kettle(('kind = "sku"\nvalue = "TW-K20"', 'kind = "upc"\nvalue = "012345678905"')),
        url=PAGE,
    )
    assert [upc.UPC for upc in told.ProductUPCs] == ["012345678905"]
    assert told.Manufacturers[0].Name
    assert told.ManufacturerCountries[0].Country


def test_texts_carry_entities_as_the_feeds_do() -> None:
    told = record_of(kettle(("The handle can break", "A <loose> handle & lid can break")), url=PAGE)
    assert told.Hazards[0].Name.startswith("A &lt;loose&gt; handle &amp; lid can break")
    assert unescape(told.Hazards[0].Name).startswith("A <loose> handle & lid can break")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("RecallID", "7"),
        ("RecallID", 0),
        ("RecallDate", "2025-06-12"),
        ("SoldAtLabel", ""),
        ("Products", [{"Name": "a"}]),
        ("RemedyOptions", [{"Option": "Gift card"}]),
        ("Brand", "Anker"),
    ],
)
def test_another_form_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate(record().model_dump() | {field: value})
