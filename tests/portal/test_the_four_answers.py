"""What an owner is told after typing a serial, from the first entry to a person."""

import re

import pytest

from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.recalls.reads import live_recall
from tests.portal.conftest import Owner

ANKER = {"recall": "anker-a1263", "brand": "anker", "model": "A1263"}


def heading(body: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", body, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found.group(1))


def form_of_a1263() -> object:
    live = live_recall("anker-a1263")
    assert live is not None
    return live.document.products[0].serial.form


def far_from_all() -> str:
    return next(iter(made_up_serials(form_of_a1263(), 1, seed=7, numbering=Numbering.RANDOM)))


def misread(serial: str) -> str:
    """The serial with each look-alike taken for its partner: nothing that stands in a list."""
    return serial.translate(str.maketrans("1258B6GSZL", "LZSB8G652I"))


def token_in(body: str) -> str:
    found = re.search(r'name="second_look" value="([^"]*)"', body)
    assert found
    return found.group(1)


def test_who_has_a_recalled_unit_is_told_first_to_stop(owner: Owner) -> None:
    answer = owner.checks(owner.recalled(), **ANKER)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert heading(body) == "Stop using it now"
    assert (
        body.index("Stop using it now</h1>")
        < body.index('form="danger-now"')
        < body.index("USD 30")
    )
    assert "tel:+18005550142" in body
    assert "mailto:recall-help@example.com" in body


def test_spaces_and_small_letters_change_nothing(owner: Owner) -> None:
    serial = owner.recalled().lower()
    spaced = " ".join(serial[place : place + 4] for place in range(0, 16, 4))
    assert "Stop using it now" in owner.checks(spaced).content.decode()


def test_a_misread_serial_is_looked_at_again_and_then_by_a_person(owner: Owner) -> None:
    wrong = misread(owner.recalled())
    first = owner.checks(wrong, **ANKER).content.decode()
    assert heading(first) == "Please look again"
    assert owner.recalled() not in first
    assert 'class="doubt"' in first
    again = owner.checks(wrong, second_look=token_in(first), **ANKER).content.decode()
    assert heading(again) == "A person decides this with you"
    assert "tel:+18005550142" in again


def test_another_serial_after_a_look_again_is_never_a_no(owner: Owner) -> None:
    first = owner.checks(misread(owner.recalled()), **ANKER).content.decode()
    other = owner.checks(far_from_all(), second_look=token_in(first), **ANKER)
    assert heading(other.content.decode()) == "A person decides this with you"


@pytest.mark.parametrize("token", ["not-ours", "a:b:c"])
def test_an_altered_token_never_makes_the_answer_less(owner: Owner, token: str) -> None:
    body = owner.checks(far_from_all(), second_look=token, **ANKER).content.decode()
    assert heading(body) == "A person decides this with you"


def test_an_altered_token_does_not_hide_a_recalled_unit(owner: Owner) -> None:
    body = owner.checks(owner.recalled(), second_look="not-ours", **ANKER).content.decode()
    assert heading(body) == "Stop using it now"


def test_a_serial_far_from_all_is_not_in_this_recall_and_not_called_safe(owner: Owner) -> None:
    body = owner.checks(far_from_all(), **ANKER).content.decode()
    assert heading(body) == "The serial you gave is not in this recall"
    assert "version 1" in body
    assert " safe" not in body.lower()
    assert "✓" not in body
    assert 'action="/en/tell-me"' in body


def test_each_answer_asks_whether_it_is_dangerous_now(owner: Owner) -> None:
    for serial in (owner.recalled(), misread(owner.recalled()), far_from_all()):
        assert "/en/recalls/anker-a1263/danger" in owner.checks(serial, **ANKER).content.decode()


def test_answers_are_kept_by_nobody(owner: Owner) -> None:
    for serial in (owner.recalled(), misread(owner.recalled()), far_from_all(), ""):
        answer = owner.checks(serial, **ANKER)
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies


def test_a_reload_by_address_shows_the_check_page(owner: Owner) -> None:
    assert "Check a serial number" in owner.sees("/en/check").content.decode()


def test_nothing_typed_is_said_beside_the_field(owner: Owner) -> None:
    answer = owner.checks(" - ", **ANKER)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#serial"' in body
    assert 'aria-invalid="true"' in body
    assert heading(body) == "Is my power bank in the recall?"


def test_the_country_chooses_the_remedy_only(owner: Owner) -> None:
    serial = owner.recalled("soundcore")
    body = owner.checks(serial, country="CA", recall="soundcore-a3102-a3302").content.decode()
    assert heading(body) == "Stop using it now"
    assert "Canada" in body
    assert "<h3>United States</h3>" not in body


def test_the_second_brand_keeps_its_frame(owner: Owner) -> None:
    body = owner.checks(
        owner.recalled("soundcore"), recall="soundcore-a3102-a3302", brand="powerconf"
    ).content.decode()
    assert "Anker PowerConf recalls" in body
    assert "/soundcore-a3102-a3302/powerconf.css" in body


def test_a_closed_recall_still_says_stop(owner: Owner) -> None:
    serials = owner.recalled("25-466")
    body = owner.checks(serials).content.decode()
    assert heading(body) == "Stop using it now"
    assert "Closed: the remedy is still offered" in body


def test_no_serial_of_an_answer_stands_in_an_address(owner: Owner) -> None:
    body = owner.checks(owner.recalled(), **ANKER).content.decode()
    assert owner.recalled() not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', body))


def test_without_an_index_the_owner_is_asked_to_try_later(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.units.checking.live_index", lambda at: None)
    answer = owner.checks(far_from_all(), **ANKER)
    body = answer.content.decode()
    assert heading(body) == "Please try again in a minute"
    assert "Wait 1 minute, then press “Try again”." in body
    assert f'name="serial" value="{far_from_all()}"' in body
    assert "tel:+18005550142" in body
    assert answer["Cache-Control"] == "no-store"


def test_a_model_typed_on_the_check_page_counts_more_than_the_one_shown(owner: Owner) -> None:
    typed = owner.checks(far_from_all(), other_model="Z99", **ANKER).content.decode()
    assert heading(typed) == "Please look again"
    assert "We do not know this model" in typed
    assert "Choose it, and its page shows where its serial number stands." in typed
    assert "Baseus" in typed


def test_who_has_a_model_that_nobody_knows_meets_a_person_as_the_page_says(owner: Owner) -> None:
    first = owner.checks(far_from_all(), other_model="Z99", **ANKER).content.decode()
    assert "Send the same serial once more, and a person decides." in first
    fields = {"recall": "anker-a1263", "brand": "anker", "model": "Z99"}
    second = owner.checks(far_from_all(), second_look=token_in(first), **fields).content.decode()
    assert heading(second) == "A person decides this with you"
    assert "We decide on a claim within 5 working days." in second


def test_a_no_of_several_recalls_lists_each_with_its_version(owner: Owner) -> None:
    body = owner.checks(far_from_all()).content.decode()
    listed = re.search(r"Checked against these recalls,.*?<ul[^>]*>(.*?)</ul>", body, re.S)
    assert listed
    rows = re.findall(r"<li>(.*?)</li>", listed.group(1))
    assert len(rows) == body.count('name="watch"') > 1
    assert all(row.endswith("(version 1)") for row in rows)


def test_a_unit_of_two_recalls_is_said_to_be_in_two(owner: Owner) -> None:
    body = owner.checks(owner.recalled("a1642-a1647-a1652")).content.decode()
    assert "is in 2 recalls." in body


def test_a_model_that_was_typed_is_there_when_the_serial_was_forgotten(owner: Owner) -> None:
    body = owner.checks("", other_model="Z99", **ANKER).content.decode()
    assert 'name="other_model" type="text" maxlength="60" value="Z99"' in body
    assert "<details open><summary>None of these" in body
