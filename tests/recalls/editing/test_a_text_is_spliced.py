"""Whatever a file is to say, its text says it, with as little changed as can be."""

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.recalls.editing.shape import is_headed
from recalldesk.recalls.editing.splicing import edited, same
from tests.recalls.editing.files import TEXTS, comments, tables

VALUES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)
    | st.integers(-(2**40), 2**40)
    | st.booleans()
    | st.dates()
    | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
UNUSUAL = '''title.en = "dotted"
"quoted name" = 1
products = [ { key = "a" }, { key = "b", sold = { since = 2024-01-01 } } ]
[firm.address] # a table where a text should be
street = """
1 Example
Street"""
[review.limits]
person = 1
[[brands]]
key = "a"
[[scope.lists]]
name = "x"
[[brands]]
key = "b"
'''
FILES = [*TEXTS.values(), UNUSUAL]


def parts_in(value: Any) -> list[Any]:
    """Every table and list."""
    inner = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )
    return ([value] if isinstance(value, dict | list) else []) + [
        part for each in inner for part in parts_in(each)
    ]


def changed_somehow(wanted: dict[str, Any], drawn: st.DataObject) -> None:
    part = drawn.draw(st.sampled_from(range(len(parts_in(wanted)))))
    there = parts_in(wanted)[part]
    what = drawn.draw(st.sampled_from(["put", "cut", "turn", "add"]))
    if isinstance(there, list):
        if what == "turn":
            there.reverse()
        elif what == "cut" and there:
            del there[drawn.draw(st.integers(0, len(there) - 1))]
        elif there and isinstance(there[0], dict):
            there.append(copy.deepcopy(there[0]))
        else:
            there.append(drawn.draw(VALUES))
    elif what == "cut" and there:
        del there[drawn.draw(st.sampled_from(sorted(there)))]
    else:
        names = [*sorted(there), "new", "a name"]
        there[drawn.draw(st.sampled_from(names))] = drawn.draw(VALUES)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_change_is_said_by_the_text(drawn: st.DataObject) -> None:
    text = drawn.draw(st.sampled_from(FILES))
    wanted = tables(text)
    for _ in range(drawn.draw(st.integers(1, 4))):
        changed_somehow(wanted, drawn)
    assert same(tomllib.loads(edited(text, wanted, is_headed)), wanted)


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_said_already_keeps_every_character(name: str) -> None:
    for text in (TEXTS[name], "\ufeff" + TEXTS[name], TEXTS[name].replace("\n", "\r\n")):
        assert edited(text, tables(text.removeprefix("\ufeff")), is_headed) == text


def test_line_ends_and_the_mark_at_the_beginning_stay() -> None:
    text = "\ufeff" + TEXTS["the template"].replace("\n", "\r\n")
    wanted = tables(text.removeprefix("\ufeff"))
    wanted["firm"]["name"] = "Another"
    after = edited(text, wanted, is_headed)
    assert after.startswith("\ufeff")
    assert after.count("\n") == after.count("\r\n") == text.count("\n")


def test_a_comment_above_an_entry_goes_with_it_but_for_that_of_the_whole_list() -> None:
    text = '# All brands.\n[[brands]]\nkey = "a"  # first\n\n# The second.\n[[brands]]\nkey = "b"\n'
    wanted = {"brands": [{"key": "b"}, {"key": "a"}]}
    assert edited(text, wanted, is_headed) == (
        '# All brands.\n# The second.\n[[brands]]\nkey = "b"\n\n[[brands]]\nkey = "a"  # first\n'
    )


def test_a_part_that_goes_leaves_what_stands_around_it() -> None:
    text = TEXTS["the template"]
    wanted = tables(text)
    del wanted["companies"][1]
    after = edited(text, wanted, is_headed)
    assert comments(after) == comments(text)
    assert after == text.replace(
        '[[companies]]\nname = "Tidewater Kitchen, Inc."\nrole = "importer"\n'
        'headquarters = "Springfield, California"\n\n',
        "",
    )
