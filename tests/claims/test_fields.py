"""Contacts, addresses and payees: whatever is typed is taken in one way of writing, or refused."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.claims.addresses import address_fields, address_lines, normal_address
from recalldesk.claims.contacts import (
    email_for_lookup,
    normal_email,
    normal_phone,
    phone_of_any,
    shown_phone,
)
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.payees import PayeeKind, normal_payee, payee_kinds
from tests.claims.owner import ACCOUNT, STREET

COUNTRIES = ("US", "CA", "GB", "DE", "ES", "FR", "JP", "MX", "BR", "AU", "CN", "HK", "IE", "NO")
LINES = st.text(max_size=30)


def taken_or(problem: dict[str, FieldProblem], normal: Callable[[], str]) -> str:
    """What a text becomes; nothing where it is refused, as it should be."""
    try:
        return normal()
    except FieldsRefused as refused:
        if refused.fields != problem:
            raise
        return ""


def refused_or_kept(
    normal: Callable[[], dict[str, str]],
) -> tuple[dict[str, FieldProblem], dict[str, str]]:
    """The problems of fields, or what is kept of them: one of both."""
    try:
        return {}, normal()
    except FieldsRefused as refused:
        return refused.fields, {}


@given(LINES, st.sampled_from(["", *COUNTRIES, "zz", "?"]))
def test_any_text_is_a_phone_number_or_is_refused(text: str, country: str) -> None:
    number = taken_or({"phone": FieldProblem.NOT_A_PHONE}, lambda: normal_phone(text, country))
    if number:
        assert number.startswith("+")
        assert normal_phone(number, "") == number
        assert normal_phone(shown_phone(number), "") == number


@given(LINES)
def test_any_text_is_an_address_of_mail_or_is_refused(text: str) -> None:
    email = taken_or({"email": FieldProblem.NOT_AN_EMAIL}, lambda: normal_email(text))
    if email:
        assert normal_email(email) == email
        assert "\n" not in email


def test_an_address_of_mail_is_found_again_in_any_case() -> None:
    ways = {"Olga@Home.example", " olga@home.EXAMPLE ", "OLGA@HOME.EXAMPLE"}
    assert len({email_for_lookup(normal_email(way)) for way in ways}) == 1


def test_a_number_is_the_same_however_it_is_written() -> None:
    ways = {"(202) 555-0143", "202.555.0143", "+1 202 555 0143", "001 202 555 0143 "}
    assert {normal_phone(way, "US") for way in ways - {"001 202 555 0143 "}} == {"+12025550143"}


@pytest.mark.parametrize(
    ("typed", "countries", "number"),
    [
        ("912 345 678", ("GB", "ES"), "+34912345678"),
        ("020 7946 0018", ("ES", "GB"), "+442079460018"),
        ("020 7946 0018", ("GB", "ES"), "+442079460018"),
        ("030 123456", ("US", "DE"), "+4930123456"),
        ("+34 912 345 678", ("GB",), "+34912345678"),
        ("+34 912 345 678", (), "+34912345678"),
        ("(202) 555-0143", ("US", "CA"), "+12025550143"),
    ],
)
def test_a_number_of_any_of_several_countries_is_of_the_one_that_gives_it_out(
    typed: str, countries: tuple[str, ...], number: str
) -> None:
    assert phone_of_any(typed, countries) == number


@given(LINES, st.lists(st.sampled_from(COUNTRIES), max_size=3))
def test_what_is_a_number_in_some_country_is_never_refused(text: str, countries: list[str]) -> None:
    problem = {"phone": FieldProblem.NOT_A_PHONE}
    by_country = [
        taken_or(problem, partial(normal_phone, text, each)) for each in countries or [""]
    ]
    number = taken_or(problem, lambda: phone_of_any(text, countries))
    assert number in by_country
    assert bool(number) == any(by_country)


@pytest.mark.parametrize("country", COUNTRIES)
@settings(deadline=None, max_examples=40)  # a country's rules are read from a file each time
@given(
    values=st.dictionaries(
        st.sampled_from(
            [
                "street_address",
                "city",
                "city_area",
                "country_area",
                "postal_code",
                "name",
                "company_name",
                "sorting_code",
                "x",
            ]
        ),
        LINES,
    )
)
def test_what_is_wrong_with_an_address_is_said_of_a_field_that_is_asked(
    country: str, values: dict[str, str]
) -> None:
    asked = {field.name for field in address_fields(country)}
    problems, kept = refused_or_kept(lambda: normal_address(country, values))
    assert bool(problems) != bool(kept)
    assert set(problems) <= asked
    if kept:
        assert set(kept) <= asked | {"country_code"}
        assert {field.name for field in address_fields(country) if field.is_required} <= set(kept)
        assert normal_address(country, kept) == kept


def test_an_address_stands_as_on_a_parcel() -> None:
    address = normal_address("US", STREET)
    assert address["country_area"] == "IL"
    assert address_lines(address, "Olga") == ("Olga", "77 Madeup Lane", "SPRINGFIELD, IL 62704")


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(FieldsRefused) as refused:
        normal_address("US", STREET | {"street_address": "x" * 201})
    assert refused.value.fields == {"street_address": FieldProblem.TOO_LONG}


@given(
    st.sampled_from(COUNTRIES),
    st.sampled_from([*PayeeKind, "", "cash"]),
    st.dictionaries(
        st.sampled_from(["iban", "account_holder", "account_number", "routing_number"]), LINES
    ),
)
def test_any_payee_is_taken_or_refused(country: str, kind: str, values: dict[str, str]) -> None:
    problems, kept = refused_or_kept(lambda: normal_payee(country, kind, values))
    assert bool(problems) != bool(kept)
    assert not kept or kept["kind"] in payee_kinds(country)


@pytest.mark.parametrize("country", COUNTRIES)
def test_in_every_country_there_is_a_way_that_its_people_have(country: str) -> None:
    kinds = payee_kinds(country)
    has_ibans = country in {"GB", "DE", "ES", "FR", "IE", "NO", "BR"}
    assert (PayeeKind.IBAN in kinds) == has_ibans
    assert kinds


def test_an_account_is_kept_as_its_digits() -> None:
    kept = normal_payee("US", "us_account", ACCOUNT | {"account_number": " 9000-1111 2222"})
    assert kept == {"kind": "us_account", **ACCOUNT}
    assert normal_payee(
        "DE", "iban", {"iban": "de89 3704 0044 0532 0130 00", "account_holder": "O"}
    ) == {"kind": "iban", "account_holder": "O", "iban": "DE89370400440532013000"}


def test_every_problem_of_a_payee_is_named_at_once() -> None:
    with pytest.raises(FieldsRefused) as refused:
        normal_payee("US", "us_account", {"routing_number": "021000022", "account_number": "x"})
    assert refused.value.fields == {
        "account_holder": FieldProblem.MISSING,
        "account_number": FieldProblem.NOT_AN_ACCOUNT,
        "routing_number": FieldProblem.NOT_A_ROUTING_NUMBER,
    }


def test_a_holder_that_is_too_long_is_refused() -> None:
    with pytest.raises(FieldsRefused) as refused:
        normal_payee("US", "us_account", ACCOUNT | {"account_holder": "x" * 500})
    assert refused.value.fields == {"account_holder": FieldProblem.TOO_LONG}
