"""Who, what and where: fields that browsers fill in, that keep what was typed, and say what is
wrong beside themselves and above."""

import json
import re

import pytest

from recalldesk.claims.models import Filing
from recalldesk.sealing.fields_of_rows import opened
from tests.portal.claims.conftest import ADDRESS, NAMED, Claimant, words_of

IBAN = "ES9121000418450200051332"
"""The example of the standard."""
US_ACCOUNT = {
    "payee_kind": "us_account",
    "account_holder": "Made-up Owner",
    "routing_number": "021000021",
    "account_number": "1234 5678",
}


def at_remedy(claimant: Claimant, recall: str, country: str = "", **fields: str) -> Claimant:
    claimant.recall = recall
    claimant.begins(serial="", reading="gone", **fields)
    if claimant.at.endswith("?which"):
        claimant.gives("unit", {"product": ""}, "?which")
    claimant.gives("you", NAMED | ({"country": country} if country else {}))
    return claimant


def test_browsers_know_what_each_field_is(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="gone")
    body = claimant.sees("you").content.decode()
    for autocomplete in ("name", "email", "tel"):
        assert f'autocomplete="{autocomplete}"' in body
    assert 'name="country"' not in body, "this recall has one country"


def test_what_is_wrong_stands_beside_its_field_and_above_and_what_was_typed_stays(
    claimant: Claimant,
) -> None:
    claimant.begins(serial="", reading="gone")
    page = claimant.gives("you", {"name": "Somebody", "email": "nobody", "phone": "12"})
    body, words = page.content.decode(), words_of(page)
    assert page.status_code == 422
    assert "2 things are not right yet" in words
    assert words.count("This is not an e-mail address") == 2
    assert 'href="#id_email"' in body
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in body or (
        'id="id_phone_error"' in body
    )
    assert body.count('aria-invalid="true"') == 2
    assert 'value="Somebody"' in body
    assert 'value="nobody"' in body


