"""Entries are added, removed and moved by buttons; nothing else is touched."""

import pytest

from recalldesk.recalls.editing.entries import done
from recalldesk.recalls.editing.shape import is_headed
from recalldesk.recalls.editing.splicing import edited
from tests.recalls.editing.files import TEXTS, tables

TEMPLATE = TEXTS["the template"]


def pressed(text: str, button: str) -> str:
    after, place = done(tables(text), button)
    assert place
    return edited(text, after, is_headed)


@pytest.mark.parametrize(
    ("button", "back"),
    [
        ("add companies", "remove companies.2"),
        ("add products", "remove products.1"),
        ("add products.0.variants", "remove products.0.variants.1"),
        ("add texts.stop", "remove texts.stop.2"),
        ("add faq", "remove faq.1"),
        ("add scope.patterns", "remove scope.patterns.0"),
        ("add figures", "remove figures.2"),
        ("add budget", "remove budget"),
    ],
)
def test_what_was_added_and_removed_again_leaves_the_file_as_it_was(button: str, back: str) -> None:
    text = pressed(TEMPLATE, button)
    assert text != TEMPLATE
    assert pressed(text, back) == TEMPLATE


def test_what_was_moved_there_and_back_is_as_it_was() -> None:
    text = pressed(TEMPLATE, "down companies.0")
    assert [each["role"] for each in tables(text)["companies"]] == ["importer", "manufacturer"]
    assert pressed(text, "up companies.1") == TEMPLATE


def test_what_is_new_has_what_can_be_meant_in_one_way_only() -> None:
    after, place = done(tables(TEMPLATE), "add scope.lists")
    assert place == "scope.lists.1"
    assert after["scope"]["lists"][1] == {"products": ["k20"]}


def test_removing_the_last_of_a_list_takes_the_list_out() -> None:
    assert "faq" not in tables(pressed(TEMPLATE, "remove faq.0"))


@pytest.mark.parametrize(
    "button",
    [
        *("", "save", "up companies.0", "down companies.1", "up companies.-1"),
        *("remove companies.9", "add nothing", "add firm.name", "up firm", "remove firm.name.x"),
        *("add products.7.variants", "remove recall", "remove format"),
    ],
)
def test_a_button_for_what_is_not_there_does_nothing(button: str) -> None:
    raw = tables(TEMPLATE)
    assert done(raw, button) == (raw, "")
