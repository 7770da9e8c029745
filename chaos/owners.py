"""Owners ask the web server: how their claim stands, and what their gift code is.

Guarantee: whoever saw a code is written down outside the database, with the code, the moment that
the page came whole.
"""

import json
import random
import re

import requests

from chaos.installation import Installation
from recalldesk.claims.access import FRESH_FOR, issue_pass, pass_for
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.portal.claiming.visitor import cookie_name
from recalldesk.recalls.document.remedy import ProviderName

PAGES, CODES = 4, 12
"""So many look at once."""
CODE = re.compile(r"MADEUP\d{8}")
PATIENCE = 10


def look(installation: Installation, draw: random.Random) -> int:
    """Some look at the page of their claim; how many saw it."""
    numbers = list(Filing.objects.order_by("?").values_list("pk", flat=True)[:PAGES])
    return sum(_sees(installation, number) for number in numbers)


def _sees(installation: Installation, number: int) -> bool:
    filing = Filing.objects.get(pk=number)
    answer = requests.get(
        f"{installation.web}/{filing.language}/claims/{filing.key}/",
        cookies={cookie_name(filing.key): issue_pass(filing=filing)},
        timeout=PATIENCE,
    )
    return answer.ok and filing.reference in answer.text


def open_codes(installation: Installation, draw: random.Random) -> int:
    """Some who may open their gift code do, now and then one who did before; how many saw it."""
    of_codes = Claim.objects.filter(remedy__order__provider=ProviderName.CODES.value)
    new = list(of_codes.filter(state=ClaimState.REMEDY_SENT)[:CODES])
    again = list(of_codes.filter(state=ClaimState.SETTLED).order_by("?")[:1])
    return sum(_opens(installation, claim) for claim in [*new, *again])


def _opens(installation: Installation, claim: Claim) -> bool:
    filing = claim.filing
    token = issue_pass(filing=filing)
    found = pass_for(key=filing.key, token=token)
    assert found is not None
    found.fresh_until = clock.now() + FRESH_FOR
    found.save()
    answer = requests.post(
        f"{installation.web}/{filing.language}/claims/{filing.key}/gift-code",
        {"unit": "1"},
        cookies={cookie_name(filing.key): token},
        headers={"Origin": installation.web},
        timeout=PATIENCE,
        allow_redirects=False,
    )
    seen = (
        CODE.search(answer.text.replace("</span><span>", "")) if answer.status_code == 200 else None
    )
    if seen is None:
        return False
    with installation.seen().open("a", encoding="utf-8") as file:
        line = {"unit": bytes(claim.unit_digest).hex(), "code": seen.group(0)}
        file.write(json.dumps(line) + "\n")
    return True
