"""Who of a recall's purchasers is one person, found anew for somebody who asks for it."""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.purchasers.people.keeping import People, keep_people_current
from recalldesk.recalls.models import Recall


@transaction.atomic
def people_found(recall: Recall, *, by: Staff, with_review: bool = True) -> People:
    """Finds anew who is one person, and asks about those of whom it is likely.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.SETTLE_PURCHASERS)
    return keep_people_current(recall, with_review=with_review)
