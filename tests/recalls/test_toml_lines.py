"""Each field of a TOML text is found at its line."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.recalls.toml_lines import TomlLines

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*/recall.toml"))

TEXT = '''# a comment with [brackets] and = signs
title = "one" # two
dotted.inner."quo.ted" = 1

[firm]
name = """
several = "lines"
"""
list = [
  1, # one
  [2, 3],
  { en = "a", es = "b" },
]

[[products]]
key = "a"

[[products]]
key = "b"
[products.serial]
form = 'x'
  [[products.serial.other]]
  name = { en = "x" }

  [[products.serial.other]]
  name = { en = "y" }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("dotted",), 3),
        (("dotted", "inner", "quo.ted"), 3),
        (("firm",), 5),
        (("firm", "name"), 6),
        (("firm", "list"), 9),
        (("firm", "list", 0), 10),
        (("firm", "list", 1), 11),
        (("firm", "list", 1, 1), 11),
        (("firm", "list", 2, "es"), 12),
        (("products",), 15),
        (("products", 0, "key"), 16),
        (("products", 1), 18),
        (("products", 1, "key"), 19),
        (("products", 1, "serial"), 20),
        (("products", 1, "serial", "form"), 21),
        (("products", 1, "serial", "other", 0, "name", "en"), 23),
        (("products", 1, "serial", "other", 1, "name", "en"), 26),
    ],
)
def test_a_field_is_found_at_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert TomlLines(TEXT).line_of(path) == line


def test_a_field_that_is_not_there_is_placed_at_the_nearest_part_around_it() -> None:
    lines = TomlLines(TEXT)
    assert lines.line_of(("products", 1, "serial", "alphabet")) == 20
    assert lines.line_of(("products", 7, "serial")) == 15
    assert lines.line_of(("nothing", "at", "all")) == 1
    assert lines.line_of(()) == 1


def leaves(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(part, dict):
        for name, value in part.items():
            yield from leaves(value, (*path, name))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from leaves(value, (*path, place))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_named_field_of_an_example_stands_on_the_line_found(example: Path) -> None:
    text = example.read_text(encoding="utf-8")
    lines, found = text.split("\n"), TomlLines(text)
    for path in leaves(tomllib.loads(text)):
        names = [step for step in path if isinstance(step, str)]
        if names and isinstance(path[-1], str):
            assert names[-1] in lines[found.line_of(path) - 1], path


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="[]{}=.,\"'\\\n#ab1 "))
def test_any_text_has_lines(text: str) -> None:
    assert 1 <= TomlLines(text).line_of(("a", 0, "b")) <= text.count("\n") + 1
