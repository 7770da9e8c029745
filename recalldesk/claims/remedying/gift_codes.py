"""A gift code of the firm's own is shown to the owner of its claim.

Guarantee: only to whoever gave a code mailed a moment ago, and only of the claim's own remedy.
"""

from django.db import transaction

from recalldesk.claims.access import is_fresh
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Filing, Pass
from recalldesk.foundation import clock
from recalldesk.remedies.providers.codes.showing import ShownCode, ready_codes, show_code


def units_with_code(filing: Filing) -> frozenset[int]:
    """The places of the units whose remedy is a code that can be shown."""
    units = dict(filing.claims.filter(remedy__isnull=False).values_list("remedy_id", "position"))
    return frozenset(units[remedy_id] for remedy_id in ready_codes(list(units)))


@transaction.atomic
def show_owner_code(*, opened: Pass, position: int) -> ShownCode:
    """The code for the unit at this place. The pass must be fresh.

    Raises NotPossibleNow, NoCode, SealingError, OSError.
    """
    filing = filed(opened.filing_id)
    claim = filing.claims.filter(position=position, remedy__isnull=False).first()
    if claim is None or claim.remedy_id is None or not is_fresh(opened, clock.now()):
        raise NotPossibleNow
    return show_code(remedy_id=claim.remedy_id)
