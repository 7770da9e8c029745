"""Which page comes after the units of a claim were named."""

from recalldesk.claims.reads import SeenFiling
from recalldesk.claims.rules import Step
from recalldesk.portal.claiming.units_given import Given

WHICH = "?which"
"""Asks which product it is, where neither the owner nor the serial said so."""


def page_after_units(seen: SeenFiling, given: Given) -> tuple[str, str]:
    """The name of the page's address, and the query behind it."""
    is_open = len(seen.units) == 1 and not seen.units[0].product
    if is_open and len(seen.document.products) > 1 and not given.product:
        return "claim_unit", WHICH
    missing = [step for step in seen.missing if step is not Step.UNIT]
    return f"claim_{(missing or [Step.SEND])[0].value}", ""
