"""Beside a serial that was read stands the part of the photo in which people can read it."""

from recalldesk.portal.claiming.label_shown import ALL_OF_IT, printed_at
from recalldesk.reading.seen import Box, LabelReading, Line, SerialCandidate, Source

BARS: Box = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.2), (0.1, 0.2))
PRINT: Box = ((0.1, 0.3), (0.5, 0.3), (0.5, 0.4), (0.1, 0.4))
SERIAL = "A12F8G7K30XB4T9C"


def candidate(source: Source, box: Box) -> SerialCandidate:
    return SerialCandidate(SERIAL, 1.0, (1.0,) * len(SERIAL), (), source, box)


def test_of_a_bar_code_it_is_the_print_beside_it() -> None:
    line = Line("SN: A12F 8G7K 30XB 4T9C", 1.0, (1.0,) * 23, PRINT)
    found = candidate(Source.BAR_CODE, BARS)
    assert printed_at(LabelReading(candidates=(found,), lines=(line,)), found) == PRINT


def test_of_a_bar_code_without_print_that_was_read_it_is_the_whole_photo() -> None:
    found = candidate(Source.BAR_CODE, BARS)
    assert printed_at(LabelReading(candidates=(found,)), found) == ALL_OF_IT


def test_of_print_it_is_the_print() -> None:
    found = candidate(Source.PRINT, PRINT)
    assert printed_at(LabelReading(candidates=(found,)), found) == PRINT
