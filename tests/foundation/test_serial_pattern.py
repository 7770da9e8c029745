"""A pattern of serials is read place by place, or refused with its reason."""

import pytest

from recalldesk.foundation.serial_pattern import PatternError, expand, matches

DIGITS = "0123456789"
ALL = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def fits(pattern: str, text: str, shortest: int = 1, longest: int = 20) -> bool:
    places = expand(pattern, alphabet=ALL, shortest=shortest, longest=longest)
    return any(matches(entry, text) for entry in places)


@pytest.mark.parametrize(
    ("pattern", "text", "whether"),
    [
        ("BS30KP365*[0-9D]", "BS30KP3651234567", True),
        ("BS30KP365*[0-9D]", "BS30KP365123456D", True),
        ("BS30KP365*[0-9D]", "BS30KP365123456A", False),
        ("BS30KP365*[0-9D]", "BS30KP3657", True),
        ("BS30KP365*[0-9D]", "BS30KP365", False),
        ("[JPC]*", "J123", True),
        ("[JPC]*", "H123", False),
        ("A?#", "AB1", True),
        ("A?#", "ABC", False),
        ("a b", "AB", True),
        ("*", "", False),
    ],
)
def test_a_text_fits_a_pattern_or_not(pattern: str, text: str, whether: bool) -> None:
    assert fits(pattern, text) is whether


def test_a_run_gives_one_reading_for_each_length() -> None:
    places = expand("A*1", alphabet=ALL, shortest=4, longest=6)
    assert [len(entry) for entry in places] == [4, 5, 6]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("A*B*", "more than one"),
        ("A[12", "without its ]"),
        ("A[9-0]", "backwards"),
        ("A[]", "nothing"),
        ("A%", "not in the product's alphabet"),
        ("ABC", "has 3 characters; serials have 4 to 6"),
        ("ABCDEFG*", "serials have 4 to 6"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_with_its_reason(pattern: str, said: str) -> None:
    with pytest.raises(PatternError, match=said.replace("]", r"\]")):
        expand(pattern, alphabet=ALL, shortest=4, longest=6)


def test_a_set_names_only_characters_of_the_alphabet() -> None:
    with pytest.raises(PatternError, match="O"):
        expand("A[NO]", alphabet=ALL.replace("O", ""), shortest=1, longest=6)
