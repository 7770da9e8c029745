"""A reference names one notice; a slip of whoever types it names none."""

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.outreach.letters.reference import LETTERS, number_in, reference_of

NUMBERS = st.integers(min_value=1, max_value=10**15)


@given(NUMBERS, st.sampled_from(("", " ", "-")), st.booleans())
def test_a_reference_is_read_however_it_is_typed(number: int, apart: str, is_small: bool) -> None:
    typed = apart.join(reference_of(number).replace("-", ""))
    assert number_in(typed.lower() if is_small else typed) == number


@given(NUMBERS, st.data())
def test_one_wrong_character_is_no_reference(number: int, data: st.DataObject) -> None:
    drawn = reference_of(number).replace("-", "")
    place = data.draw(st.integers(1, len(drawn) - 2))
    other = data.draw(st.sampled_from([each for each in LETTERS if each != drawn[place]]))
    assert number_in(drawn[:place] + other + drawn[place + 1 :]) is None


@given(NUMBERS, st.data())
def test_two_swapped_characters_are_no_reference(number: int, data: st.DataObject) -> None:
    drawn = reference_of(number).replace("-", "")
    place = data.draw(st.integers(1, len(drawn) - 3))
    swapped = drawn[:place] + drawn[place + 1] + drawn[place] + drawn[place + 2 :]
    assert number_in(swapped) in ((number,) if swapped == drawn else (None,))


@given(st.text(max_size=20))
def test_any_text_is_one_reference_or_none(text: str) -> None:
    number = number_in(text)
    assert number is None or number_in(reference_of(number)) == number
