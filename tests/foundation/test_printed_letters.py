"""Letters of other scripts are read as the printed ones that they look like."""

import string

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.printed_letters import as_printed
from recalldesk.foundation.serial_form import normalise

PRINTED = string.digits + string.ascii_uppercase


def test_greek_and_russian_capitals_are_read_as_latin_ones() -> None:
    assert as_printed(normalise("авекмнорстух")) == "ABEKMHOPCTYX"
    assert as_printed(normalise("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")) == "ABEZHIKMNOPTYX"


def test_accents_and_strokes_are_left_out() -> None:
    assert as_printed(normalise("é Ü ø ł đ Ǟ")) == "EUOLDA"


def test_what_looks_like_nothing_printed_stays() -> None:
    assert as_printed("A�Ж?1") == "A�Ж?1"


@given(st.text())
def test_places_stay_places_and_printed_characters_stay(text: str) -> None:
    typed = normalise(text)
    printed = as_printed(typed)
    assert len(printed) == len(typed)
    assert all(b == a for a, b in zip(typed, printed, strict=True) if a in PRINTED)
