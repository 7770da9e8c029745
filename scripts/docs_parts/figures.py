"""The table of the desk's figures."""

from docs_parts.blocks import table
from recalldesk.reports.desk_figures.definitions import DEFINITIONS


def figures_table() -> str:
    """Every figure: its title, and what is counted."""
    return table(
        ("figure", "what is counted"),
        [(definition.title, definition.says) for definition in DEFINITIONS.values()],
    )
