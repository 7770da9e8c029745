"""Claims are made of the lines of a list, all in one filing.

Guarantees: a line makes one claim at most, and a unit one in its filing, however often it is asked;
what is recalled and what a person decides is claimed, and nothing else; made after the filing was
sent, claims go the way of the others.
"""

from django.db import transaction

from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.references import new_marking_code
from recalldesk.claims.states import FilingState, UnitReading
from recalldesk.claims.submitting import file_more
from recalldesk.claims.unit_lists.keeping import keep_lines, locked_list, opened_lines
from recalldesk.claims.unit_lists.lines import CLAIMED, Line, LineState
from recalldesk.evidence.actions import new_evidence_sets
from recalldesk.recalls.reads import document_of
from recalldesk.sealing.fields_of_rows import digest, sealed
from recalldesk.units.naming import NamedUnit, named_unit

A_PORTION = 500


@transaction.atomic
def claim_lines(*, filing_id: int) -> int:
    """Makes the claims that lines ask for and that are not there; returns how many are new."""
    held = locked_list(filing_id)
    if held is None:
        return 0
    filing, row = held
    lines, count = opened_lines(row)
    wanted = [line for line in lines if line.state in CLAIMED and not line.position]
    if not wanted:
        return 0
    claims = _made(filing, wanted, lines, product=row.product)
    keep_lines(row, lines, count)
    if filing.state == FilingState.FILED:
        file_more(filing, claims)
    return len(claims)


def _made(filing: Filing, wanted: list[Line], lines: list[Line], *, product: str) -> list[Claim]:
    document = document_of(filing.version)
    there = {
        bytes(found): position
        for found, position in filing.claims.values_list("unit_digest", "position")
        if found
    }
    first = max(filing.claims.values_list("position", flat=True), default=0) + 1
    by_position = {line.position: line.number for line in lines if line.position}
    units: list[tuple[Line, NamedUnit, bytes]] = []
    for line in wanted:
        is_unread = line.state is LineState.UNREADABLE
        unit = named_unit("" if is_unread else line.text, document=document, product=product)
        found = digest(Claim, "unit_digest", unit.identity) if unit.identity else b""
        if found in there:
            line.state, line.of = LineState.DUPLICATE, by_position.get(there[found], 0)
            continue
        line.position = first + len(units)
        by_position[line.position] = line.number
        if found:
            there[found] = line.position
        units.append((line, unit, found))
    sets = new_evidence_sets(
        recall=filing.recall, marking_codes=[new_marking_code() for _ in units]
    )
    claims = [
        Claim(
            filing=filing,
            recall=filing.recall,
            position=line.position,
            product=unit.product,
            reading=UnitReading.SERIAL if unit.serial else UnitReading.UNREADABLE,
            sealed_serial=(
                sealed(Claim, "sealed_serial", unit.serial, recall_id=filing.recall_id)
                if unit.serial
                else b""
            ),
            unit_digest=found,
            found=unit.found,
            evidence=evidence,
        )
        for (line, unit, found), evidence in zip(units, sets, strict=True)
    ]
    return Claim.objects.bulk_create(claims, batch_size=A_PORTION)
