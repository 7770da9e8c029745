"""Notices as the templates are given them: a list of them, and one. Nothing here asks the database
but for what the words of a notice are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recalldesk.console.purchaser_shown import ShownPurchase, purchases_shown
from recalldesk.console.purchasers_asked import address
from recalldesk.console.wave_words import (
    ANSWERS,
    ANSWERS_SAY,
    MOVED,
    NOT_REACHED,
    SUPPRESSIONS,
    WAYS,
    came_back_words,
    state_words,
)
from recalldesk.console.waves_asked import wave_address
from recalldesk.outreach.models import Wave
from recalldesk.outreach.reads.notices import NoticeRow
from recalldesk.outreach.reads.one_notice import NoticeSeen


@dataclass(frozen=True)
class ShownNotice:
    """A notice as lists show it. `at`: when it came to where it stands, where that is known."""

    number: int
    url: str
    to: str
    way: str
    language: str
    country: str
    units: int
    state: str
    is_bad: bool
    at: datetime | None
    attempts: int
    repeats: int
    came_back: str


def rows_shown(wave: Wave, rows: Iterable[NoticeRow]) -> list[ShownNotice]:
    """Notices."""
    return [row_shown(wave, each) for each in rows]


def row_shown(wave: Wave, row: NoticeRow) -> ShownNotice:
    """A notice."""
    return ShownNotice(
        number=row.number,
        url=wave_address("wave_notice", wave, row.number),
        to=row.to or "erased",
        way=WAYS[row.way],
        language=row.language,
        country=row.country,
        units=row.units,
        state=state_words(row),
        is_bad=row.state in NOT_REACHED,
        at=row.ended_at or row.sent_at,
        attempts=row.attempts,
        repeats=row.repeats,
        came_back=came_back_words(row),
    )


def notice_shown(wave: Wave, seen: NoticeSeen) -> dict[str, Any]:
    """The page of one."""
    purchases: list[ShownPurchase] = purchases_shown(seen.purchases)
    return {
        "row": row_shown(wave, seen.row),
        "seen": seen,
        "purchases": purchases,
        "purchaser_url": address("purchaser", seen.purchaser) if seen.purchaser else "",
        "happened": [
            (each.at, MOVED.get(each.to_state, each.to_state), each.by) for each in seen.happened
        ],
        "answers": [
            {
                "said": ANSWERS[each.kind],
                "means": ANSWERS_SAY[each.kind],
                "row": each,
                "led_to_url": wave_address("wave_notice", wave, each.led_to) if each.led_to else "",
            }
            for each in seen.answers
        ],
        "calls": [(str(each.outcome.label), each) for each in seen.calls],
        "not_written_to": [
            (WAYS[each.way], SUPPRESSIONS[each.reason], each) for each in seen.not_written_to
        ],
        "claims": [(each, address("search", reference=each)) for each in seen.row.filings],
        "passed_on_url": wave_address("wave_notice", wave, seen.passed_on_by)
        if seen.passed_on_by
        else "",
    }
