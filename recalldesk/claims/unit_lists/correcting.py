"""Whoever sent a list looks at a unit again, and says what stands on it.

Guarantees: the same list, the same line: nothing is made twice; what is typed again is bound by
what was said before, as on the page of a check; an answer that was given is taken back by none.
"""

from collections.abc import Collection, Mapping

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.unit_lists.keeping import keep_lines, locked_list, opened_lines
from recalldesk.claims.unit_lists.lines import OPEN, Line, LineState
from recalldesk.claims.unit_lists.reading import unit_in
from recalldesk.claims.unit_lists.sending import LISTED
from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.reads import document_of
from recalldesk.units.naming import LONGEST_SERIAL


@transaction.atomic
def correct_lines(
    *, filing_id: int, texts: Mapping[int, str], unreadable: Collection[int] = ()
) -> int:
    """Takes what was typed for lines that wait, by their numbers; returns of how many. A line that
    waits for nothing stays as it is."""
    held = locked_list(filing_id)
    if held is None:
        return 0
    filing, row = held
    lines, count = opened_lines(row)
    document = document_of(filing.version)
    taken = 0
    for line in lines:
        if line.state not in OPEN:
            continue
        typed = texts.get(line.number, "").strip()[:LONGEST_SERIAL]
        if normalise(typed):
            line.text, line.state, line.of = typed, LineState.WAITING, 0
            line.beside = ()
            _note_if_repeated(line, lines, document)
            taken += 1
        elif line.number in unreadable:
            line.state = LineState.UNREADABLE
            taken += 1
    if taken:
        keep_lines(row, lines, count)
        record_change(
            subject=Subject.UNIT_LIST,
            subject_id=row.pk,
            from_state=LISTED,
            to_state=LISTED,
            reason=Reason.OWNER_ANSWERED,
            actor=Actor.OWNER,
            recall_id=filing.recall_id,
        )
    return taken


def _note_if_repeated(line: Line, lines: list[Line], document: Document) -> None:
    """A text that another line has as its own names the unit of that line."""
    unit = unit_in(line.text, document)
    for other in lines:
        stands = other.state not in (*OPEN, LineState.DUPLICATE, LineState.UNREADABLE)
        if other is not line and stands and unit_in(other.text, document) == unit:
            line.state, line.of = LineState.DUPLICATE, other.number
            return
