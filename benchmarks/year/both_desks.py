"""A smaller year through memory and through the database: both must say the same of every claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.year.desk_of_memory import DeskOfMemory
from benchmarks.year.desk_of_rows import DeskOfRows, analyse
from benchmarks.year.made_year import made_year
from recalldesk.claims.decision_facts import terms_of
from recalldesk.claims.rules import Ruling
from recalldesk.recalls.reads import live_recall
from tests.cast import SLUG, Desk, make_cast
from tests.claims.owner import text_with_all_remedies

EVERY = 100
"""Filings after which the planner is told of the rows."""


@dataclass(frozen=True)
class Compared:
    """So many claims, and what was said otherwise of some: each by what it was in memory and in the
    database."""

    claims: int
    otherwise: tuple[tuple[Any, Any], ...]


def compare(folder: Path, seed: int, units: int, rings: int, kept: Path) -> Compared:
    """A year of so many claims, ruled on by both. Nothing is taken back meanwhile in either."""
    folder.mkdir(parents=True, exist_ok=True)
    Desk(make_cast(), folder).published(text_with_all_remedies())
    live = live_recall(SLUG)
    assert live is not None
    year = made_year(seed, units, rings, kept)
    photos = sum(len(unit.photos) for filing in year for unit in filing.units)
    terms = terms_of(live.document.review)
    in_memory = DeskOfMemory(live.document, terms, photos, ordered_after=timedelta(0))
    in_rows = DeskOfRows(live)
    otherwise, claims = [], 0
    for number, filing in enumerate(year):
        if number % EVERY == 0:
            analyse()
        for one, other in zip(in_memory.takes(filing), in_rows.takes(filing), strict=True):
            claims += 1
            said = _said(one.ruling), _said(other)
            if said[0] != said[1]:
                otherwise.append(said)
    return Compared(claims, tuple(otherwise))


def _said(ruling: Ruling) -> tuple[str, Mapping[str, Any]]:
    """Outcome, reasons and what they stand on, but for the ids."""
    return ruling.outcome, {reason: _plain(why) for reason, why in ruling.grounds.items()}


def _plain(grounds: Mapping[str, Any]) -> Mapping[str, Any]:
    if "leads" not in grounds:
        return grounds
    leads = [(lead["distance"], tuple(lead["shared"])) for lead in grounds["leads"]]
    return {"leads": sorted(leads)}
