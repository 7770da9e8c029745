"""A recall asks about its own product's danger; a page about no single recall asks in general."""

import pytest

from tests.portal.conftest import Owner

GENERAL = "Is it hot, swollen, leaking or smoking"
OWN = "Does the brake pedal feel soft"
VEHICLES = "/en/recalls/made-up-vehicles/"
RECALLED = "ZZ9CAB12K00100001"
OTHER = "ZZ9CAB12K77777777"


@pytest.mark.parametrize("page", ["", "check", "unreadable"])
def test_the_pages_of_a_recall_ask_in_its_own_words(owner: Owner, page: str) -> None:
    body = owner.sees(VEHICLES + page).content.decode()
    assert OWN in body
    assert "swollen" not in body


def test_the_danger_page_says_what_to_do_about_this_product(owner: Owner) -> None:
    body = owner.sees(VEHICLES + "danger").content.decode()
    assert "Stop as soon as you can, and do not drive on</h1>" in body
    assert "pull the handbrake little by little" in body
    assert "call the emergency number" in body
    assert "tel:999" in body
    assert "Get away from it" not in body
    assert "charge it" not in body


def test_the_danger_page_speaks_the_language_of_the_page(owner: Owner) -> None:
    body = owner.sees("/es/recalls/made-up-vehicles/danger").content.decode()
    assert "Deténgase en cuanto pueda" in body
    assert "llame al número de emergencia" in body


@pytest.mark.parametrize("serial", [RECALLED, RECALLED[:-1], OTHER])
def test_every_answer_asks_in_the_words_of_its_recall(owner: Owner, serial: str) -> None:
    body = owner.checks(serial, recall="made-up-vehicles", brand="brisa").content.decode()
    assert OWN in body
    assert "swollen" not in body
    assert "gets hot" not in body


@pytest.mark.parametrize("path", ["/en/", "/en/check", "/en/recalls/anker-a1263/check"])
def test_other_pages_ask_as_for_a_battery(owner: Owner, path: str) -> None:
    assert GENERAL in owner.sees(path).content.decode()


@pytest.mark.parametrize("path", ["/en/danger", "/en/recalls/anker-a1263/danger"])
def test_other_danger_pages_say_what_to_do_about_a_battery(owner: Owner, path: str) -> None:
    body = owner.sees(path).content.decode()
    assert "Get away from it, now</h1>" in body
    assert "Do not touch it, move it, charge it or write on it." in body
