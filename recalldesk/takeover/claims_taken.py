"""Claims of a file of another system on their way into ours.

Guarantees: a claim comes in once; of two lines for one unit that both say that it was paid one is a
reject; what was paid there is never paid here: a remedy that waits here for the same unit is taken
back, and its claim goes to a person.
"""

from collections.abc import Mapping

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.states import ClaimState
from recalldesk.outreach.reading_back import NUMBER
from recalldesk.remedies.actions import cancel_remedy
from recalldesk.remedies.reads import effective_remedy
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.takeover.claims_judged import Judged, Unit, has_paid, judged
from recalldesk.takeover.claims_kept import keep_claims
from recalldesk.takeover.claims_said import ClaimSaid, claim_said
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim
from recalldesk.takeover.owners_of_references import OwnersOfReferences
from recalldesk.takeover.remedies_said import RemedySaid, Terms
from recalldesk.takeover.remedies_taken import PAID_HERE, attach, claim_digest
from recalldesk.takeover.said import NotSaid
from recalldesk.units.naming import named_unit

AT_ONCE = 500


class ClaimsTaker:
    """Judges the lines of a file of claims, and keeps them some hundred at a time."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self._reading, self._terms = reading, terms
        known = TakenClaim.objects.filter(recall_id=reading.recall.pk)
        self._known = {bytes(row): pk for row, pk in known.values_list("row_digest", "pk")}
        self._here: dict[bytes, tuple[int, Mapping[str, str]]] = {}
        self._owners = OwnersOfReferences(reading.recall.pk, reading.mapping.system)
        self._held: set[bytes] = set()
        self._given: set[bytes] = set()
        self._waiting: list[tuple[Judged, bytes]] = []

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """What a line says."""
        number = int(line[NUMBER])
        try:
            said = claim_said(line, self._terms, number)
        except NotSaid as error:
            return str(error)
        if strange := self._owners.why_not(said):
            return strange
        unit = self._unit(said)
        row = claim_digest(
            self._reading.mapping.system, said.reference, unit.digest, line.get("unit", "")
        )
        if row in self._known:
            return self._again(self._known[row], said)
        if row in self._here:
            return self._twice(row, line)
        if has_paid(said) and unit.digest and unit.has_remedy:
            if not self._is_taken_back(unit):
                return PAID_HERE
            unit = self._unit(said)
        self._here[row] = number, line
        self._take(judged(said, unit, self._terms.document.remedies[0]), row)
        return True

    def finish(self) -> None:
        """Keeps what waits still."""
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
            self.finish()

    def _unit(self, said: ClaimSaid) -> Unit:
        if not said.serial:
            return Unit(product=said.product)
        named = named_unit(said.serial, document=self._terms.document, product=said.product)
        if not named.found:
            raise TakeoverRefused(
                "Which serials the recall covers cannot be said at this moment.",
                "Nothing was changed. Try again in a minute.",
            )
        unit = digest(Claim, "unit_digest", named.identity) if named.identity else b""
        return Unit(
            digest=unit,
            serial=named.serial,
            found=named.found,
            product=named.product,
            is_held=unit in self._held
            or Claim.objects.filter(unit_digest=unit, holds_unit=True).exists(),
            has_remedy=unit in self._given or effective_remedy(unit_digest=unit) is not None,
        )

    def _again(self, pk: int, said: ClaimSaid) -> bool | str:
        """One that came in before: what it says of its remedy may be news. One that was not paid
        then, and is now, by what no line says, may have been sent."""
        taken = TakenClaim.objects.select_related("claim__remedy", "claim__filing").get(pk=pk)
        remedy = said.remedy
        if remedy is None and said.is_paid and not taken.is_paid:
            offered = said.offered or self._terms.document.remedies[0]
            remedy = RemedySaid(offered, None, Held.MAYBE_SENT, "", None)
        if remedy is None:
            return False
        return attach(self._reading, taken, remedy, said.line)

    def _twice(self, row: bytes, line: Mapping[str, str]) -> bool | str:
        number, first = self._here[row]
        same = {name: first.get(name) for name in line if name != NUMBER}
        if same == {name: cell for name, cell in line.items() if name != NUMBER}:
            if line.get("serial") or line.get("unit"):
                return False
            return f"is the same as line {number:,}, and neither names a serial: one unit, or two?"
        return f"is of the same claim and unit as line {number:,}, and says something else"

    def _is_taken_back(self, unit: Unit) -> bool:
        """Whether what waits here for the unit waits no more. The other system paid it."""
        self.finish()
        remedy = effective_remedy(unit_digest=unit.digest)
        if remedy is None:
            return True
        claim = Claim.objects.filter(remedy=remedy).first()
        if remedy.state != RemedyState.WAITING or claim is None:
            return False
        filing = locked_filing(claim.filing_id)
        if filing is None or not cancel_remedy(unit_digest=unit.digest, reason=Reason.TAKEN_OVER):
            return False
        claim.refresh_from_db()
        claim.filing = filing
        if claim.state == ClaimState.APPROVED:
            move_claim(
                claim=claim,
                to=ClaimState.IN_REVIEW,
                actor=Actor.STAFF,
                actor_id=self._reading.by.pk,
                reason=Reason.TAKEN_OVER,
                tags=(DecisionReason.REMEDY_GIVEN,),
            )
        return True
