"""The operator's guide says what to do for each reason for which an order waits for a person."""

import re
from pathlib import Path

import pytest

import recalldesk.remedies
from recalldesk.remedies.placing.standing import OWNER_MENDS
from recalldesk.remedies.states import Stopped

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = "\n".join((DOCS / name).read_text() for name in ("remedies.md", "remedy-files.md"))
STOPS = [each for each in Stopped if each is not Stopped.NONE and each not in OWNER_MENDS]
BARE = re.compile(r'Refused\(f?"([^"{]+)\s?[^"]*"\)')
"""A refusal whose reason is `refused` alone: its words tell what to do."""
NEVER_STOPS = {
    "a parcel is not sent again",
    "it waits on the claim's page",
    "what came back is granted anew",
    "a gift code needs an amount",
}
"""Answers to who asks for something to be sent again; and what stops before it is asked for."""


def words() -> list[str]:
    """What providers of ours say when they refuse."""
    (package,) = recalldesk.remedies.__path__
    found = {
        text.strip()
        for path in sorted(Path(package).rglob("*.py"))
        for text in BARE.findall(path.read_text())
    }
    return sorted(found - NEVER_STOPS)


@pytest.mark.parametrize("why", STOPS, ids=lambda why: str(why.value))
def test_each_reason_has_its_line(why: Stopped) -> None:
    assert re.search(rf"^\| `{why.value}`", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("text", words())
def test_what_a_provider_of_ours_says_stands_there(text: str) -> None:
    assert text in GUIDE


def test_what_is_looked_for_is_found() -> None:
    assert {"no campaign", "order not known", "no word for", "404"} <= {*words()}
