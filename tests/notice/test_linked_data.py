"""What programs read of a page: terms of schema.org, and what the notice says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from recalldesk.notices.lines import as_text
from recalldesk.notices.linked_data import linked_data
from recalldesk.notices.writing import notice_of
from tests.notice.examples import NAMES, PAGE, kettle, notice

TERMS = {
    "WebPage": "url name description abstract inLanguage version dateModified datePublished "
    "publisher about hasPart",
    "FAQPage": "mainEntity",
    "Question": "name acceptedAnswer",
    "Answer": "text",
    "Organization": "name legalName url address contactPoint",
    "ContactPoint": "name telephone email description contactOption url",
    "Product": "name alternateName model brand category description gtin manufacturer",
    "Brand": "name",
}
"""The properties of schema.org's types that a notice has words for."""


def things(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from things(value)
    elif isinstance(part, list):
        for entry in part:
            yield from things(entry)


@pytest.mark.parametrize("name", NAMES)
def test_only_terms_that_schema_org_has(name: str) -> None:
    page = linked_data(notice(name), address=PAGE)
    assert page["@context"] == "https://schema.org"
    for thing in things(page):
        known = {"@context", "@type", *TERMS[thing["@type"]].split()}
        assert set(thing) <= known, thing["@type"]


def test_a1263_is_about_its_product() -> None:
    page = linked_data(notice(), address=PAGE)
    (product,) = page["about"]
    assert (product["name"], product["model"]) == ("PowerCore 10000", "A1263")
    assert page["datePublished"] == "2025-06-12"
    assert page["hasPart"]["mainEntity"][0]["name"].startswith("I cannot read the serial")


def test_every_text_in_it_is_one_of_the_notice() -> None:
    told = notice()
    said = as_text(told)
    for thing in things(linked_data(told, address=PAGE)):
        for key in ("description", "text", "abstract", "email"):
            assert thing.get(key, "") in said


def test_bar_codes_and_makers_stand_where_they_are_known() -> None:
    known = kettle(('kind = "sku"\nvalue = "TW-K20"', 'kind = "upc"\nvalue = "012345678905"'))
    (product,) = linked_data(notice_of(known, "en"), address=PAGE)["about"]
    assert product["gtin"] == ["012345678905"]
    assert product["manufacturer"]
    (bare,) = linked_data(notice_of(kettle(), "en"), address=PAGE)["about"]
    assert "gtin" not in bare
    assert json.dumps(bare)
    (of_nobody,) = linked_data(notice(), address=PAGE)["about"]
    assert "manufacturer" not in of_nobody
