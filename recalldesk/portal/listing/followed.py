"""How a list stands on the page of its claim: its units by stage, and what waits for its owner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recalldesk.claims.models import Filing
from recalldesk.claims.reads import SeenUnit
from recalldesk.claims.unit_lists.keeping import list_of, opened_lines
from recalldesk.claims.unit_lists.lines import OPEN, LineState, of_state
from recalldesk.portal.claiming.stage_words import StageWords
from recalldesk.portal.claiming.standing import Standing, StandingFiling
from recalldesk.remedies.providers.interface import Tracking


@dataclass(frozen=True)
class ListedUnit:
    """A unit, and the line that names it; 0 where none does."""

    line: int
    unit: SeenUnit
    tracking: Tracking | None


@dataclass(frozen=True)
class Group:
    """Units that stand alike."""

    words: StageWords
    by: date | None
    is_late: bool
    units: tuple[ListedUnit, ...]


def list_values(filing: Filing, standing: StandingFiling) -> Mapping[str, Any]:
    """What the page shows of a list; nothing where the filing is none."""
    row = list_of(filing)
    if row is None:
        return {}
    lines, _ = opened_lines(row)
    numbers = {line.position: line.number for line in lines if line.position}
    asked = [each for each in standing.units if each.asks_disposal]
    return {
        "is_list": True,
        "groups": _groups(standing, numbers),
        "open_lines": len(of_state(lines, *OPEN, LineState.WAITING)),
        "may_attest": any(not _is_proven(each) for each in asked),
        "may_prove": any(_is_proven(each) for each in asked),
    }


def _is_proven(each: Standing) -> bool:
    return each.asks_proof or bool(each.unit.proof)


def _groups(standing: StandingFiling, numbers: Mapping[int, int]) -> list[Group]:
    """Those that wait for their owner first, then by the day of what comes next."""
    found: dict[tuple[str, date], list[Standing]] = {}
    for each in standing.units:
        found.setdefault((str(each.words.headline), each.by or date.max), []).append(each)
    ordered = sorted(
        found.values(), key=lambda some: (not some[0].is_asked, some[0].by or date.max)
    )
    return [
        Group(
            some[0].words,
            some[0].by,
            some[0].is_late,
            tuple(
                ListedUnit(numbers.get(each.unit.position, 0), each.unit, each.unit.tracking)
                for each in some
            ),
        )
        for some in ordered
    ]
