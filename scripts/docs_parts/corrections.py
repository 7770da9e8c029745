"""The tables of what is counted as corrected, and of why a row of a shop's file is not taken."""

from docs_parts.blocks import table
from recalldesk.remedies.corrections.states import RowReason
from recalldesk.reports.corrections.definitions import AFFECTED, DEFINITIONS, GIFT_CARDS, WHEN


def corrections_table() -> str:
    """Every figure: its title, and what is counted; then what holds for all."""
    rows = [(definition.title, definition.says) for definition in DEFINITIONS.values()]
    said = " ".join((*GIFT_CARDS.values(), AFFECTED, WHEN))
    return f"{table(('figure', 'what is counted'), rows)}\n{said}\n"


def correction_reasons() -> str:
    """Each reason of a rejected row."""
    rows = [(f"`{reason.value}`", str(reason.label)) for reason in RowReason]
    return table(("reason", "the row"), rows)
