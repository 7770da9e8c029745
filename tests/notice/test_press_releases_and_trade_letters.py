"""What is sent to the press and to shops: the notice's facts, the law, and no small words."""

from dataclasses import replace

import pytest

from recalldesk.notices.papers.kinds import Kind, Paper
from recalldesk.recalls.document.safe_words import safe_words_in
from recalldesk.recalls.lint.softeners import no_accidents_in, softeners_in
from recalldesk.recalls.lint.words import RECALL
from tests.notice.examples import A1263, NAMES, TWO_BRANDS, VEHICLES, example, notice
from tests.notice.papers import long_winded, pdf_of, read, run_together, set_of, words_of

LAW = "15U.S.C.2068(a)(2)(B)"
LETTERS = (Kind.PRESS_RELEASE, Kind.TRADE_LETTER)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_the_press_release_says_the_facts_of_the_notice(name: str, language: str) -> None:
    told = notice(name, language)
    shown = words_of(pdf_of(Kind.PRESS_RELEASE, Paper.LETTER, name, language))
    facts = [told.headline, told.announced_shown, told.hazard, told.recall_number, told.no_fee]
    for country in told.countries:
        facts += [country.units, country.regulator, country.case_number]
    for product in told.products:
        facts += [product.name, product.model, product.sold, product.sold_by, product.price]
    for remedy in told.remedies:
        facts += [remedy.title, remedy.explanation, *remedy.limits]
    for contact in told.contacts:
        facts += [contact.phone_shown, contact.hours, contact.email]
    if told.incidents:
        facts += [told.incidents.summary, told.incidents.as_of_shown]
    for text in (*facts, *told.steps, told.firm_address):
        assert run_together(text) in shown


def test_a1263_says_what_was_reported_and_of_which_day() -> None:
    shown = words_of(pdf_of(Kind.PRESS_RELEASE, Paper.LETTER, A1263))
    said = (
        "19 reports of fires and explosions. 2 people had minor burns and needed no medical "
        "attention. 11 reports were of damage to property, USD 60,700 in all. (as of June 12, 2025)"
    )
    assert run_together(said) in shown


def test_without_incidents_it_says_nothing_of_them() -> None:
    told = replace(notice(A1263), incidents=None)
    shown = words_of(pdf_of(Kind.PRESS_RELEASE, Paper.A4, A1263, told=told))
    assert "Whathappened" not in shown


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_it_says_recall_and_makes_no_danger_small(name: str, language: str, kind: Kind) -> None:
    pdf = pdf_of(kind, Paper.LETTER, name, language)
    shown = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert RECALL[language].search(shown)
    assert not softeners_in(language, shown)
    assert not no_accidents_in(language, shown)
    assert not safe_words_in(language, shown)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_shops_are_told_each_product_its_numbers_and_the_serial(name: str, language: str) -> None:
    shown = words_of(pdf_of(Kind.TRADE_LETTER, Paper.LETTER, name, language))
    told = notice(name, language)
    for product in told.products:
        numbers = [number.value for number in product.numbers]
        for text in (product.name, product.model, product.brand, product.serial_where, *numbers):
            assert run_together(text) in shown
    check = name if len(told.contacts) > 1 else f"{name}/check"
    for text in (told.headline, told.hazard, check, told.contacts[0].phone_shown):
        assert run_together(text) in shown


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_law_of_the_united_states_stands_where_it_holds(language: str) -> None:
    assert LAW in words_of(pdf_of(Kind.TRADE_LETTER, Paper.LETTER, A1263, language))
    assert all(country.code != "US" for country in notice(VEHICLES).countries)
    assert LAW not in words_of(pdf_of(Kind.TRADE_LETTER, Paper.A4, VEHICLES, language))


def test_an_unchecked_unit_is_to_be_treated_as_recalled() -> None:
    shown = words_of(pdf_of(Kind.TRADE_LETTER, Paper.LETTER, TWO_BRANDS))
    said = "Treat a unit that was not checked, or cannot be read, as recalled."
    assert run_together(said) in shown


@pytest.mark.parametrize("kind", LETTERS)
def test_much_text_goes_on_to_more_pages_and_is_whole(kind: Kind) -> None:
    told = long_winded(notice(TWO_BRANDS))
    told = replace(told, products=told.products * 8)
    shown = words_of(pdf_of(kind, Paper.LETTER, TWO_BRANDS, told=told))
    for text in (told.headline, told.hazard, told.products[-1].model):
        assert run_together(text) in shown


@pytest.mark.parametrize("kind", list(Kind))
def test_what_texts_say_is_never_read_as_commands(kind: Kind) -> None:
    told = replace(notice(A1263), hazard='#read("/etc/passwd") *burns* $x$ <a> @b')
    shown = words_of(read(set_of(kind, Paper.A4, example(), told)))
    assert run_together(told.hazard) in shown


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_letter_about_one_product_is_one_page_whatever_the_shops_call_it(
    language: str, paper: Paper
) -> None:
    """A signature alone on a second page is left in the tray."""
    assert len(notice(A1263).products[0].numbers) > 9
    assert len(pdf_of(Kind.TRADE_LETTER, paper, A1263, language).pages) == 1
