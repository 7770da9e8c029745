"""What a file says under each reference, before its lines are judged, and what came in before it.

Guarantee: it is read from the file as a whole, so that a line is judged the same wherever it
stands among the others.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from recalldesk.claims.former_references import former_digest, former_form
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim
from recalldesk.takeover.remedies_taken import claim_digest
from recalldesk.takeover.said_before import Known, Line, No, which


class Ahead:
    """The lines of a file by reference. `unit_of`: the digest of the unit that a serial names."""

    def __init__(self, reading: Reading, unit_of: Callable[[Mapping[str, str]], bytes]) -> None:
        self._reading, self._unit_of = reading, unit_of
        self._said: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        self._lines: dict[str, set[Line]] = {}
        self._known: dict[str, list[Known]] = {}
        before = TakenClaim.objects.filter(recall_id=reading.recall.pk)
        self.is_needed = before.exists()

    def note(self, line: Mapping[str, str]) -> bool:
        """Remembers a line; the whole file is read so before it is judged."""
        names = ("reference", "serial", "unit", "product")
        said = {name: line[name] for name in names if name in line}
        if form := former_form(said.get("reference", "")):
            self._said[form].append(said)
        return False

    def which(self, line: Mapping[str, str], unit: bytes) -> int | No:
        """The claim that came in before by an earlier file, of which a line is."""
        if not self.is_needed:
            return No.NEW
        form = former_form(line["reference"])
        if not self._known_of(form, line["reference"]):
            return self._of_an_erased(line, unit)
        if form not in self._lines:
            self._lines[form] = {self._line(each, self._unit_of(each)) for each in self._said[form]}
        return which(self._line(line, unit), self._lines[form], self._known[form])

    def _of_an_erased(self, line: Mapping[str, str], unit: bytes) -> int | No:
        """Its reference is gone with its owner; what it came in with is not."""
        rows = TakenClaim.objects.filter(recall_id=self._reading.recall.pk)
        known = rows.filter(row_digest=self._line(line, unit).row)
        found = known.exclude(file_id=self._reading.number).values_list("pk", flat=True).first()
        return No.NEW if found is None else found

    def _known_of(self, form: str, reference: str) -> list[Known]:
        if form not in self._known:
            rows = TakenClaim.objects.filter(
                recall_id=self._reading.recall.pk,
                claim__filing__former_reference__digest=former_digest(reference),
                claim__filing__former_reference__system=self._reading.mapping.system,
            ).exclude(file_id=self._reading.number)
            told = rows.order_by("pk").values_list("pk", "row_digest", "claim__unit_digest")
            self._known[form] = [Known(pk, bytes(row), bytes(unit)) for pk, row, unit in told]
        return self._known[form]

    def _line(self, line: Mapping[str, str], unit: bytes) -> Line:
        system, reference = self._reading.mapping.system, line["reference"]
        place = line.get("unit", "")
        row = claim_digest(system, reference, unit, place)
        return Line(row, unit, claim_digest(system, reference, b"", place))
