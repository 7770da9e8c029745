"""What was to be written, held against lines that were read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.demo.photos.markings import LOOK_ALIKE_WORDS
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.marking import marks_in
from recalldesk.reading.seen import Mark
from tests.reading.written import box, line

CODE = "4829-1375"
codes = st.integers(10_000_000, 99_999_999).map(lambda n: f"{n // 10_000}-{n % 10_000:04}")


def code_in(*texts: str, code: str = CODE) -> Mark:
    found = marks_in([line(text) for text in texts], ExpectedMarking(code=code)).code
    assert found is not None
    return found


def word_in(*texts: str, word: str = "RECALLED") -> Mark:
    found = marks_in([line(text) for text in texts], ExpectedMarking(word=word)).word
    assert found is not None
    return found


@given(codes)
def test_a_code_that_was_read_as_it_is_is_verified(code: str) -> None:
    assert code_in(f"RECALLED {code}", code=code) == Mark(1.0, True)
    assert code_in(code.replace("-", " "), code=code).is_verified


@given(codes, codes)
def test_another_code_is_not_verified_unless_it_is_nearly_the_same(one: str, other: str) -> None:
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    if apart > 3:
        assert not code_in(one, code=other).is_verified


@pytest.mark.parametrize("read", ["48Z9-I375", "4B29-13T5", "4829 l37S", "A829-1375", "4829-137"])
def test_what_handwriting_makes_of_digits_is_forgiven(read: str) -> None:
    assert code_in(read).is_verified


@pytest.mark.parametrize("read", ["4829", "1375", "4829-4826", "1375-4829", "RECALLED", ""])
def test_half_a_code_is_none(read: str) -> None:
    assert not code_in(read).is_verified


def test_a_code_on_two_lines_is_one() -> None:
    upper, lower = line("4829-", box(0.1, 0.2, 0.3)), line("1375", box(0.1, 0.25, 0.3))
    found = marks_in([upper, lower], ExpectedMarking(code=CODE)).code
    assert found is not None
    assert found.is_verified


def test_the_products_own_print_is_left_out() -> None:
    written = line("RECALLED 1111-2222", box(0.1, 0.2, 0.6, 0.12))
    printed = line("SN 48291375", box(0.1, 0.8, 0.2, 0.03))
    found = marks_in([written, printed], ExpectedMarking(code=CODE)).code
    assert found is not None
    assert not found.is_verified
    assert marks_in([printed], ExpectedMarking(code=CODE)).code == Mark(1.0, True)


@pytest.mark.parametrize(
    "read", ["RECALLED", "Recalled", "RECA11ED", "RECALLED 4829-1375", "RECALED"]
)
def test_the_word_is_verified(read: str) -> None:
    assert word_in(read).is_verified


@pytest.mark.parametrize("read", [*LOOK_ALIKE_WORDS, "POWER BANK 10000", "RED"])
def test_another_word_is_not(read: str) -> None:
    assert not word_in(read).is_verified


def test_a_recalls_own_word_is_looked_for() -> None:
    assert word_in("RETIRADO", word="RETIRADO").is_verified
    assert not word_in("RECALLED", word="RETIRADO").is_verified


@pytest.mark.parametrize("read", ["Ana Ruiz", "ANA RU1Z", "Ruiz Ana", "4829-1375 Ana Ruiz"])
def test_a_name_is_found_by_its_words(read: str) -> None:
    found = marks_in([line(read)], ExpectedMarking(name="Ana Ruiz")).name
    assert found is not None
    assert found.is_verified


@pytest.mark.parametrize("read", ["Ben Okoro", "Ana", "RECALLED"])
def test_another_name_is_not(read: str) -> None:
    found = marks_in([line(read)], ExpectedMarking(name="Ana Ruiz")).name
    assert found is not None
    assert not found.is_verified


DAY = "2026-11-26"


@pytest.mark.parametrize(
    "read",
    [
        "2026-11-26",
        "11/26/2026",
        "26.11.2026",
        "26/11/26",
        "11-26-26",
        "26 Nov 2026",
        "November 26, 2026",
        "26 de noviembre de 2026",
        "26 NOV. 26",
    ],
)
def test_a_day_is_found_however_it_was_written(read: str) -> None:
    found = marks_in([line(read)], ExpectedMarking(date=DAY)).date
    assert found is not None
    assert found.is_verified


@pytest.mark.parametrize("read", ["2025-06-12", "12 June 2025", "RECALLED", "4829-1375"])
def test_another_day_is_not(read: str) -> None:
    found = marks_in([line(read)], ExpectedMarking(date=DAY)).date
    assert found is not None
    assert not found.is_verified


@pytest.mark.parametrize("shown", ["26 November 2026", "11/26/2026", "26 de noviembre de 2026"])
def test_a_day_is_understood_however_it_was_shown(shown: str) -> None:
    found = marks_in([line("26.11.2026")], ExpectedMarking(date=shown)).date
    assert found is not None
    assert found.is_verified


def test_what_was_not_asked_is_not_answered() -> None:
    found = marks_in([line(f"RECALLED {CODE}")], ExpectedMarking())
    assert (found.word, found.code, found.name, found.date) == (None, None, None, None)


def test_a_name_given_later_needs_no_second_reading() -> None:
    lines = (line("RECALLED"), line(CODE), line("Ana Ruiz"))
    before = marks_in(lines, ExpectedMarking("RECALLED", CODE))
    after = marks_in(before.lines, ExpectedMarking("RECALLED", CODE, "Ana Ruiz"))
    assert (after.word, after.code) == (before.word, before.code)
    assert after.name == Mark(1.0, True)


@given(st.lists(st.text(max_size=30), max_size=6), codes)
def test_any_lines_give_a_score_between_0_and_1(texts: list[str], code: str) -> None:
    asked = ExpectedMarking("RECALLED", code, "Ana Ruiz", DAY)
    found = marks_in([line(text) for text in texts], asked)
    for mark in (found.word, found.code, found.name, found.date):
        assert mark is not None
        assert 0 <= mark.score <= 1
