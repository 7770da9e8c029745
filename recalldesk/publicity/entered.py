"""Of which recall something is that was entered."""

from collections.abc import Mapping
from typing import Any

from recalldesk.publicity.models import AuctionCheck, HitsFile, SocialPost, SocialReading
from recalldesk.recalls.models import Recall

_ROWS: Mapping[str, tuple[Any, str]] = {
    "post": (SocialPost, "recall"),
    "reading": (SocialReading, "post__recall"),
    "look": (AuctionCheck, "recall"),
    "log": (HitsFile, "recall"),
}
LARGEST = 2**63


def is_of(recall: Recall, what: str, number: int) -> bool:
    """Whether there is such a post, reading, look or log of the recall that stands."""
    model, path = _ROWS[what]
    if number >= LARGEST:
        return False
    rows = model.objects.filter(pk=number, takes_back__isnull=True, taken_back_by__isnull=True)
    return bool(rows.filter(**{path: recall}).exists())
