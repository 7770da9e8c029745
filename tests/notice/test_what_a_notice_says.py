"""A notice says what its version says, figures and days as approved, in each of its languages."""

import dataclasses
import datetime

import pytest

from recalldesk.notices.lines import as_text, lines_of
from recalldesk.notices.notice import Notice
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.document.text_checks import texts_of
from recalldesk.recalls.wording import fill
from tests.notice.examples import NAMES, VEHICLES, document_of, example, kettle, notice

UNSHOWN = (
    *(("texts", "question"), ("danger",), ("review",), ("products", "serial", "not_the_serial")),
    *(("disposal", "cases"), ("disposal", "ask")),
)
"""Texts for the check, the danger page, the desk and the page on getting rid of a unit, to which
the notice leads: no part of the notice itself."""


def test_the_notice_of_a1263_counts_what_was_reported_on_its_day() -> None:
    known = notice().incidents
    assert known is not None
    assert known.summary == (
        "Anker has 19 reports of fires and explosions. 2 people had minor burns and needed no "
        "medical attention. 11 reports were of damage to property, USD 60,700 in all."
    )
    assert (known.as_of, known.as_of_shown) == (datetime.date(2025, 6, 12), "June 12, 2025")
    spoken = notice(language="es").incidents
    assert spoken is not None
    assert "19 reportes de incendios y explosiones. 2 personas" in spoken.summary
    assert "11 reportes fueron de daños a la propiedad, 60,700 USD en total" in spoken.summary
    assert spoken.as_of_shown == "12 de junio de 2025"


def test_it_names_units_dates_channels_price_and_the_remedy_with_its_limits() -> None:
    told = notice()
    (country,), (product,) = told.countries, told.products
    assert country.units == "about 1,158,000"
    assert product.made == "January 1, 2016 – October 30, 2019"
    assert product.sold == "June 1, 2016 – December 31, 2022"
    assert product.sold_by == "Anker's own site, Amazon, eBay, and Newegg"
    assert (product.price, product.sold_in) == ("about $27", "United States")
    assert product.looks == ("Black", "Blue", "Red", "White")
    card, bank = told.remedies
    assert card.limits == ("Worth $30", "Within 5 working days of approval")
    assert bank.limits == ("Model A1388", "Within 15 working days of approval")
    assert told.no_fee.startswith("We never ask for a card number or a fee")


def test_shops_and_an_end_limit_a_gift_card() -> None:
    voucher = notice(VEHICLES).remedies[-1]
    assert "To be used at: Brisa dealers or Brisa's own site" in voucher.limits
    assert "Valid for 24 months" in voucher.limits


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_version_is_in_its_notice(name: str, language: str) -> None:
    document = document_of(name)
    said = "\n".join(line.text for line in lines_of(notice(name, language)))
    labels = "\n".join(line.label for line in lines_of(notice(name, language)))
    for path, texts in texts_of(document):
        names = tuple(step for step in path if isinstance(step, str))
        if not any(names[: len(unshown)] == unshown for unshown in UNSHOWN):
            words = fill(texts[language], document, language)
            assert words in said or words in labels, path


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_is_left_open(name: str) -> None:
    assert "{" not in as_text(notice(name))
    assert "{" not in as_text(notice(name, "es"))


def test_a_language_that_the_version_does_not_speak_gives_the_nearest_it_has() -> None:
    assert notice(language="fr") == notice(language="en")
    assert notice(language="ar-xb") == notice(language="en")
    assert notice(language="es").language == "es"


def test_the_heading_and_the_invitation_of_the_eu_are_the_versions_own() -> None:
    assert notice().heading == notice().share == ""
    vehicles = notice(VEHICLES)
    assert vehicles.heading == "Product safety recall"
    assert vehicles.share


def test_who_made_it_and_what_shops_call_it_is_said_where_the_version_does() -> None:
    told = notice_of(
        kettle(('kind = "sku"\nvalue = "TW-K20"', 'kind = "upc"\nvalue = "012345678905"')), "en"
    )
    lines = {line.key: line for line in lines_of(told)}
    assert lines["product k20 numbers"].text == "UPC 012345678905 (Example Shop)"
    assert told.firm_legal_name in lines["firm"].text
    assert lines["companies manufacturer"].text


def test_each_line_has_a_key_of_its_own_and_says_something() -> None:
    for name in NAMES:
        lines = lines_of(notice(name))
        assert len({line.key for line in lines}) == len(lines)
        assert all(line.label and line.text for line in lines)


def test_a_notice_is_a_frozen_value() -> None:
    told: Notice = notice()
    with pytest.raises(dataclasses.FrozenInstanceError):
        told.hazard = "none"  # type: ignore[misc] # that it cannot be done is what is tested
    assert hash(told) == hash(notice_of(example(), "en"))
