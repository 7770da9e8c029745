"""When a place of a serial is in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.reading.characters import SeenCharacter
from recalldesk.reading.doubts import (
    HABITS,
    SURE,
    TRACE,
    is_doubtful,
    likeliest,
    may_lack_a_character,
)
from recalldesk.reading.views import NOTHING, side_by_side
from tests.reading.written import ALPHABET, SERIAL, SERIAL_FORM, seen, seen_line

VIEWS = 6
one = st.sampled_from(ALPHABET)


def test_what_every_view_sees_surely_is_free_of_doubt() -> None:
    assert not is_doubtful("8", [seen("8")] * VIEWS, SERIAL_FORM)


def test_a_folded_character_is_the_one_that_is_meant() -> None:
    views = [seen("O", 0.99, {"0": 0.01}), seen("0")]
    assert not is_doubtful("0", views, SERIAL_FORM)
    assert likeliest("O", views, SERIAL_FORM) == "O"


@given(one, one, st.integers(0, VIEWS - 1), st.floats(TRACE * 1.01, 1))
def test_a_trace_of_another_in_any_view_is_a_doubt(
    text: str, other: str, view: int, trace: float
) -> None:
    if text == other:
        return
    views = [seen(text) for _ in range(VIEWS)]
    views[view] = seen(text, 1.0, {other: trace})
    assert is_doubtful(text, views, SERIAL_FORM)


@given(one, st.integers(0, VIEWS - 1), st.floats(0, SURE * 0.99))
def test_a_view_that_is_unsure_is_a_doubt(text: str, view: int, confidence: float) -> None:
    views = [seen(text) for _ in range(VIEWS)]
    views[view] = seen(text, confidence)
    assert is_doubtful(text, views, SERIAL_FORM)


@pytest.mark.parametrize("views", [[], [NOTHING], [seen("8"), NOTHING]])
def test_a_view_that_sees_nothing_there_is_a_doubt(views: list[SeenCharacter]) -> None:
    assert is_doubtful("8", views, SERIAL_FORM)


@pytest.mark.parametrize("small", ["l", "b", "q", "g", "i"])
def test_a_small_letter_of_another_shape_is_a_doubt(small: str) -> None:
    assert is_doubtful(small.upper(), [seen(small)], None)


@pytest.mark.parametrize("read_and_meant", sorted(HABITS))
def test_a_habit_of_the_recogniser_is_mended_and_stays_in_doubt(
    read_and_meant: tuple[str, str],
) -> None:
    read, meant = read_and_meant
    views = [seen(read, 0.9, {meant: 0.1})] * VIEWS
    assert likeliest(read, views, SERIAL_FORM) == meant
    assert is_doubtful(meant, views, SERIAL_FORM)
    assert likeliest(read, [seen(read)] * VIEWS, SERIAL_FORM) == read


def test_most_views_decide_and_the_place_stays_in_doubt() -> None:
    views = [seen("5", 0.6, {"S": 0.4}), *[seen("S", 0.9, {"5": 0.1})] * 3]
    assert likeliest("5", views, SERIAL_FORM) == "S"
    assert is_doubtful("S", views, SERIAL_FORM)


def test_a_view_with_more_or_fewer_characters_speaks_for_none_of_them() -> None:
    text = [seen(c) for c in SERIAL]
    assert side_by_side(text, text, 0, 16) == text
    assert side_by_side(text, text[:7] + text[8:], 0, 16) == [NOTHING] * 16
    assert side_by_side(text, [*text, seen("X")], 0, 16) == [NOTHING] * 16


def test_what_differs_beside_the_serial_is_no_doubt_of_it() -> None:
    serial = [seen(c) for c in SERIAL]
    base = [seen(c) for c in "MODEL"] + serial
    view = [seen(c) for c in "MODE"] + serial
    assert side_by_side(base, view, 6, 20) == serial[1:15]


LOOSE = SerialForm(ALPHABET, 8, 20)


def test_a_gap_may_hide_a_character_where_the_form_knows_several_lengths() -> None:
    spaced = seen_line("A12F8G7K", wide_after=3).characters
    assert {3, 4} <= may_lack_a_character(spaced, LOOSE)
    assert may_lack_a_character(spaced, SERIAL_FORM) == frozenset()


def test_a_text_that_ends_with_its_cut_out_may_go_on() -> None:
    line = seen_line("A12F8G7K").characters
    assert {0, 7} <= may_lack_a_character(line, LOOSE)
    inner = seen_line("..A12F8G7K..").characters[2:-2]
    assert may_lack_a_character(inner, LOOSE) == frozenset()