def test_a_phone_alone_is_enough(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", {"name": "Somebody", "email": "", "phone": "(202) 555-0100"})
    assert claimant.at.endswith("/remedy")
    assert "+1 202-555-0100" in claimant.sees("you").content.decode()


def test_the_country_is_asked_first_where_there_are_several_and_decides_what_is_offered(
    claimant: Claimant,
) -> None:
    claimant.recall = "made-up-vehicles"
    claimant.begins(serial="", reading="gone")
    claimant.gives("unit", {"product": ""}, "?which")
    body = claimant.sees("you").content.decode()
    assert body.index('name="country"') < body.index('name="name"')
    assert 'autocomplete="country"' in body
    page = claimant.gives("you", NAMED)
    assert page.status_code == 422
    claimant.gives("you", NAMED | {"country": "ES"})
    offered = claimant.sees("remedy").content.decode()
    assert offered.count('type="radio"') == 2
    claimant.gives("you", NAMED | {"country": "GB"})
    assert claimant.at.endswith("/remedy")
    assert Filing.objects.get().country == "GB"


def test_a_remedy_says_what_it_means_and_one_must_be_chosen(claimant: Claimant) -> None:
    at_remedy(claimant, "anker-a1263")
    words = words_of(claimant.sees("remedy"))
    assert "Within 5 working days of approval" in words
    assert "You can change it until you send your claim" in words
    page = claimant.gives("remedy", {})
    assert page.status_code == 422
    assert "Choose one of these" in words_of(page)
    assert claimant.gives("remedy", {"remedy": "no-such"}).status_code == 422


def test_a_single_remedy_is_chosen_already(claimant: Claimant) -> None:
    at_remedy(claimant, "anker-a1642-a1647-a1652")
    page = claimant.sees("remedy")
    assert "This is what you get" in words_of(page)
    assert " checked" in page.content.decode()


def test_where_nothing_can_be_chosen_nobody_is_told_that_it_can(claimant: Claimant) -> None:
    at_remedy(claimant, "anker-a1642-a1647-a1652")
    words = words_of(claimant.sees("remedy"))
    assert "You choose one of these" not in words
    assert "You can change it until you send your claim" not in words


def test_a_gift_card_without_an_address_leads_into_the_field_for_it(claimant: Claimant) -> None:
    claimant.begins(serial="", reading="gone")
    claimant.gives("you", {"name": "Somebody", "email": "", "phone": "(202) 555-0100"})
    claimant.gives("remedy", {"remedy": "gift-card"})
    assert claimant.at.endswith("/you")
    body = claimant.sees("you").content.decode()
    (focused,) = re.findall(r"<input[^>]* autofocus[^>]*>", body)
    assert 'name="email"' in focused


def test_an_account_that_is_not_given_is_missing_and_not_wrong(claimant: Claimant) -> None:
    at_remedy(claimant, "baseus-bs30kp365").gives("remedy", {"remedy": "refund"})
    page = claimant.gives("details", {"payee_kind": "us_account", "account_holder": "Somebody"})
    words = words_of(page)
    assert "Routing number: Please fill this in." in words
    assert "Account number: Please fill this in." in words


def test_an_address_is_asked_as_its_country_writes_it(claimant: Claimant) -> None:
    at_remedy(claimant, "anker-a1263").gives("remedy", {"remedy": "power-bank"})
    page = claimant.gives("details", ADDRESS | {"postal_code": "10001", "country_area": "CA"})
    assert page.status_code == 422
    assert "ZIP code: This does not fit the place" in words_of(page)
    assert "1 Example Street" in page.content.decode()
    claimant.gives("details", ADDRESS)
    assert claimant.at.endswith("/send")


def test_money_goes_to_an_account_or_by_a_check(claimant: Claimant) -> None:
    at_remedy(claimant, "baseus-bs30kp365")
    claimant.gives("remedy", {"remedy": "refund"})
    assert claimant.at.endswith("/details")
    words = words_of(claimant.sees("details"))
    assert "To a bank account" in words
    assert "A check by post" in words
    page = claimant.gives("details", US_ACCOUNT | {"routing_number": "123456789"})
    assert "This is not a routing number" in words_of(page)
    claimant.gives("details", US_ACCOUNT)
    assert claimant.at.endswith("/send")
    assert "Account ending in 5678" in words_of(claimant.sees("send"))
    assert "021000021" not in claimant.sees("send").content.decode()
    page = claimant.gives("details", {"payee_kind": "check"})
    assert "City: Please fill this in." in words_of(page)
    claimant.gives("details", {"payee_kind": "check", **ADDRESS})
    filing = Filing.objects.get()
    assert json.loads(opened(filing, "sealed_payee")) == {"kind": "check"}
    assert json.loads(opened(filing, "sealed_address"))["city"]


def test_an_account_given_for_another_remedy_is_not_said_to_be_where_this_one_goes(
    claimant: Claimant,
) -> None:
    claimant.recall = "made-up-vehicles"
    claimant.begins(serial="", reading="gone")
    claimant.gives("unit", {"product": ""}, "?which")
    claimant.gives("you", NAMED | {"country": "ES"})
    claimant.gives("remedy", {"remedy": "refund"})
    iban = {"payee_kind": "iban", "account_holder": "Made-up Owner", "iban": IBAN}
    claimant.gives("details", iban)
    assert "Account ending in 1332" in words_of(claimant.sees("send"))
    claimant.gives("remedy", {"remedy": "repair"})
    claimant.gives("details", ADDRESS | {"country_area": "Madrid", "postal_code": "28001"})
    words = words_of(claimant.sees("send"))
    assert "Account ending in" not in words
    assert "1 Example Street" in words


def test_no_way_for_the_money_is_asked_for_again(claimant: Claimant) -> None:
    at_remedy(claimant, "baseus-bs30kp365").gives("remedy", {"remedy": "refund"})
    page = claimant.gives("details", {"payee_kind": "cash"})
    assert page.status_code == 422
    assert 'href="#way-1"' in page.content.decode()


@pytest.mark.parametrize("language", ["es", "en-xa", "ar-xb"])
def test_every_step_speaks_the_language_of_its_address(claimant: Claimant, language: str) -> None:
    claimant.fills_in("power-bank")
    claimant.language = language
    for step in ("unit", "photos", "you", "remedy", "details", "send"):
        page = claimant.sees(step)
        assert page.status_code == 200
        assert "Rather do it by phone?" not in words_of(page)
        assert "1-800-555-0142" in page.content.decode()
