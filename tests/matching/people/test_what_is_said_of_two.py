"""tests/tables/same_person.csv: two records, what is said of them, and why."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from recalldesk.matching.people import Doubtful, Joined, JoinReason, PersonRecord, judge
from recalldesk.matching.people.said import REASONS

TABLE = Path(__file__).parents[2] / "tables" / "same_person.csv"
SAID = {"joined": Joined, "doubtful": Doubtful, "nothing": type(None)}


def rows() -> Iterator[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def record_of(row: dict[str, str], number: int, before: str) -> PersonRecord:
    street, code = row[f"{before}street"], row[f"{before}code"]
    address = {"street_address": street, "postal_code": code, "country_code": "US"}
    return PersonRecord(
        id=number,
        name=row[f"{before}name"],
        email=row[f"{before}email"],
        phone=row[f"{before}phone"],
        address=address if street else {},
    )


@pytest.mark.parametrize("row", [pytest.param(row, id=row["note"]) for row in rows()])
def test_what_is_said_of_two_records(row: dict[str, str]) -> None:
    first, second = record_of(row, 1, ""), record_of(row, 2, "other_")

    said = judge(first, second)

    assert type(said) is SAID[row["said"]], said
    reasons = said.reasons if said else ()
    assert [str(each) for each in reasons] == row["reasons"].split()
    assert judge(second, first) == said


@pytest.mark.parametrize("row", [row for row in rows() if row["said"] != "nothing"])
def test_whoever_is_joined_or_asked_about_is_found_by_a_key(row: dict[str, str]) -> None:
    from recalldesk.matching.people import keys_of

    first, second = record_of(row, 1, ""), record_of(row, 2, "other_")

    assert set(keys_of(first)) & set(keys_of(second))


def test_each_reason_has_words_for_people() -> None:
    assert set(REASONS) == set(JoinReason)
    assert all(text and not text.endswith(".") for text in REASONS.values())
