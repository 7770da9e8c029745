"""Remedies that another system sent, each under the claim that it was for.

Guarantees: a remedy is taken while it waits here, and only then; said again, it changes nothing;
what says something else than is known is a reject; the claim moves with it, and nobody is told.
"""

from collections.abc import Mapping

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.former_references import former_digest, former_form, is_spelled
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.outreach.reading_back import NUMBER
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import EFFECTIVE, Held, RemedyState
from recalldesk.remedies.taking_over import give
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.takeover.claims_judged import STANDS_AT
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim, TakenRemedy
from recalldesk.takeover.paid_meanwhile import GONE_ON, OTHERWISE, owed_after_all
from recalldesk.takeover.remedies_said import RemedySaid, Terms, remedy_said
from recalldesk.takeover.said import NotSaid
from recalldesk.units.naming import named_unit

S = ClaimState
WAY = (S.APPROVED, S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED)
NO_CLAIM = "names a claim that was not taken over"
SPELLED = "names a claim whose reference is written otherwise: say the serial too"
SEVERAL = "names a claim of several units: say the serial of the one"
NOTHING_SAID = "says no state of a remedy"


class RemediesTaker:
    """Judges the lines of a file of remedies, and keeps each at once."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self._reading, self._terms = reading, terms

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """What a line says."""
        found = self._claim(line)
        if isinstance(found, str):
            return found
        country = found.claim.filing.country
        try:
            said = remedy_said(self._with_remedy(line, found.claim), self._terms, country)
        except NotSaid as error:
            return str(error)
        if said is None:
            return NOTHING_SAID
        return attach(self._reading, found, said, int(line[NUMBER]))

    def finish(self) -> None:
        """Nothing waits."""

    def _with_remedy(self, line: Mapping[str, str], claim: Claim) -> Mapping[str, str]:
        """Where the line does not name the remedy, it is the one that the claim says."""
        if self._terms.cell(line, "remedy"):
            return line
        chosen = claim.remedy.key if claim.remedy else claim.filing.remedy_key
        return {**line, "remedy": chosen}

    def _claim(self, line: Mapping[str, str]) -> TakenClaim | str:
        rows = TakenClaim.objects.filter(
            recall_id=self._reading.recall.pk,
            claim__filing__former_reference__digest=former_digest(line.get("reference", "")),
            claim__filing__former_reference__system=self._reading.mapping.system,
        )
        if (unit := line.get("unit", "")) and not line.get("serial"):
            known = claim_digest(self._reading.mapping.system, line["reference"], b"", unit)
            rows = rows.filter(row_digest=known)
        if serial := line.get("serial", ""):
            named = named_unit(serial, document=self._terms.document)
            named_by = digest(Claim, "unit_digest", named.identity) if named.identity else b""
            rows = rows.filter(claim__unit_digest=named_by)
        found = list(rows.select_related("claim__remedy", "claim__filing")[:2])
        if not found:
            return NO_CLAIM
        if len(found) > 1:
            return SEVERAL
        is_sure = line.get("serial") or is_spelled(found[0].claim.filing, line["reference"])
        return found[0] if is_sure else SPELLED


def claim_digest(system: str, reference: str, unit: bytes, place: str) -> bytes:
    """By which a claim of another system is known again: its reference with the unit, or, where no
    serial names that, with what the other system calls it."""
    which = unit.hex() or (f"#{place}" if place else "")
    return digest(TakenClaim, "row_digest", "\x1f".join((system, former_form(reference), which)))


def attach(reading: Reading, taken: TakenClaim, said: RemedySaid, line: int) -> bool | str:
    """What is said of the remedy of a claim that came in before: news, known, or why not."""
    if taken.claim.remedy is None:
        return _given_after_all(reading, taken, said, line)
    remedy = taken.claim.remedy
    if remedy.state != RemedyState.WAITING:
        return _is_known(remedy, said)
    if said.given is None:
        return _wait(reading, remedy, said, line)
    if remedy.held not in (Held.TAKEN_OVER, Held.MAYBE_SENT):
        return GONE_ON
    remedy.key = said.offered.key
    remedy.save(update_fields=["key"])
    give([(remedy, said.given)], by=reading.by)
    _note(reading, remedy, said, line)
    _bring(reading, taken.claim, STANDS_AT[said.given.state])
    return True


def _given_after_all(
    reading: Reading, taken: TakenClaim, said: RemedySaid, line: int
) -> bool | str:
    """Nothing was owed when its claim came in. What came to nothing there is no news."""
    if said.held is not Held.MAYBE_SENT and (
        said.given is None or said.given.state not in EFFECTIVE
    ):
        return False
    held = said.held or Held.TAKEN_OVER
    done = owed_after_all(reading, taken.claim, said.offered.key, held)
    if done is not True or taken.claim.remedy is None:
        return done
    if said.given is None:
        _note(reading, taken.claim.remedy, said, line)
        return True
    return attach(reading, taken, said, line)


def _wait(reading: Reading, remedy: Remedy, said: RemedySaid, line: int) -> bool | str:
    """It is said that it waits, or that it may have been sent."""
    if said.held == remedy.held:
        return False
    if said.held is Held.MAYBE_SENT:
        if remedy.held != Held.TAKEN_OVER:
            return GONE_ON
        remedy.held = Held.MAYBE_SENT
        remedy.save(update_fields=["held"])
        _note(reading, remedy, said, line)
        return True
    return False


def _is_known(remedy: Remedy, said: RemedySaid) -> bool | str:
    """What moved on here since then is no difference: its provider said so."""
    order = Order.objects.filter(remedy=remedy).first()
    if order is None:
        return OTHERWISE
    if said.given is None:
        return False
    is_same = order.reference == said.given.reference and (
        None in (order.amount, said.given.amount) or order.amount == said.given.amount
    )
    return False if is_same else OTHERWISE


def _note(reading: Reading, remedy: Remedy, said: RemedySaid, line: int) -> None:
    if not TakenRemedy.objects.filter(remedy=remedy).exists():
        TakenRemedy.objects.create(
            file_id=reading.number,
            recall_id=reading.recall.pk,
            line=line,
            remedy=remedy,
            provider_said=said.provider_said,
            on=said.on,
        )


def _bring(reading: Reading, claim: Claim, to: ClaimState) -> None:
    """Through each stage between, so that the database judges each."""
    filing = locked_filing(claim.filing_id)
    assert filing is not None  # what was filed is never deleted
    claim.refresh_from_db()
    claim.filing = filing
    if claim.state not in WAY or to not in WAY:
        return
    for state in WAY[WAY.index(S(claim.state)) + 1 : WAY.index(to) + 1]:
        move_claim(
            claim=claim,
            to=state,
            actor=Actor.STAFF,
            actor_id=reading.by.pk,
            reason=Reason.TAKEN_OVER,
        )
