"""To whom a notice goes, as somebody of the desk may see it.

Guarantees: masked unless it is asked for in full, which only `looking` does, after it logged why.
"""

import json
from collections.abc import Mapping

from recalldesk.claims.desk.masking import SHOWN_OF_ADDRESS, initials_of
from recalldesk.mailing.reads import masked
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import Way
from recalldesk.purchasers.reads.shown import IN_LINE
from recalldesk.sealing.fields_of_rows import opened


def masked_recipient(notice: DirectNotice) -> str:
    """Enough to tell which contact it was; empty where it was erased. Raises SealingError."""
    text = opened(notice, "sealed_to")
    if notice.way != Way.LETTER:
        return masked(text)
    address = _address(text)
    place = ", ".join(address[each] for each in SHOWN_OF_ADDRESS if address.get(each))
    return " · ".join(each for each in (initials_of(address.get("name", "")), place) if each)


def whole_recipient(notice: DirectNotice) -> str:
    """All of it. Raises SealingError."""
    text = opened(notice, "sealed_to")
    if notice.way != Way.LETTER:
        return text
    address = _address(text)
    return ", ".join(address[each] for each in ("name", "also", *IN_LINE) if address.get(each))


def _address(text: str) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(text) if text else {}
    return found
