"""Texts, numbers, days and money in a reader's language."""

import datetime
import tomllib
from decimal import Decimal

import pytest

from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import Money
from tests.portal.published import EXAMPLES


@pytest.fixture(scope="module")
def document() -> Document:
    return Document.model_validate(
        tomllib.loads((EXAMPLES / "anker-a1263" / "recall.toml").read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", ("hola", "es")),
        ("es-mx", ("hola", "es")),
        ("en-xa", ("hello", "en")),
        ("ar-xb", ("hello", "en")),
        ("fr", ("hola", "es")),
    ],
)
def test_a_missing_language_falls_back(language: str, expected: tuple[str, str]) -> None:
    assert wording.in_language({"es": "hola", "en": "hello"}, language) == expected


def test_a_figure_is_written_as_in_the_recalls_country(document: Document) -> None:
    assert wording.fill("{units} units", document, "en") == "1,158,000 units"
    assert wording.fill("{units} unidades", document, "es") == "1,158,000 unidades"


def test_a_text_without_figures_stays_as_it_is(document: Document) -> None:
    assert wording.fill("100 % {", document, "en") == "100 % {"


@pytest.mark.parametrize(
    ("amount", "language", "country", "expected"),
    [
        ("30", "en", "US", "$30"),
        ("30.50", "en", "US", "$30.50"),
        ("30", "es", "ES", "30\xa0US$"),
        ("30", "en", "CA", "US$30"),
    ],
)
def test_money_shows_its_currency(amount: str, language: str, country: str, expected: str) -> None:
    value = Money(amount=Decimal(amount), currency="USD")
    assert wording.money(value, wording.locale_of(language, country)) == expected


def test_days_and_moments_are_in_words() -> None:
    at = datetime.datetime(2025, 6, 12, 16, 5, tzinfo=datetime.UTC)
    assert wording.day(at.date(), wording.locale_of("es")) == "12 de junio de 2025"
    assert wording.moment(at, wording.locale_of("en", "GB")) == "12 June 2025, 16:05 UTC"


def test_an_unknown_pair_of_language_and_country_is_the_language() -> None:
    assert wording.locale_of("es", "ZZ").language == "es"
    assert wording.country_name("US", wording.locale_of("es")) == "Estados Unidos"
