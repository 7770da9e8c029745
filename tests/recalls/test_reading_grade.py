"""How hard a text is to read: syllables of known words, known measures, and the threshold."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.lint.reading_grade import (
    SYLLABLES,
    Counted,
    counted,
    fernandez_huerta_ease,
    flesch_kincaid_grade,
)
from recalldesk.recalls.lint.wording_rules import hard_to_read, hardness
from recalldesk.recalls.recall_file import read_recall_file
from tests.notices import UNITED_STATES

TABLE = Path(__file__).parents[1] / "tables" / "syllables.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}: {row['word']}" for row in ROWS])
def test_a_word_has_its_syllables(row: dict[str, str]) -> None:
    assert SYLLABLES[row["language"]](row["word"]) == int(row["syllables"])


def test_the_formulas_are_those_published() -> None:
    assert flesch_kincaid_grade(Counted(1, 10, 15)) == pytest.approx(6.01)
    assert fernandez_huerta_ease(Counted(1, 10, 20)) == pytest.approx(76.64)


def test_sentences_words_and_numbers_are_counted_as_they_are_read() -> None:
    text = "About 1,158,000 units, model A1263, were sold. Is yours one? Call 1-800-555-0142."
    measured = counted("en", text)
    assert (measured.sentences, measured.words) == (3, 15)
    assert measured.syllables == 18


def test_a_text_is_measured_with_its_figures_as_an_owner_reads_them() -> None:
    hard = "Consumers {words} immediately discontinue utilization of appliances " * 3
    text = UNITED_STATES.replace("Stop using the kettle and contact us.", f"{hard}.")
    text = text.replace("\n[figures]", '\n[figures]\nwords = { value = 7, source = "Made up" }')
    (found,) = hard_to_read(read_recall_file(text))
    assert found[0] == ("faq", 0, "answer", "en")


def test_short_texts_are_not_measured() -> None:
    hard = "Immediately discontinue utilization of particularly hazardous appliances. "
    assert hardness("en", hard) == ""
    assert hardness("en", hard * 3).startswith("reads at grade")


def test_plain_texts_pass() -> None:
    english = "Unplug it. Do not use it again. Put it where no child can reach it. Call us, please."
    spanish = (
        "No lo use más. Guárdelo lejos de los niños. Llame por favor a la tienda en que lo vio."
    )
    assert hardness("en", f"{english} {english}") == ""
    assert hardness("es", f"{spanish} {spanish}") == ""


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_can_be_measured(text: str, language: str) -> None:
    measured = counted(language, text)
    assert measured.sentences >= 1
    assert measured.syllables >= measured.words
    hardness(language, text)


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    assert all(count(word) >= 1 for count in SYLLABLES.values())
