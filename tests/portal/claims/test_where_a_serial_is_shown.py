"""Beside a serial that was read stands the part of the photo in which people can read it."""

import pytest

from recalldesk.portal.claiming.label_shown import all_of_it, printed_at
from recalldesk.reading.seen import Box, LabelReading, Line, SerialCandidate, Source

BARS: Box = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.2), (0.1, 0.2))
PRINT: Box = ((0.1, 0.3), (0.5, 0.3), (0.5, 0.4), (0.1, 0.4))
OTHER: Box = ((0.1, 0.5), (0.5, 0.5), (0.5, 0.6), (0.1, 0.6))
SERIAL = "A12F8G7K30XB4T9C"


def candidate(source: Source, box: Box) -> SerialCandidate:
    return SerialCandidate(SERIAL, 1.0, (1.0,) * len(SERIAL), (), source, box)


def line(text: str, box: Box) -> Line:
    return Line(text, 1.0, (1.0,) * len(text), box)


def test_of_a_bar_code_it_is_the_print_beside_it() -> None:
    found = candidate(Source.BAR_CODE, BARS)
    lines = (line("Capacity: 10000mAh", OTHER), line("SN: A12F 8G7K 30XB 4T9C", PRINT))
    assert printed_at(LabelReading(candidates=(found,), lines=lines), found) == PRINT


def test_it_is_that_print_too_where_some_of_it_was_read_otherwise() -> None:
    found = candidate(Source.BAR_CODE, BARS)
    lines = (line("Capacity: 10000mAh / 36Wh", OTHER), line("SN: A12F BG7K 3OXB 4T9C", PRINT))
    assert printed_at(LabelReading(candidates=(found,), lines=lines), found) == PRINT


def test_another_number_is_not_its_print() -> None:
    found = candidate(Source.BAR_CODE, BARS)
    lines = (line("SN: B77Q2M4X91ZD5H6K", OTHER), line("A12F", PRINT))
    assert printed_at(LabelReading(candidates=(found,), lines=lines), found) is None


def test_of_a_bar_code_without_print_that_was_read_there_is_none() -> None:
    found = candidate(Source.BAR_CODE, BARS)
    assert printed_at(LabelReading(candidates=(found,)), found) is None


def test_of_print_it_is_the_print() -> None:
    found = candidate(Source.PRINT, PRINT)
    assert printed_at(LabelReading(candidates=(found,)), found) == PRINT


@pytest.mark.parametrize(
    ("bars", "upper_left"),
    [
        (((0.4, 0.6), (0.8, 0.62), (0.8, 0.7), (0.4, 0.68)), (0, 0)),
        (((0.3, 0.4), (0.32, 0.8), (0.2, 0.8), (0.18, 0.4)), (1, 0)),
        (((0.5, 0.3), (0.1, 0.28), (0.1, 0.2), (0.5, 0.22)), (1, 1)),
        (((0.7, 0.5), (0.68, 0.1), (0.8, 0.1), (0.82, 0.5)), (0, 1)),
    ],
)
def test_the_whole_photo_begins_where_the_text_of_the_label_does(
    bars: Box, upper_left: tuple[int, int]
) -> None:
    whole = all_of_it(bars)
    assert whole[0] == upper_left
    assert sorted(whole) == [(0, 0), (0, 1), (1, 0), (1, 1)]
