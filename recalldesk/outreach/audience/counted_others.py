"""Rows behind a count that are no purchasers: who asked to be told, and new owners; masked.

Guarantee: nobody is named in full.
"""

from collections.abc import Collection
from dataclasses import dataclass

from recalldesk.mailing.reads import masked
from recalldesk.outreach.models import DirectNotice, GrowthWatch
from recalldesk.outreach.reads.recipients import masked_recipient
from recalldesk.sealing.fields_of_rows import opened

OTHERS = 1 << 52
"""Places of these rows begin here, behind all purchasers: even for a wish, odd for a new owner."""
PLACE = f"""
CASE WHEN wish_id IS NOT NULL THEN {OTHERS} + 2 * wish_id
     WHEN passed_on_id IS NOT NULL THEN {OTHERS} + 2 * passed_on_id + 1
     ELSE purchaser_id END
"""


@dataclass(frozen=True, repr=False)
class CountedOther:
    """One of them. `to`: masked; `is_new_owner`: whom somebody named; else they asked to be told if
    the recall grows."""

    to: str
    language: str
    is_new_owner: bool


def others_at(places: Collection[int]) -> tuple[CountedOther, ...]:
    """Those that stand at these places, in their order. Raises SealingError."""
    numbers = [divmod(place - OTHERS, 2) for place in sorted(places) if place >= OTHERS]
    wishes = GrowthWatch.objects.in_bulk([number for number, is_owner in numbers if not is_owner])
    owners = DirectNotice.objects.in_bulk([number for number, is_owner in numbers if is_owner])
    return tuple(
        _new_owner(owners[number]) if is_owner else _wish(wishes[number])
        for number, is_owner in numbers
    )


def _wish(wish: GrowthWatch) -> CountedOther:
    return CountedOther(masked(opened(wish, "sealed_contact")), wish.language, is_new_owner=False)


def _new_owner(notice: DirectNotice) -> CountedOther:
    return CountedOther(masked_recipient(notice), notice.language, is_new_owner=True)
