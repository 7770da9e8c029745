"""Model numbers are found in prose; what only looks like one is left out."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.elsewhere.entries import Entry, entry_of
from recalldesk.elsewhere.numbers import key_of, models_of_field
from recalldesk.elsewhere.prose import models_in
from recalldesk.elsewhere.states import FeedForm
from tests.elsewhere.feeds_made import entry

TABLE = Path(__file__).parents[1] / "tables" / "models_in_prose.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
MODELS = st.from_regex(r"[A-Z]{2,4}-?[0-9]{3,5}[A-Z]?", fullmatch=True).filter(
    lambda model: not model.startswith(("UL", "USB", "ASTM", "IP"))
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_the_table_is_kept_to(row: dict[str, str]) -> None:
    assert list(models_in(row["text"])) == [each for each in row["models"].split("|") if each]


@given(st.lists(MODELS, min_size=1, max_size=6, unique_by=key_of), st.sampled_from([", ", "/"]))
def test_every_model_of_a_list_is_found(models: list[str], mark: str) -> None:
    text = f"This involves kettles with model numbers {mark.join(models)}, sold for about $27."
    assert list(models_in(text)) == models


@given(st.text(st.sampled_from("model numbers A1b2-/,.()'#&;0 and or to\n"), max_size=80))
def test_what_is_found_stands_in_the_text_once_and_can_be_searched(text: str) -> None:
    found = models_in(text)
    assert all(each in text for each in found)
    keys = [key_of(each) for each in found]
    assert len(set(keys)) == len(keys)
    assert all(len(key) >= 3 for key in keys)


@given(st.text(st.sampled_from("SN lot UPC $0123456789-/,.() and"), max_size=60))
def test_without_a_word_that_announces_one_nothing_is_found(text: str) -> None:
    assert models_in(text) == ()


def test_a_long_text_takes_no_long_time() -> None:
    assert len(models_in("model " * 20_000 + "model X100 " + "a, " * 20_000)) == 1


@pytest.mark.parametrize(
    "text",
    ["A-" * 50_000, ", ".join(f"model A{number}" for number in range(10_000))],
    ids=["dashes", "a list that begins again and again"],
)
def test_a_text_written_to_be_slow_is_read_once(text: str) -> None:
    began = time.monotonic()
    models_in(text)
    assert time.monotonic() - began < 5  # minutes, where each place is read on from anew


def test_markup_that_does_not_end_is_read_once() -> None:
    began = time.monotonic()
    whole = entry(Description="<" + " " * 150_000 + "Kettles")
    assert isinstance(entry_of(whole, FeedForm.CPSC), Entry)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("field", "models"),
    [
        ("A1642, A1647", ["A1642", "A1647"]),
        ("A1257/A1681", ["A1257", "A1681"]),
        ("Model Nos. 4410 and 4411", ["4410", "4411"]),
        ("PowerCore 10000 (A1263)", ["PowerCore 10000", "A1263"]),
        ("Various", []),
        ("N/A", []),
        ("See description", []),
        ("", []),
        ("12", []),
        ("Comfort", ["Comfort"]),
        ("2016-06-01", []),
        ("each of them that was ever sold by anybody anywhere", []),
    ],
)
def test_a_field_that_holds_models_is_split(field: str, models: list[str]) -> None:
    assert list(models_of_field(field)) == models


@pytest.mark.parametrize("other", ["ps 30kp365", "BS-30KP366", "30KP365"])
def test_case_spaces_and_dashes_make_no_difference_and_all_else_does(other: str) -> None:
    assert key_of("BS-30KP365") == key_of("bs 30kp 365") == key_of("ＢＳ30ＫＰ365")
    assert key_of(other) != key_of("BS-30KP365")
