"""Where a page of a list begins or ends, as it stands in an address. Pure.

Guarantee: a place says day and number of the claim at the edge and nothing else, so that a page
begins behind it whatever came or went meanwhile.
"""

import re
from dataclasses import dataclass
from datetime import date

PLACE = re.compile(r"(?:(\d{4}-\d{2}-\d{2})|none)\.([0-9]{1,18})")


@dataclass(frozen=True)
class Place:
    """The claim at an edge: its promised day, or None, and its row's number."""

    day: date | None
    claim_id: int

    def __str__(self) -> str:
        return f"{self.day.isoformat() if self.day else 'none'}.{self.claim_id}"


@dataclass(frozen=True)
class From:
    """From where a page goes, and which way; without a place from the beginning."""

    place: Place | None = None
    is_backwards: bool = False


def place_in(text: str) -> Place | None:
    """The place that a text names; None where it names none."""
    found = PLACE.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[1]) if found[1] else None
    except ValueError:
        return None
    return Place(day, int(found[2]))
