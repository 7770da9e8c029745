"""A serial's text is normalised, folded and judged by the form of its product."""

import pytest

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.foundation.serial_pattern import expand

ANKER = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    shortest=16,
    longest=16,
    folding=(("I", "1"), ("O", "0")),
    look_alikes=("0ODQ", "1IL", "2Z", "5S", "6G", "8B"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a12f 8g7k 30xb 4t9c", "A12F8G7K30XB4T9C"),
        ("A12F-8G7K–30XB—4T9C", "A12F8G7K30XB4T9C"),
        ("\u00a0A12F\u2009\u200b8\u00adG\u2212\t\r\n", "A12F8G"),
        ("Ａ１２Ｆ", "A12F"),
        ("٣٤५", "345"),
        ("①²", "12"),
        ("A?2F", "A?2F"),
        ("", ""),
    ],
)
def test_what_is_typed_is_brought_to_one_way_of_writing(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


def test_a_worn_character_stays_a_character() -> None:
    assert len(normalise("A1_F")) == 4


def test_an_invisible_character_between_letter_and_accent_makes_no_second_reading() -> None:
    once = normalise("e\u200d\u0301")
    assert normalise(once) == once


@pytest.mark.parametrize("character", ["\u0344", "\u0958", "\u0307", "\u1161", "ß", "\ufb03"])
def test_no_character_becomes_more_than_one(character: str) -> None:
    assert len(normalise(f"1{character}2")) == 3


def test_every_character_there_is_settles_at_once() -> None:
    for code in range(0x110000):
        once = normalise(chr(code))
        assert len(once) <= 1
        assert normalise(once) == once


def test_an_accent_typed_after_its_letter_is_the_letter_with_its_accent() -> None:
    assert normalise("cafe\u0301") == normalise("CAFÉ") == "CAFÉ"


def test_letters_that_are_never_printed_become_what_they_stand_for() -> None:
    assert ANKER.fold("OI12") == "0112"


def test_a_form_without_folding_leaves_the_text() -> None:
    assert SerialForm(alphabet="OI", shortest=1, longest=9).fold("OI") == "OI"


def test_the_skeleton_is_the_same_for_all_of_a_class() -> None:
    for members in ANKER.look_alikes:
        assert len({ANKER.skeleton(ANKER.fold(character)) for character in members}) == 1


def test_the_skeleton_keeps_classes_apart_and_the_length() -> None:
    assert ANKER.skeleton("0125689") != ANKER.skeleton("1025689")
    assert len(ANKER.skeleton("A12F8G7K30XB4T9C")) == 16


def test_a_class_knows_its_members_of_the_alphabet_only() -> None:
    assert set(ANKER.alike["0"]) == {"0", "D", "Q"}
    assert ANKER.alike["A"] == "A"
    assert "I" not in ANKER.alike


def test_a_serial_is_well_formed_by_length_and_alphabet() -> None:
    assert ANKER.is_well_formed("A12F8G7K30XB4T9C")
    assert not ANKER.is_well_formed("A12F8G7K30XB4T9")
    assert not ANKER.is_well_formed("A12F8G7K30XB4T9C0")
    assert not ANKER.is_well_formed("A12F8G7K30XB4T9O")


def test_a_shape_narrows_what_is_well_formed() -> None:
    places = expand("AB##", alphabet="AB01", shortest=4, longest=4)
    form = SerialForm(alphabet="AB01", shortest=4, longest=4, shapes=places)
    assert form.is_well_formed("AB01")
    assert not form.is_well_formed("BA01")


def test_products_with_the_same_characters_share_a_profile_whatever_their_length() -> None:
    longer = SerialForm(
        alphabet=ANKER.alphabet,
        shortest=12,
        longest=18,
        folding=ANKER.folding,
        look_alikes=ANKER.look_alikes,
    )
    assert longer.profile == ANKER.profile
