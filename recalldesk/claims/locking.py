"""The lock under which everything that changes a filing or its claims is done.

Guarantee: whoever holds it is alone with the filing, its claims, links, passes and codes until the
transaction ends. It is taken before any lock of a claim, a photo or a mailing, so that no two wait
for each other.
"""

from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState


def locked_filing(filing_id: int) -> Filing | None:
    """The filing as it stands, with its recall and version; None where it is gone."""
    return (
        Filing.objects.select_for_update(of=("self",))
        .select_related("recall", "version")
        .filter(pk=filing_id)
        .first()
    )


def filed(filing_id: int) -> Filing:
    """The same of one that was sent. Raises NotPossibleNow where it is a draft, erased or gone."""
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.FILED:
        raise NotPossibleNow
    return filing
