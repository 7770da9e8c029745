"""What an owner finds by typing a name, a model or a serial."""

import re

import pytest

from tests.portal.conftest import Owner


def models(body: str) -> list[str]:
    return re.findall(r"<bdi>([^<@]+)</bdi>", body.split("</main>", maxsplit=1)[0])


@pytest.mark.parametrize(
    "text",
    [
        *("PowerCore 10000", "PowerCore 1000", "powercore10000", "Powr core 10000", "a1263"),
        *("A 1263", "A1263 black", "Anker PowerCore 10000 A1263 (Black)", "10000mAh power bank"),
        *("model A1263 from the supermarket", "anker powercore 10000 portable charger, 10000mAh"),
    ],
)
def test_a_name_with_a_slip_finds_the_power_bank(owner: Owner, text: str) -> None:
    assert "A1263" in models(owner.sends("/en/search", q=text).content.decode())


def test_a_model_in_two_recalls_is_shown_twice(owner: Owner) -> None:
    assert models(owner.sends("/en/search", q="A1647").content.decode()) == ["A1647", "A1647"]


def test_a_brand_finds_its_products_and_no_others(owner: Owner) -> None:
    body = owner.sends("/en/search", q="basues").content.decode()
    assert models(body) == ["BS-30KP365"]


@pytest.mark.parametrize("text", ["toaster", "black toaster", "", "!!", "12"])
def test_nothing_found_shows_all_products_and_the_phone(owner: Owner, text: str) -> None:
    body = owner.sends("/en/search", q=text).content.decode()
    said = "We did not find that name." if text else "Nothing was typed."
    assert said in body
    assert {"A1263", "BS-30KP365", "A3102016"} <= set(models(body))
    assert "tel:+18005550142" in body


def test_a_serial_in_the_search_box_is_checked(owner: Owner) -> None:
    answer = owner.sends("/en/search", q=owner.recalled())
    assert "Stop using it now" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("before", [" ", "-", "\u200b"])
def test_a_serial_behind_what_nobody_sees_is_checked_whole(owner: Owner, before: str) -> None:
    answer = owner.sends("/en/search", q=before * 300 + owner.recalled())
    assert "Stop using it now" in answer.content.decode()


@pytest.mark.parametrize("page", ["/en/", "/en/check"])
def test_no_browser_cuts_what_is_pasted_as_a_serial(owner: Owner, page: str) -> None:
    body = owner.sees(page).content.decode()
    (field,) = re.findall(r'<input[^>]* name="(?:q|serial)"[^>]*>', body)
    assert "maxlength" not in field


def test_a_serial_is_not_taken_for_the_model_it_begins_with(owner: Owner) -> None:
    body = owner.sends("/en/search", q="BS30KP3650000001D").content.decode()
    assert "Is it one of these?</h1>" not in body


def test_the_address_of_the_search_shows_the_home_page(owner: Owner) -> None:
    assert "Is mine recalled?" in owner.sees("/en/search").content.decode()
