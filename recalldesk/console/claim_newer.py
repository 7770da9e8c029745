"""What came up since the rule ruled, as the claim page shows it. Nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recalldesk.claims.deciding.leading import Newer
from recalldesk.claims.desk.newer_shown import NewerShown
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.rules import Grounds
from recalldesk.console.claim_shown import Why, beside
from recalldesk.console.claim_words import FOUND, sentence_of, title_of

CLOSER = frozenset({R.SAME_PHOTO, R.COPIED_PHOTO})
FOUND_NOW = {
    "affected": "The check finds the serial affected by now.",
    "not_affected": "The check does not find the serial affected any more.",
}


@dataclass(frozen=True)
class NewerOnPage:
    """The reasons that are newer. `known`: their names, to go back with whatever is decided."""

    why: tuple[Why, ...]
    ruled_at: datetime | None
    known: str
    is_delisted: bool


def newer_on_page(shown: NewerShown) -> NewerOnPage:
    """What is newer, in words."""
    newer = shown.newer
    why = [
        Why(
            title=title_of(reason),
            sentence=_sentence(reason, grounds),
            sign="▲",
            kind="late",
            leads_to=tuple(beside(each) for each in shown.others.get(reason, ())),
        )
        for reason, grounds in _told_once(newer.grounds).items()
    ]
    return NewerOnPage(
        why=(*_found(newer), *why),
        ruled_at=newer.ruled_at,
        known=" ".join(sorted(newer.names)),
        is_delisted=newer.is_delisted,
    )


def _told_once(grounds: Mapping[R, Grounds]) -> Mapping[R, Grounds]:
    """Without like photos that are told of already, as the same or as copies."""
    closer = {_pair(lead) for each in CLOSER & {*grounds} for lead in grounds[each]["leads"]}
    told = dict(grounds)
    if R.LIKE_PHOTO in told:
        leads = [each for each in told[R.LIKE_PHOTO]["leads"] if _pair(each) not in closer]
        told[R.LIKE_PHOTO] = {"leads": leads}
        if not leads:
            del told[R.LIKE_PHOTO]
    return told


def _pair(lead: Mapping[str, Any]) -> tuple[int, int]:
    return lead["photo"], lead["other_photo"]


def _sentence(reason: R, grounds: Grounds) -> str:
    said = sentence_of(reason, grounds)
    before = grounds.get("before")
    return f"{said} It was {before} when the rule ruled." if before else said


def _found(newer: Newer) -> tuple[Why, ...]:
    if not newer.found:
        return ()
    said = FOUND_NOW.get(newer.found) or FOUND.get(newer.found) or "The check says otherwise now."
    return (Why(title="Looked up anew", sentence=said, sign="▲", kind="late"),)
