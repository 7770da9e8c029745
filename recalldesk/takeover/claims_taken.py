"""Claims of a file of another system on their way into ours.

Guarantees: a claim comes in once, and a reference that a later file says again is the claim that it
was; of two lines for one unit that both say that it was paid one is a reject; what was paid there
is never paid here: a remedy that waits here for the same unit is taken back, and its claim goes to
a person.
"""

from collections.abc import Mapping
from dataclasses import replace

from recalldesk.claims.former_references import former_form
from recalldesk.claims.models import Claim
from recalldesk.outreach.reading_back import NUMBER
from recalldesk.remedies.reads import remedies_that_count
from recalldesk.remedies.states import RemedyState
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.takeover.claims_again import Again, said_again
from recalldesk.takeover.claims_ahead import Ahead
from recalldesk.takeover.claims_judged import Judged, Unit, has_paid, judged
from recalldesk.takeover.claims_kept import keep_claims
from recalldesk.takeover.claims_said import ClaimSaid, claim_said, says_paid
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim
from recalldesk.takeover.owners_of_references import TWO_OWNERS, OwnersOfReferences
from recalldesk.takeover.remedies_said import Terms
from recalldesk.takeover.remedies_taken import (
    PAID_HERE,
    chosen,
    claim_digest,
    doubt,
    taken_in,
    taken_of,
)
from recalldesk.takeover.said import NotSaid
from recalldesk.takeover.said_before import No
from recalldesk.takeover.standing_anew import wait_for_a_person
from recalldesk.takeover.taken_back import is_taken_back
from recalldesk.units.naming import NamedUnit, named_unit

AT_ONCE = 500
UNCLEAR = "is of a claim of several units, and none of them is its serial: say all of its lines"
OLD_WORD = "says a serial that another line of its claim has corrected"


