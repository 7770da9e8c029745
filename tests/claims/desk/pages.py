"""The page of a claim, as somebody of the desk sees it."""

from recalldesk.accounts.models import Staff
from recalldesk.claims.desk.claim_page import claim_page
from recalldesk.claims.desk.page_values import ClaimPage
from recalldesk.claims.models import Claim


def page_of(claim: Claim, *, by: Staff) -> ClaimPage:
    """Asks for it by the claim's name, as the desk does."""
    return claim_page(reference=claim.filing.reference, position=claim.position, by=by)
