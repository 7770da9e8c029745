"""Names of filings and codes for units: random, and read as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims import drafting
from recalldesk.claims.references import (
    REFERENCE_LETTERS,
    new_key,
    new_marking_code,
    new_reference,
    reference_in,
)
from tests.claims.owner import OLGA, again


@given(st.randoms(use_true_random=False))
def test_a_reference_is_read_however_it_is_typed(random: object) -> None:
    reference = new_reference()
    for typed in (
        reference,
        reference.lower(),
        reference.replace("-", ""),
        reference.replace("-", " "),
        reference[2:],
        f"  {reference}. ",
        reference.replace("5", "S").replace("8", "b"),
    ):
        assert reference_in(typed) == reference


@given(st.text(max_size=20))
def test_any_text_holds_a_reference_or_none(text: str) -> None:
    found = reference_in(text)
    assert not found or reference_in(found) == found


def test_they_do_not_repeat() -> None:
    assert len({new_reference() for _ in range(2000)}) == 2000
    assert len({new_key() for _ in range(2000)}) == 2000


def test_a_marking_code_has_eight_digits_and_no_zero_in_front() -> None:
    codes = [new_marking_code() for _ in range(2000)]
    assert all(len(code) == 9 and code[4] == "-" and code[0] != "0" for code in codes)
    assert all(code.replace("-", "").isdigit() for code in codes)
    assert len(set(codes)) > 1990


def test_no_letter_is_taken_for_another() -> None:
    for alike in ("0O", "1I", "5S", "8B"):
        assert len(set(alike) & set(REFERENCE_LETTERS)) <= 1


@pytest.mark.django_db
@pytest.mark.usefixtures("desk")
def test_a_reference_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = OLGA.opens()
    drawn = iter([first.reference, first.reference, "R-2222-3333"])
    monkeypatch.setattr(drafting, "new_reference", lambda: next(drawn))
    assert again(OLGA.opens()).reference == "R-2222-3333"
