"""Which rows stand behind a number of the report, as it stands in an address. Pure.

Guarantee: what is no number of ours is refused and never read as another; nothing of a person can
stand in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from recalldesk.foundation.problem import Problem
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.effectiveness.definitions import STEPS, WAYS


class Rows(StrEnum):
    """What kind of rows."""

    CORRECTED = "corrected"
    """Corrections, with plus and minus."""
    WAY = "way"
    """Purchases, by the first way that reached their owner."""
    STEP = "step"
    """Purchases whose owner was told, that came so far at least."""


class NoSuchRows(Problem):
    """An address that names no number of the report."""

    def __init__(self) -> None:
        super().__init__("There is no number of this name.", "Choose one in the report.")


@dataclass(frozen=True)
class Selected:
    """`week`: its Monday; `up_to`: with all weeks before it. None where by nothing."""

    rows: Rows
    level: Level | None = None
    way: str | None = None
    country: str | None = None
    week: date | None = None
    up_to: bool = False
    step: int | None = None


NO_WAY, NO_COUNTRY = "none", "none"
"""In an address, where an empty word would be none."""


def query_of(chosen: Selected) -> str:
    """What stands behind the question mark."""
    named = {"rows": chosen.rows.value}
    if chosen.level is not None:
        named["level"] = chosen.level.value
    if chosen.way is not None:
        named["way"] = chosen.way or NO_WAY
    if chosen.country is not None:
        named["country"] = chosen.country or NO_COUNTRY
    if chosen.week is not None:
        named["week"] = chosen.week.isoformat()
    if chosen.up_to:
        named["up_to"] = "1"
    if chosen.step is not None:
        named["step"] = str(chosen.step)
    return urlencode(named)


def selected_in(query: Mapping[str, str]) -> Selected:
    """What a query selects. Raises NoSuchRows."""
    way, country, step = (query.get(name) for name in ("way", "country", "step"))
    try:
        chosen = Selected(
            Rows(query.get("rows", "")),
            level=Level(query["level"]) if "level" in query else None,
            way="" if way == NO_WAY else way,
            country="" if country == NO_COUNTRY else country,
            week=date.fromisoformat(query["week"]) if "week" in query else None,
            up_to=query.get("up_to") == "1",
            step=int(step) if step is not None else None,
        )
    except ValueError as error:
        raise NoSuchRows from error
    if not _is_ours(chosen):
        raise NoSuchRows
    return chosen


def _is_ours(chosen: Selected) -> bool:
    if chosen.way is not None and chosen.way not in WAYS:
        return False
    if chosen.country is not None and len(chosen.country) not in (0, 2):
        return False
    if chosen.week is not None and chosen.week.weekday():
        return False
    if chosen.rows is Rows.CORRECTED:
        return chosen.step is None and not (chosen.up_to and chosen.week is None)
    of_corrections = (chosen.level, chosen.country, chosen.week)
    if any(each is not None for each in of_corrections) or chosen.up_to:
        return False
    if chosen.rows is Rows.WAY:
        return chosen.way is not None and chosen.step is None
    return chosen.way is None and chosen.step is not None and 0 <= chosen.step < len(STEPS)
