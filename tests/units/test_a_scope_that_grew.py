"""Whatever a version covers anew counts as growth, whatever it leaves out beside it."""

from collections.abc import Sequence

import pytest

from recalldesk.recalls.models import RecallVersion
from recalldesk.units.grown import has_grown
from tests.cast import FAR, ONE_LIST, SERIALS, Desk, recall_text

OUT = """
[[scope.lists]]
name = "out"
meaning = "excluded"
products = ["k20"]
"""
RANGES = ("TW24100000,TW24100099", "TW24200000,TW24200099")


def versions(
    kettles: Desk, *rows: Sequence[str], scope: str = ONE_LIST, name: str = ""
) -> list[RecallVersion]:
    """One version after another, each with these rows of a list in place of those before."""
    made = []
    for number, each in enumerate(rows):
        text = recall_text(scope=scope).replace("Kettle K20", f"Kettle K20{'.' * number}")
        draft = kettles.apply(text)
        path = kettles.folder / "rows.csv"
        heading = "start,end" if any("," in row for row in each) else "serial"
        path.write_text("\n".join([heading, *each]) + "\n", encoding="utf-8")
        kettles.take(draft, path, replace=bool(number), name=name)
        made.append(kettles.approve(draft))
    return made


@pytest.mark.parametrize(
    ("first", "second", "grew"),
    [
        (SERIALS, (*SERIALS, FAR), True),
        (SERIALS, (*SERIALS[1:], FAR), True),
        (SERIALS, (FAR,), True),
        (SERIALS, SERIALS[1:], False),
        (RANGES, ("TW24100000,TW24100049", "TW24200000,TW24200099"), False),
        (RANGES, ("TW24100000,TW24100049", "TW24100050,TW24100099", RANGES[1]), False),
        (RANGES, ("TW24100000,TW24100199",), True),
        (RANGES, (RANGES[0], "TW24300000,TW24300009"), True),
    ],
)
def test_rows_that_are_new_are_more(
    kettles: Desk, first: Sequence[str], second: Sequence[str], *, grew: bool
) -> None:
    before, after = versions(kettles, first, second)
    assert has_grown(before, after) == grew


def test_what_comes_back_is_more(kettles: Desk) -> None:
    first, second, third = versions(kettles, SERIALS, SERIALS[1:], SERIALS)
    assert not has_grown(first, second)
    assert has_grown(second, third)
    assert not has_grown(first, third)


def test_an_exclusion_that_takes_out_less_covers_more(kettles: Desk) -> None:
    scope = ONE_LIST + OUT
    more = versions(kettles, SERIALS[:2], SERIALS[:1], SERIALS[:3], scope=scope, name="out")
    assert has_grown(more[0], more[1])
    assert not has_grown(more[1], more[2])
    none = kettles.apply(recall_text(scope=ONE_LIST))
    assert has_grown(more[2], none)
