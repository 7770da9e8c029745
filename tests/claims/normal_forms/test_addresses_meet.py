"""Addresses in many spellings meet where they are one, and never where a number differs."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.normal_forms.addresses import NOWHERE, AddressForm, address_form
from recalldesk.foundation.normal_forms.usps import DIRECTIONS, SUFFIXES

TABLE = Path(__file__).parents[2] / "tables" / "addresses.csv"
with TABLE.open(encoding="utf-8", newline="") as opened:
    PAIRS = list(csv.DictReader(opened))
COUNTRIES = ("US", "CA", "GB", "AU", "DE", "AT", "ES", "FR", "NL", "IT", "JP", "MX", "BR", "HK")
STREETS = ("OAK", "MAIN", "LINCOLN PARK", "ST MARKS", "NORTH", "LAKE VIEW", "1ST")
NUMBERS = st.integers(1, 99_999)


def form(country: str, street: str, code: str = "62704", **more: str) -> AddressForm:
    fields = {"country_code": country, "street_address": street, "postal_code": code}
    return address_form(fields | {"city": "Springfield"} | more)


def what_meets(one: AddressForm, other: AddressForm) -> str:
    if one.flat == other.flat:
        return "flat"
    return "house" if one.house == other.house else "nowhere"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['country']}: {pair['note']}")
def test_each_pair_of_the_table_meets_as_it_says(pair: dict[str, str]) -> None:
    one = form(pair["country"], pair["street"], pair["code"])
    other = form(pair["country"], pair["other_street"], pair["other_code"])
    assert what_meets(one, other) == pair["meet"], (one, other)
    assert one.house
    assert what_meets(other, one) == pair["meet"]


def test_an_address_without_a_street_has_no_form() -> None:
    assert form("US", " - ") == form("DE", "") == address_form({}) == NOWHERE


def test_where_there_is_no_code_the_town_counts() -> None:
    one = form("HK", "12 Queens Road", "", city_area="Central")
    assert one.house == form("HK", "12 Queen's Rd.", "", city_area="CENTRAL").house
    assert one.house != form("HK", "12 Queens Road", "", city_area="Aberdeen").house


@given(st.sampled_from(COUNTRIES), st.text(max_size=60), st.text(max_size=12))
def test_any_text_has_a_form_and_case_and_ends_do_not_matter(
    country: str, street: str, code: str
) -> None:
    one = form(country, street, code)
    assert form(country, f"  {street} ,", code) == one
    assert bool(one.house) == bool(one.flat)


@given(
    NUMBERS,
    st.sampled_from(STREETS),
    st.sampled_from(sorted(SUFFIXES)),
    st.sampled_from(sorted(DIRECTIONS)),
    NUMBERS,
    st.sampled_from(["Apt ", "apartment ", "#", "# ", "Unit ", "UNIT #", "Ste. ", "Apt. No. "]),
)
def test_every_spelling_of_publication_28_meets_its_standard(
    number: int, street: str, suffix: str, direction: str, flat: int, word: str
) -> None:
    spelled = form("US", f"{number} {direction.title()} {street} {suffix.title()}, {word}{flat}")
    standard = f"{number} {DIRECTIONS[direction]} {street} {SUFFIXES[suffix]} APT {flat}"
    assert spelled == form("US", standard)


@given(st.sampled_from(PAIRS), st.data())
def test_another_number_never_meets(pair: dict[str, str], data: st.DataObject) -> None:
    street = pair["street"]
    digits = [place for place, each in enumerate(street) if each in "0123456789"]
    if not digits:
        return
    place = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from([each for each in "23456789" if each != street[place]]))
    changed = street[:place] + digit + street[place + 1 :]
    one, other = form(pair["country"], street), form(pair["country"], changed)
    assert one.flat != other.flat


@given(st.sampled_from(COUNTRIES), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_two_flats_meet_only_where_house_and_flat_are_the_same(
    country: str, house: int, flat: int, other_house: int, other_flat: int
) -> None:
    one = form(country, f"{house} Garden Street Apt {flat}")
    other = form(country, f"{other_house} Garden Street Apt {other_flat}")
    assert (one.house == other.house) == (house == other_house)
    assert (one.flat == other.flat) == ((house, flat) == (other_house, other_flat))
