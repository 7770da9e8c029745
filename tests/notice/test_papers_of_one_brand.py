"""A paper of one brand has its telephone and leads to its check; of all, it leads to each."""

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import Settings

from recalldesk.notices.addresses import check_address, page_address
from recalldesk.notices.papers.branded import brand_keyed
from recalldesk.notices.papers.kinds import Kind, Paper, file_name
from recalldesk.notices.papers.setting import as_pdf
from recalldesk.notices.papers.telling import told_of
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from tests.notice.examples import A1263, TWO_BRANDS, example
from tests.notice.papers import read, run_together, words_of

TODAY = date(2025, 7, 1)
SOUNDCORE_CALLED, POWERCONF_CALLED = "1-800-555-0142", "1-800-555-0143"


@pytest.fixture
def two(settings: Settings) -> Published:
    """The recall with two brands, each with a telephone of its own, in production."""
    settings.IS_PRODUCTION = True
    published = example(TWO_BRANDS)
    first, second = published.document.brands
    own = {"phone": "+18005550143", "phone_shown": POWERCONF_CALLED, "email": "p@example.net"}
    brands = (first, second.model_copy(update=own))
    return replace(published, document=published.document.model_copy(update={"brands": brands}))


def said_in(published: Published, kind: Kind, key: str, language: str = "en") -> str:
    notice, brand = notice_of(published, language), brand_keyed(published, key)
    told = told_of(kind, Paper.LETTER, published, notice, TODAY, brand)
    return words_of(read(as_pdf(kind, told)))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_brands_paper_has_its_telephone_and_check_and_nobody_elses(
    two: Published, kind: Kind, language: str
) -> None:
    shown = said_in(two, kind, "powerconf", language)
    assert POWERCONF_CALLED in shown
    assert SOUNDCORE_CALLED not in shown
    check = f"recall.powerconf.example/{language}/recalls/{TWO_BRANDS}/powerconf/check"
    assert run_together(check) in shown
    other = said_in(two, kind, "soundcore", language)
    assert SOUNDCORE_CALLED in other
    assert POWERCONF_CALLED not in other
    assert f"recall.soundcore.example/{language}/recalls/{TWO_BRANDS}/check" in other


def test_a_brands_poster_shows_its_products_alone(two: Published) -> None:
    shown = said_in(two, Kind.POSTER, "powerconf")
    assert "A3302011" in shown
    assert "A3102016" not in shown.replace(TWO_BRANDS.upper(), "")


@pytest.mark.parametrize("kind", [Kind.PRESS_RELEASE, Kind.TRADE_LETTER])
def test_a_release_and_a_letter_name_every_product_since_their_units_are_those_of_all(
    two: Published, kind: Kind
) -> None:
    shown = said_in(two, kind, "powerconf")
    assert all(product.model in shown for product in two.document.products)


@pytest.mark.parametrize("kind", list(Kind))
def test_of_all_brands_both_are_called_and_the_page_leads_to_each_check(
    two: Published, kind: Kind
) -> None:
    shown = said_in(two, kind, "")
    assert SOUNDCORE_CALLED in shown
    assert POWERCONF_CALLED in shown
    assert f"recall.soundcore.example/en/recalls/{TWO_BRANDS}" in shown
    assert "/check" not in shown


def test_of_a_recall_with_one_brand_the_check_is_its_address() -> None:
    published = example(A1263)
    assert check_address(published, "en").endswith("/en/recalls/anker-a1263/check")
    one = brand_keyed(published, "anker")
    assert check_address(published, "en", one) == check_address(published, "en")


def test_the_check_of_several_brands_is_asked_for_on_the_recalls_page(two: Published) -> None:
    assert check_address(two, "es") == page_address(two, "es")


def test_its_file_says_of_which_brand_it_is() -> None:
    def named(brand: str) -> str:
        return file_name(Kind.POSTER, Paper.A4, recall="r", version=2, language="en", brand=brand)

    assert (named(""), named("b")) == ("r-v2-poster-a4-en.pdf", "r-b-v2-poster-a4-en.pdf")
