"""Print and bar code of a label say the same serial, or each other's doubts."""

from recalldesk.reading.label import merged
from recalldesk.reading.seen import Source
from tests.reading.written import FORM, SERIAL, candidate

CODE = candidate(SERIAL, source=Source.BAR_CODE)


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
