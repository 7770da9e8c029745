"""Why a line of a shop's file is a match, a doubtful one, or none, as one table."""

from docs_parts.blocks import table
from recalldesk.matching.matches.reasons import MatchReason


def match_reasons() -> str:
    """Each reason, and what it makes of a line."""
    rows = [(f"`{each.value}`", each.words, _makes(each)) for each in MatchReason]
    return table(("reason", "the line", "makes it"), rows)


def _makes(reason: MatchReason) -> str:
    if reason.is_outside:
        return "outside"
    return "weak" if reason.is_doubt else ""
