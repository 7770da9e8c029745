"""The row of a list, opened and sealed again.

Guarantee: whoever changes a list holds the lock of its filing, so that no two write it at once.
"""

from collections.abc import Sequence
from dataclasses import replace

from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Filing, UnitList
from recalldesk.claims.unit_lists.lines import Count, Line, LineState, lines_in, of_state, text_of
from recalldesk.sealing.fields_of_rows import opened, sealed

SETTLED_LATER = frozenset({LineState.REJECTED, LineState.DUPLICATE})


def list_of(filing: Filing) -> UnitList | None:
    """The list of a filing; None where it has none, or it was erased."""
    row = UnitList.objects.filter(filing=filing).first() if filing.is_list else None
    return row if row is not None and row.sealed_lines else None


def locked_list(filing_id: int) -> tuple[Filing, UnitList] | None:
    """The same of a filing that is locked from now on; None where there is none."""
    filing = locked_filing(filing_id)
    row = list_of(filing) if filing else None
    return (filing, row) if filing and row else None


def opened_lines(row: UnitList) -> tuple[list[Line], Count]:
    """What a list says. Raises SealingError."""
    return lines_in(opened(row, "sealed_lines"))


def sealed_lines(recall_id: int, lines: Sequence[Line], count: Count) -> bytes:
    """The value of a row's field."""
    text = text_of(lines, count)
    return sealed(UnitList, "sealed_lines", text, recall_id=recall_id)


def keep_lines(row: UnitList, lines: Sequence[Line], count: Count) -> None:
    """Keeps the lines as they stand; what a later answer made of one is counted anew."""
    rejected = len(of_state(lines, LineState.REJECTED))
    duplicate = len(of_state(lines, LineState.DUPLICATE))
    accepted = len(lines) - rejected - duplicate
    now = replace(count, accepted=accepted, rejected=rejected, duplicate=duplicate)
    row.sealed_lines = sealed_lines(row.recall_id, lines, now)
    row.save(update_fields=["sealed_lines"])


def is_confirmed(filing: Filing, row: UnitList) -> bool:
    """Whether the link was opened that was mailed to the address that the filing names now."""
    mailed_to = bytes(filing.email_digest)
    return bool(mailed_to) and bytes(row.confirmed_digest) == mailed_to
