"""Which unit a shop means by a serial, as the recall lists it."""

from dataclasses import dataclass

from recalldesk.matching.orders import order_form
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.units.naming import UNIT, named_unit

ORDER = "purchasers.Purchase.order_digest"
"""The purpose of every digest of an order's number, so that a purchase and its correction meet."""


@dataclass(frozen=True)
class ListedUnit:
    """A unit of the recall. `digest` is that by which claims and entitlements know it."""

    serial: str
    digest: bytes


def listed_unit(serial: str, *, recall: Recall, document: Document) -> ListedUnit | None:
    """The unit; None where the recall does not cover it. Raises CorrectionRefused where nobody can
    say at this moment."""
    named = named_unit(serial, document=document)
    if not named.found:
        raise CorrectionRefused(
            "Which serials the recall covers cannot be said at this moment.",
            "Nothing was changed. Try again in a minute.",
        )
    if recall.slug not in named.listed_by:
        return None
    identity = digest(ReportedCorrection, "unit_digest", named.identity, purpose=UNIT)
    return ListedUnit(named.serial, identity)


def order_digest(order: str) -> bytes:
    """Of an order's number as shops write it; empty for none."""
    form = order_form(order)
    return digest(ReportedCorrection, "order_digest", form, purpose=ORDER) if form else b""
