"""The made-up year knows nothing of the rule that it measures, and counts what it says."""

import ast
from pathlib import Path

import pytest

from benchmarks.year.drawn import Request
from benchmarks.year.likenesses import Likenesses
from benchmarks.year.photo_rings import SIZES, planned_rings
from recalldesk.reading.likeness import BYTES

YEAR = Path(__file__).parents[2] / "benchmarks" / "year"
MAKERS = (
    "drawn",
    "drawn_child",
    "honest",
    "labels",
    "made_year",
    "people",
    "photo_rings",
    "photos",
    "rings",
    "sent",
)
OF_THE_RULE = (
    "recalldesk.claims.rules",
    "recalldesk.claims.reasons",
    "recalldesk.claims.decision_facts",
    "recalldesk.claims.deciding",
    "recalldesk.claims.filing_keys",
    "recalldesk.foundation.normal_forms",
)
SERIALS = [f"TW{number}" for number in range(24_000_000, 24_002_000)]


@pytest.mark.parametrize("name", MAKERS)
def test_what_makes_claims_up_imports_nothing_of_the_rule(name: str) -> None:
    tree = ast.parse((YEAR / f"{name}.py").read_text(encoding="utf-8"))
    named = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    named |= {a.name for each in ast.walk(tree) if isinstance(each, ast.Import) for a in each.names}
    assert not [each for each in named if each.startswith(OF_THE_RULE)]
    ours = {each.rsplit(".", 1)[1] for each in named if each.startswith("benchmarks.year.")}
    assert ours <= set(MAKERS)


def test_more_rings_leave_those_that_were_drawn_as_they_are() -> None:
    few, many = planned_rings(3, 2, SERIALS), planned_rings(3, 4, SERIALS)
    assert [ring for ring in few if ring not in many] == []
    assert len(many) == 2 * len(few) == 4 * len(SIZES)


def test_another_seed_has_other_photos() -> None:
    def requests(seed: int) -> set[Request]:
        rings = planned_rings(seed, 2, SERIALS)
        return {each for ring in rings for unit in ring.units for each in unit.requests}

    assert requests(3) == requests(3)
    assert not requests(3) & requests(4)


def test_likenesses_are_found_by_each_of_their_turns_the_likest_first() -> None:
    known = Likenesses(4)
    looks = [bytes([5]) * BYTES, bytes([5]) * (BYTES - 1) + bytes([4]), bytes([250]) * BYTES]
    for number, bits in enumerate(looks):
        known.keep(number, bits)
    known.keep(3, b"")
    assert known.like(9, looks[0], 31) == [(0, 0), (1, 1)]
    assert known.like(1, looks[1] + looks[2], 31) == [(2, 0), (0, 1)]
    assert known.like(3, b"", 31) == []
