"""Whether a label settles what was typed: only without the least doubt, and by one serial alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.reading.label import agrees_with, merged
from recalldesk.reading.seen import LabelReading, Source
from tests.reading.written import ALPHABET, ANY_FORM, FORM, SERIAL, candidate, reading

serials = st.text(ALPHABET, min_size=16, max_size=16)
CODE = candidate(SERIAL, source=Source.BAR_CODE)


@given(serials)
def test_the_same_text_without_doubt_agrees(serial: str) -> None:
    assert agrees_with(reading(candidate(serial)), serial, FORM)


def test_case_spaces_and_folded_characters_make_no_difference() -> None:
    assert agrees_with(reading(candidate(SERIAL)), "a12f 8g7k 3Oxb 4t9c", FORM)
    assert agrees_with(reading(candidate(SERIAL.replace("0", "O"))), SERIAL, FORM)


@given(serials, serials)
def test_another_text_never_agrees(typed: str, read: str) -> None:
    assert agrees_with(reading(candidate(read)), typed, FORM) == (typed == read)


@given(serials, st.lists(st.integers(0, 15), min_size=1))
def test_any_doubt_leaves_it_open(serial: str, doubtful: list[int]) -> None:
    assert not agrees_with(reading(candidate(serial, doubtful)), serial, FORM)


@given(serials)
def test_a_second_serial_leaves_it_open(other: str) -> None:
    if other != SERIAL:
        assert not agrees_with(reading(candidate(SERIAL), candidate(other)), SERIAL, FORM)
        assert not agrees_with(reading(candidate(other), candidate(SERIAL)), SERIAL, FORM)


@pytest.mark.parametrize("read", [LabelReading(), reading(candidate("SHORT1"))])
def test_nothing_read_or_no_serial_of_the_form_leaves_it_open(read: LabelReading) -> None:
    assert not agrees_with(read, SERIAL, FORM)
    assert not agrees_with(read, "SHORT1", FORM)


def test_without_a_form_nothing_is_settled() -> None:
    assert not agrees_with(reading(candidate(SERIAL)), SERIAL, ANY_FORM)


def test_print_that_says_the_same_as_the_bar_code_adds_nothing() -> None:
    assert merged([CODE], [candidate(SERIAL, (3, 4))], FORM) == (CODE,)


def test_print_that_differs_from_the_bar_code_puts_those_places_in_doubt() -> None:
    printed = candidate(SERIAL.replace("8", "B"))
    (both,) = merged([CODE], [printed], FORM)
    assert (both.text, both.doubtful, both.source) == (SERIAL, (4,), Source.BAR_CODE)


def test_print_settles_a_bar_code_that_checks_nothing() -> None:
    unchecked = candidate(SERIAL, range(16), Source.BAR_CODE)
    (both,) = merged([unchecked], [candidate(SERIAL)], FORM)
    assert both.doubtful == ()


def test_print_in_doubt_does_not_settle_a_bar_code_that_checks_nothing() -> None:
    unchecked = candidate(SERIAL, range(16), Source.BAR_CODE)
    (both,) = merged([unchecked], [candidate(SERIAL, (2,))], FORM)
    assert both.doubtful == (2,)


def test_a_bar_code_of_another_serial_stands_beside_the_print() -> None:
    printed = candidate("Z99Z9Z9Z99ZZ9Z9Z")
    assert merged([CODE], [printed], FORM) == (CODE, printed)


def test_two_bar_codes_with_the_same_text_are_one() -> None:
    assert merged([CODE, CODE], [], FORM) == (CODE,)