class ClaimsTaker:
    """Judges the lines of a file of claims, and keeps them some hundred at a time."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self._reading, self._terms = reading, terms
        self._ahead = Ahead(reading, self._digest_of)
        self._here: dict[bytes, tuple[int, Mapping[str, str]]] = {}
        self._owners = OwnersOfReferences(reading.recall.pk, reading.mapping.system)
        self._held: set[bytes] = set()
        self._given: set[bytes] = set()
        self._doubtful: list[tuple[Mapping[str, str], int]] = []
        self._waiting: list[tuple[Judged, bytes]] = []
        self._asked: tuple[tuple[str, str], NamedUnit] | None = None

    @property
    def looks_ahead(self) -> bool:
        """Whether the file is to be read once before its lines are judged."""
        return self._ahead.is_needed

    def look(self, line: Mapping[str, str]) -> bool:
        """Remembers what a line says, before any is judged."""
        return self._ahead.note(line)

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """What a line says."""
        number = int(line[NUMBER])
        try:
            said = claim_said(line, self._terms, number)
        except NotSaid as error:
            if says_paid(line, self._terms):
                self._doubtful.append((line, number))
            return str(error)
        is_first = self._owners.is_first(said)
        if strange := self._owners.why_not(said):
            if has_paid(said) and strange == TWO_OWNERS:
                self._doubtful.append((line, number))
            return strange
        unit = self._unit(said)
        system = self._reading.mapping.system
        row = claim_digest(system, said.reference, unit.digest, line.get("unit", ""))
        if row in self._here:
            twice = self._twice(row, line)
            if isinstance(twice, str) and has_paid(said):
                self._doubtful.append((line, number))
            return twice
        before = self._ahead.which(line, unit.digest)
        if before not in (No.NEW, No.ADDED):
            self._here[row] = number, line
            return self._of_before(before, line, said, is_first=is_first)
        if has_paid(said) and unit.digest and unit.has_remedy:
            self._keep()
            if not is_taken_back(self._reading, unit.digest):
                return PAID_HERE
            unit = self._unit(said)
        self._here[row] = number, line
        found = judged(said, unit, self._terms.document.remedies[0])
        self._take(wait_for_a_person(found) if before is No.ADDED else found, row)
        return True

    def finish(self) -> None:
        """Keeps what waits still, and holds what lines that were not taken call paid."""
        self._keep()
        for line, number in self._doubtful:
            self._doubt_all(line, number)
        self._doubtful = []

    def _keep(self) -> None:
        keep_claims(self._reading, self._terms, self._waiting)
        self._waiting = []
        self._held, self._given = set(), set()  # the database knows them from now on

    def _take(self, found: Judged, row: bytes) -> None:
        self._waiting.append((found, row))
        if found.holds_unit:
            self._held.add(found.unit.digest)
        if found.owed is not None and found.unit.digest:
            self._given.add(found.unit.digest)
        if len(self._waiting) >= AT_ONCE:
            self._keep()

    def _named(self, serial: str, product: str) -> NamedUnit:
        """Each line asks for its own more than once."""
        if self._asked is None or self._asked[0] != (serial, product):
            self._asked = (serial, product), self._named_now(serial, product)
        return self._asked[1]

    def _named_now(self, serial: str, product: str) -> NamedUnit:
        named = named_unit(serial, document=self._terms.document, product=product)
        if not named.found:
            raise TakeoverRefused(
                "Which serials the recall covers cannot be said at this moment.",
                "Nothing was changed. Try again in a minute.",
            )
        return named

    def _digest_of(self, line: Mapping[str, str]) -> bytes:
        """Of the unit that a line names, as far as it does."""
        serial = line.get("serial", "")
        identity = self._named(serial, line.get("product", "")).identity if serial else ""
        return digest(Claim, "unit_digest", identity) if identity else b""

    def _unit(self, said: ClaimSaid, besides: Claim | None = None) -> Unit:
        """What is known of the unit of a line. `besides`: what this claim holds and has does not
        count; without a serial in the line, it is of its own unit."""
        if not said.serial:
            mine = bytes(besides.unit_digest) if besides else b""
            if besides is None or not mine:
                return Unit(product=said.product)
            return self._known(Unit(mine, "", besides.found, besides.product), besides)
        named = self._named(said.serial, said.product)
        unit = digest(Claim, "unit_digest", named.identity) if named.identity else b""
        return self._known(Unit(unit, named.serial, named.found, named.product), besides)

    def _known(self, unit: Unit, besides: Claim | None) -> Unit:
        holders = Claim.objects.filter(unit_digest=unit.digest, holds_unit=True)
        remedies = remedies_that_count(unit.digest)
        if besides is not None:
            holders = holders.exclude(pk=besides.pk)
            remedies = remedies.exclude(pk=besides.remedy_id) if besides.remedy_id else remedies
        return replace(
            unit,
            is_held=unit.digest in self._held or holders.exists(),
            has_remedy=unit.digest in self._given or remedies.exists(),
        )

    def _of_before(
        self, before: int | No, line: Mapping[str, str], said: ClaimSaid, *, is_first: bool
    ) -> bool | str:
        """A line of a reference that came in before."""
        self._keep()
        if isinstance(before, No):
            if has_paid(said):
                self._doubt_all(line, said.line)
            return OLD_WORD if before is No.OLD_WORD else UNCLEAR
        rows = TakenClaim.objects.select_related("claim__remedy", "claim__filing")
        taken = rows.get(pk=before)
        unit = self._unit(said, besides=taken.claim)
        return said_again(Again(self._reading, self._terms, taken, said, unit, is_first))

    def _doubt_all(self, line: Mapping[str, str], number: int) -> None:
        """What a line may be of was paid there, by its reference or else by its serial; which of
        several, nobody knows."""
        reference = line.get("reference", "")
        found = list(taken_of(self._reading, reference)) if former_form(reference) else []
        if not found and (unit := self._digest_of(line)):
            found = list(taken_in(self._reading).filter(claim__unit_digest=unit))
            if not found and remedies_that_count(unit).filter(state=RemedyState.WAITING).exists():
                is_taken_back(self._reading, unit)
        for taken in found:
            doubt(self._reading, taken, chosen(taken, self._terms.document), number)

    def _twice(self, row: bytes, line: Mapping[str, str]) -> bool | str:
        number, first = self._here[row]
        same = {name: first.get(name) for name in line if name != NUMBER}
        if same == {name: cell for name, cell in line.items() if name != NUMBER}:
            if line.get("serial") or line.get("unit"):
                return False
            return f"is the same as line {number:,}, and neither names a serial: one unit, or two?"
        return f"is of the same claim and unit as line {number:,}, and says something else"
