"""Which texts of a label may be its serial, by lines that were read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import expand
from recalldesk.reading.asked import LabelForm, ProductForm
from recalldesk.reading.characters import SeenLine
from recalldesk.reading.serials import Piece, pieces_in
from tests.reading.written import ALPHABET, ANY_FORM, FORM, SERIAL, box, seen, seen_line

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPED = LabelForm(
    (
        ProductForm(
            ("BS30KP365",),
            SerialForm(
                LETTERS,
                16,
                16,
                look_alikes=("1IL", "0OD", "8B"),
                shapes=expand("BS30KP365######[0-9AD]", alphabet=LETTERS, shortest=16, longest=16),
            ),
            "S/N",
        ),
    )
)


def found(*lines: SeenLine, form: LabelForm = FORM) -> list[str]:
    return [piece.text for piece in pieces_in(lines, form)]


def first(*lines: SeenLine, form: LabelForm = FORM) -> Piece:
    return pieces_in(lines, form)[0]


@pytest.mark.parametrize(
    "text",
    [
        f"SN: {SERIAL}",
        f"SN:{SERIAL}",
        f"S/N {SERIAL}",
        f"SN{SERIAL}",
        f"Serial No. {SERIAL}",
        f"sn: {SERIAL.lower()}",
        f"Model A1263 SN: {SERIAL}",
        f"SN: {SERIAL} (MADE UP)",
        f"5N: {SERIAL}",
    ],
)
def test_what_stands_before_the_serial_is_taken_off(text: str) -> None:
    piece = first(seen_line("Power bank", box(0.1, 0.3, 0.3)), seen_line(text))
    assert (piece.text, piece.is_led, piece.is_whole) == (SERIAL, True, True)


@given(st.text(ALPHABET, min_size=16, max_size=16).filter(lambda text: text[0] not in "NS5"))
def test_any_serial_of_the_form_is_found_behind_its_label(serial: str) -> None:
    pieces = pieces_in([seen_line(f"SN: {serial}")], FORM)
    assert pieces[0].text == serial
    assert pieces[0].is_whole
    assert not pieces[0].mended


def test_groups_of_one_size_are_one_serial() -> None:
    piece = first(seen_line("SN: A12F 8G7K 30XB 4T9C"))
    assert (piece.text, piece.is_whole) == (SERIAL, True)


def test_a_space_that_is_none_is_no_gap() -> None:
    assert first(seen_line("SN: A12F8G 7K30XB4T9C")).is_whole


def test_a_wide_gap_between_unequal_parts_is_a_doubt_of_all() -> None:
    text = "SN: A12F8G 7K30XB4T9C"
    assert not first(seen_line(text, wide_after=text.index("8G") + 1)).is_whole


def test_the_parts_of_a_line_that_was_found_in_two_pieces_are_joined_in_doubt() -> None:
    left = seen_line("SN: A12F8G7K", box(0.1, 0.5, 0.3))
    right = seen_line("30XB4T9C", box(0.41, 0.5, 0.2))
    piece = first(left, right)
    assert (piece.text, piece.is_whole) == (SERIAL, False)


def test_a_serial_on_two_lines_is_joined_in_doubt() -> None:
    upper = seen_line("SN: A12F8G7K", box(0.1, 0.5, 0.3))
    lower = seen_line("30XB4T9C", box(0.1, 0.55, 0.2))
    piece = first(upper, lower)
    assert (piece.text, piece.is_whole) == (SERIAL, False)


def test_a_label_in_its_own_box_leads_the_serial_beside_it() -> None:
    label = seen_line("SN:", box(0.1, 0.5, 0.08))
    serial = seen_line(SERIAL, box(0.2, 0.5, 0.4))
    assert any(piece.is_led and piece.text == SERIAL for piece in pieces_in([label, serial], FORM))


def test_lines_far_apart_are_not_joined() -> None:
    left = seen_line("SN: A12F8G7K", box(0.1, 0.1, 0.3))
    right = seen_line("30XB4T9C", box(0.1, 0.8, 0.2))
    assert found(left, right) == []


def test_both_of_two_serials_are_given() -> None:
    other = "B77F8G7K30XB4T9C"
    lines = (
        seen_line(f"SN: {SERIAL}", box(0.1, 0.2, 0.4)),
        seen_line(f"SN: {other}", box(0.1, 0.7, 0.4)),
    )
    assert sorted(found(*lines)) == sorted([SERIAL, other])


@pytest.mark.parametrize(
    "text", ["POWERBANKCHARGER", "Output: 5V=2A", "RECHARGEABLE", "Example Co., made for tests"]
)
def test_words_are_no_serials(text: str) -> None:
    assert found(seen_line(text)) == []


def test_a_letter_of_the_label_never_becomes_the_first_character_quietly() -> None:
    lacks_its_last = f"S/N{SERIAL[:-1]}"
    assert all(not piece.is_whole for piece in pieces_in([seen_line(lacks_its_last)], FORM))
    lacks_its_last_two = f"SN{SERIAL[:-2]}"
    assert all(not piece.is_whole for piece in pieces_in([seen_line(lacks_its_last_two)], FORM))


def test_a_character_that_the_form_never_has_gives_way_to_the_likeliest_and_is_noted() -> None:
    line = seen_line(f"SN: {SERIAL}")
    place = line.text.index("8")
    strange = seen("日", 0.7, {"8": 0.2, "B": 0.1})
    characters = (*line.characters[:place], strange, *line.characters[place + 1 :])
    # A sign that is no letter ends the text: nothing is guessed.
    assert found(SeenLine(characters, line.box)) == []
    shaped = first(seen_line("S/N BS30KP36512B4561"), form=SHAPED)
    assert (shaped.text, shaped.mended) == ("BS30KP3651284561", frozenset({11}))


def test_without_a_form_what_follows_sn_may_be_a_serial_and_nothing_else() -> None:
    lines = seen_line("SN: QX-4471-B", box(0.1, 0.2, 0.3)), seen_line("Model 44718829")
    assert found(*lines, form=ANY_FORM) == ["QX4471B"]
