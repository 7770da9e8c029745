"""Words that make a danger sound small are refused; honest words that look like them are not."""

import csv
from pathlib import Path

import pytest

from recalldesk.recalls.document.softeners import softener_in

TABLE = Path(__file__).parents[1] / "tables" / "softeners.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}: {row['sentence']}" for row in ROWS])
def test_a_sentence_is_refused_or_accepted_as_the_table_says(row: dict[str, str]) -> None:
    found = softener_in(row["language"], row["sentence"])
    assert ("refused" if found else "accepted") == row["verdict"], found
