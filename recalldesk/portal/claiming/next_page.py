"""Which page comes after the units of a claim were named."""

from recalldesk.claims.completeness import Step
from recalldesk.claims.reads import SeenFiling
from recalldesk.claims.states import UnitReading
from recalldesk.portal.claiming.units_given import Given

WHICH = "?which"
"""Asks which product it is, where neither the owner nor the serial said so."""


def page_after_units(seen: SeenFiling, given: Given) -> tuple[str, str]:
    """The name of the page's address, and the query behind it."""
    is_open = len(seen.units) == 1 and not seen.units[0].product
    if is_open and len(seen.document.products) > 1 and not given.product:
        return "claim_unit", WHICH
    if _has_welcome_label(seen):
        return "claim_photos", ""
    missing = [step for step in seen.missing if step is not Step.UNIT]
    return f"claim_{(missing or [Step.SEND])[0].value}", ""


def _has_welcome_label(seen: SeenFiling) -> bool:
    """Whether a label that cannot be read could be shown, and there is no photo yet."""
    return Step.PHOTOS in seen.steps and any(
        unit.reading is UnitReading.UNREADABLE and not unit.photos and not unit.cannot_photograph
        for unit in seen.units
    )
