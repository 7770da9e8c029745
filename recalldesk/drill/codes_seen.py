"""Owners open their gift codes, each at the page of the claim.

Guarantee: the code is shown by the page itself, to a pass that was given for that claim.
"""

import urllib.parse
import urllib.request

from recalldesk.claims.access import FRESH_FOR, issue_pass, pass_for
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.portal.claiming.visitor import cookie_name
from recalldesk.recalls.document.remedy import ProviderName


def open_codes(site: str) -> int:
    """Everybody whose code is ready; how many saw theirs."""
    ready = Claim.objects.filter(
        remedy__order__provider=ProviderName.CODES.value, state=ClaimState.REMEDY_SENT
    )
    return sum(_opens(site, claim) for claim in ready.select_related("filing"))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A page that leads elsewhere showed no code."""


def _opens(site: str, claim: Claim) -> bool:
    filing = claim.filing
    token = issue_pass(filing=filing)
    found = pass_for(key=filing.key, token=token)
    if found is None:
        return False
    found.fresh_until = clock.now() + FRESH_FOR
    found.save()
    request = urllib.request.Request(  # noqa: S310 - our own site
        f"{site}/{filing.language}/claims/{filing.key}/gift-code",
        urllib.parse.urlencode({"unit": str(claim.position)}).encode(),
        {"Cookie": f"{cookie_name(filing.key)}={token}", "Origin": site},
    )
    try:
        with urllib.request.build_opener(_NoRedirect()).open(request, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
