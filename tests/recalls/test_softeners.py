"""Words that say "safe" are refused, words that make a danger sound small are found; honest words
that look like them are left alone.
"""

import csv
from pathlib import Path

import pytest

from recalldesk.recalls.document.safe_words import safe_words_in
from recalldesk.recalls.lint.softeners import no_accidents_in, softeners_in

TABLE = Path(__file__).parents[1] / "tables" / "softeners.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def verdict(language: str, sentence: str) -> str:
    if safe_words_in(language, sentence):
        return "says it is safe"
    if softeners_in(language, sentence):
        return "softener"
    return "no accident" if no_accidents_in(language, sentence) else "accepted"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}: {row['sentence']}" for row in ROWS])
def test_a_sentence_is_judged_as_the_table_says(row: dict[str, str]) -> None:
    assert verdict(row["language"], row["sentence"]) == row["verdict"]


def test_each_softener_of_a_text_is_found() -> None:
    text = "This voluntary recall is a precautionary measure, and voluntary."
    assert softeners_in("en", text) == ("voluntary", "precautionary")
