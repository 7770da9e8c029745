"""Every value of an example is a published fact, or it is listed in its `made_up`; nothing is both.

The facts stand in tests/tables/example_facts.csv with the words of the reference. A fact about a
text names parts of its English words, joined by |; any other one is the whole value.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.field_paths import labels

FOLDER = Path(__file__).parents[2] / "examples"
TABLE = Path(__file__).parents[1] / "tables" / "example_facts.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
NAMES = sorted({row["example"] for row in ROWS})
OUR_OWN = re.compile(
    r"format|recall|languages\[\d\]|(?:.+\.)?key|.+\.products\[\d+\]|scope\.lists\[.+\]\.name"
    r"|texts\.question|faq\[\d\]\.question"
)
"""Names and references inside the file, and questions: they state nothing."""
OF_THE_NOTICE = re.compile(r"figures\.\w+\.(?:source|as_of)|incidents\.as_of")


def leaves_of(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its path as people read it; a text per language is one value."""
    if isinstance(part, dict) and part and not set(part) <= set(LANGUAGES):
        for name, value in part.items():
            yield from leaves_of(value, f"{path}.{name}" if path else name)
    elif isinstance(part, list) and part:
        named = labels(part) or tuple(str(place + 1) for place in range(len(part)))
        for label, value in zip(named, part, strict=True):
            yield from leaves_of(value, f"{path}[{label}]")
    else:
        yield path, part


def example(name: str) -> tuple[dict[str, Any], list[str]]:
    raw = tomllib.loads((FOLDER / name / "recall.toml").read_text(encoding="utf-8"))
    made_up: list[str] = raw.pop("made_up")
    return dict(leaves_of(raw)), made_up


def facts_of(name: str) -> dict[str, str]:
    return {row["field"]: row["says"] for row in ROWS if row["example"] == name}


def is_within(path: str, listed: str) -> bool:
    return path == listed or path.startswith((f"{listed}.", f"{listed}["))


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_a_fact_or_said_to_be_made_up(name: str) -> None:
    leaves, made_up = example(name)
    facts = facts_of(name)
    unexplained = {
        path
        for path in leaves
        if path not in facts
        and not OUR_OWN.fullmatch(path)
        and not OF_THE_NOTICE.fullmatch(path)
        and not any(is_within(path, listed) for listed in made_up)
    }
    assert not unexplained


@pytest.mark.parametrize("name", NAMES)
def test_no_fact_is_said_to_be_made_up(name: str) -> None:
    _, made_up = example(name)
    assert not {path for path in facts_of(name) for entry in made_up if is_within(path, entry)}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_made_up_is_named_by_its_path(name: str) -> None:
    leaves, made_up = example(name)
    assert [e for e in made_up if not any(is_within(path, e) for path in leaves)] == []
    assert len(made_up) == len(set(made_up))


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row['example']}: {row['field']}: {row['says'][:30]}" for row in ROWS]
)
def test_an_example_says_what_was_published(row: dict[str, str]) -> None:
    leaves, _ = example(row["example"])
    value = leaves[row["field"]]
    assert row["reference"]
    if isinstance(value, dict):
        for words in row["says"].split("|"):
            assert words in value["en"]
    else:
        assert str(value) == row["says"]


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_those_of_the_notice_on_its_day(name: str) -> None:
    leaves, _ = example(name)
    announced = leaves.get("announced")
    for path, value in leaves.items():
        if path.endswith(".as_of"):
            assert value == announced, path
        elif OF_THE_NOTICE.fullmatch(path):
            day = f"{announced:%d %B %Y}".lstrip("0")
            assert value.startswith("Recall notice"), path
            assert day in value, path
