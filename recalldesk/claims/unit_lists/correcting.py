"""Whoever sent a list looks at a unit again, and says what stands on it.

Guarantees: the same list, the same line: nothing is made twice; what is typed again is bound by
what was said before, as on the page of a check; an answer that was given is taken back by none.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.unit_lists.keeping import keep_lines, locked_list, opened_lines
from recalldesk.claims.unit_lists.lines import OPEN, RECALLED, Line, LineState, of_state
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
    recalled = {unit_in(each.text, document): each.number for each in of_state(lines, *RECALLED)}
    taken = 0
    for line in lines:
        if line.state not in OPEN:
            continue
        typed = texts.get(line.number, "").strip()[:LONGEST_SERIAL]
        if normalise(typed):
            if unit_in(typed, document) != unit_in(line.text, document):
                _leave_to_copies(line, lines)
            line.text, line.state, line.of = typed, LineState.WAITING, 0
            line.beside = ()
            _note_if_repeated(line, recalled, document)
            taken += 1
        elif line.number in unreadable:
            _leave_to_copies(line, lines)
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


@transaction.atomic
def stand_as_typed(*, filing_id: int) -> int:
    """Whoever sent the list looked at every unit again that was asked about, and they stand as they
    were typed: each is looked up as if it had been typed again, which settles nothing by itself.
    Returns how many. A line that could not be read is not among them."""
    held = locked_list(filing_id)
    if held is None:
        return 0
    lines, _ = opened_lines(held[1])
    texts = {each.number: each.text for each in of_state(lines, LineState.LOOK_AGAIN)}
    return correct_lines(filing_id=filing_id, texts=texts)


def _leave_to_copies(line: Line, lines: list[Line]) -> None:
    """Lines that were read as this one name no unit any more that another line has: the first of
    them waits in its place, for what stands on that unit may be something else."""
    first = 0
    for place, each in enumerate(lines):
        if each.state is not LineState.DUPLICATE or each.of != line.number:
            continue
        if first:
            each.of = first
        else:
            first = each.number
            lines[place] = replace(line, number=first, text=each.text)


def _note_if_repeated(line: Line, recalled: Mapping[str, int], document: Document) -> None:
    """A text that another line has as its own names the unit of that line. It is looked up all the
    same where that line is not known to be recalled: what was tried before binds this one alone."""
    of = recalled.get(unit_in(line.text, document))
    if of is not None:
        line.state, line.of = LineState.DUPLICATE, of
