"""What stands in the fields of a claim that was begun by the link of a notice.

Guarantee: before the code was given, nothing but a masked line; and never more than the shop's
records say of the one person who has the contact.
"""

from collections.abc import Mapping

from recalldesk.outreach.answering.on_file import (
    OnFile,
    is_opened,
    notice_of,
    on_file_for,
    preview_of,
)
from recalldesk.portal.claiming.visitor import Visitor


def offered_to(visitor: Visitor) -> str:
    """What is on file for whoever fills in a claim, masked; empty where there is nothing, or it was
    opened."""
    notice = notice_of(visitor.filing)
    return "" if notice is None or is_opened(visitor.filing) else preview_of(notice)


def filled_in(visitor: Visitor) -> OnFile:
    """What is filled in, for the owner to look at and send."""
    return on_file_for(visitor.filing)


def address_filled_in(visitor: Visitor) -> Mapping[str, str]:
    """Of its address, where that is in the country of the claim: others have other fields."""
    address = filled_in(visitor).address
    return address if address.get("country_code") == visitor.filing.country else {}
