"""What a number of the report is narrowed to, in words. Pure."""

from recalldesk.reports.effectiveness.definitions import STEPS, WAYS
from recalldesk.reports.effectiveness.selection import Rows, Selected


def narrowed_to(chosen: Selected) -> list[str]:
    """The rows, and what they are narrowed to."""
    if chosen.rows is Rows.STEP:
        return [f"purchases that came as far as “{STEPS[chosen.step or 0][0].lower()}”, or further"]
    if chosen.rows is Rows.WAY:
        return [f"units sold, told first by: {WAYS[chosen.way or ''].lower()}"]
    said = ["units corrected"]
    if chosen.level:
        said.append(str(chosen.level.label).lower())
    if chosen.way is not None:
        said.append(f"told first by: {WAYS[chosen.way].lower()}")
    if chosen.country is not None:
        said.append(f"country {chosen.country or 'not known'}")
    if chosen.week:
        said.append(f"{'up to the end of' if chosen.up_to else 'in'} the week from {chosen.week}")
    return said
