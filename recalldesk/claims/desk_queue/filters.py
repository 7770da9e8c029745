"""What a list is narrowed to, as it stands in an address. Pure.

Guarantees: `filters_in(query_of(filters))` gives the same filters; a value that is none is dropped
and said, and never an error; neither a serial nor anything of a person can stand in a query.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from urllib.parse import urlencode

from recalldesk.claims.desk_days import Due
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.states import Channel, ClaimState

SHOWN_OF_A_VALUE = 40
RECALL = re.compile(r"[a-z0-9-]{1,60}")
REASON = re.compile(r"[a-z0-9_]{1,40}")
COUNTRY = re.compile(r"[A-Z]{2}")
FILING = re.compile(r"R-[2-9A-Z]{4}-[2-9A-Z]{4}")
REMEDY = re.compile(r"[a-z0-9_-]{1,60}")


class Assigned(StrEnum):
    """Whose claims."""

    NOBODY = "nobody"
    ME = "me"
    ANYBODY = "anybody"


@dataclass(frozen=True)
class Filters:
    """A list and what it is narrowed to; empty or None where by nothing."""

    list: QueueList = QueueList.REVIEW
    recall: str = ""
    state: ClaimState | None = None
    reason: str = ""
    due: Due | None = None
    channel: Channel | None = None
    country: str = ""
    assigned: Assigned | None = None
    remedy: str = ""
    filing: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the list is named."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "list")


@dataclass(frozen=True)
class Refused:
    """A value that was dropped: of which filter, and its beginning."""

    name: str
    value: str


def _like(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return read


READ_BY: Mapping[str, Callable[[str], object]] = {
    "list": QueueList,
    "recall": _like(RECALL),
    "state": ClaimState,
    "reason": _like(REASON),
    "due": Due,
    "channel": Channel,
    "country": _like(COUNTRY),
    "assigned": Assigned,
    "remedy": _like(REMEDY),
    "filing": _like(FILING),
}
"""How each is read, in the order in which they stand in an address. Raises ValueError."""


def filters_in(query: Mapping[str, str]) -> tuple[Filters, tuple[Refused, ...]]:
    """The filters of a query, and what was dropped of it. What names no filter is not looked at."""
    read: dict[str, object] = {}
    refused = []
    for name, by in READ_BY.items():
        text = query.get(name, "").strip()
        if not text:
            continue
        try:
            read[name] = by(text)
        except ValueError:
            refused.append(Refused(name, text[:SHOWN_OF_A_VALUE]))
    if read.get("state") is ClaimState.DRAFT:
        del read["state"]  # what its owner has not sent is nothing to the desk
        refused.append(Refused("state", ClaimState.DRAFT.value))
    return Filters(**read), tuple(refused)  # type: ignore[arg-type]  # each is read by its own type


def query_of(filters: Filters) -> str:
    """What stands behind the question mark; the first list is not named where it stands alone."""
    named = {name: str(value) for name in READ_BY if (value := getattr(filters, name))}
    if filters.list is QueueList.REVIEW:
        del named["list"]
    return urlencode(named)
