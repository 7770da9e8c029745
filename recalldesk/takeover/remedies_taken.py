"""Remedies that another system sent, each under the claim that it was for.

Guarantees: a remedy is taken while it waits here, and only then; said again, it changes nothing;
what says something else than is known is a reject; the claim moves with it, and nobody is told.
"""

from collections.abc import Mapping

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.former_references import former_digest, former_form, is_spelled
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.outreach.reading_back import NUMBER
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.reads import effective_remedy
from recalldesk.remedies.states import INEFFECTIVE, Held, RemedyState
from recalldesk.remedies.taking_over import Owed, give, owe
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.takeover.claims_judged import STANDS_AT
from recalldesk.takeover.given_together import WAY, Waiting, can_wait, keep_given
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim, TakenRemedy
from recalldesk.takeover.remedies_said import RemedySaid, Terms, remedy_said
from recalldesk.takeover.said import NotSaid
from recalldesk.units.naming import named_unit

S = ClaimState
AT_ONCE = 500
WITH_CLAIM = ("claim__filing", "claim__remedy__entitlement", "claim__remedy__recall")
BEFORE_APPROVED: Mapping[ClaimState, tuple[ClaimState, ...]] = {
    S.CHECKING: (),
    S.IN_REVIEW: (),
    S.NEEDS_OWNER: (),
    S.DECLINED: (S.IN_REVIEW,),
    S.DUPLICATE: (S.IN_REVIEW,),
}
"""Through which stages these are approved."""
NO_CLAIM = "names a claim that was not taken over"
SPELLED = "names a claim whose reference is written otherwise: say the serial too"
SEVERAL = "names a claim of several units: say the serial of the one"
PAID_HERE = "names a unit whose remedy is known already: it would be given twice"
GONE_ON = "is of a claim whose remedy was let go on here: it may be given twice"
OTHERWISE = "says something else of the remedy than is known of it here"
NOTHING_SAID = "says no state of a remedy"


class RemediesTaker:
    """Judges the lines of a file of remedies, and keeps them some hundred at a time."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self._reading, self._terms = reading, terms
        self._waiting: dict[int, Waiting] = {}

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
        number = int(line[NUMBER])
        if found.pk in self._waiting:
            self.finish()
            found.refresh_from_db()
        elif (waits := can_wait(found, said, number)) is not None:
            self._waiting[found.pk] = waits
            if len(self._waiting) >= AT_ONCE:
                self.finish()
            return True
        return attach(self._reading, found, said, number)

    def finish(self) -> None:
        """Keeps what waits still."""
        keep_given(self._reading, self._terms, list(self._waiting.values()))
        self._waiting = {}

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
        found = list(rows.select_related(*WITH_CLAIM)[:2])
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
    remedy = taken.claim.remedy
    if remedy is None:
        if not said.may_be_sent:
            return False
        remedy = _owed_after_all(reading, taken.claim, said)
        if remedy is None:
            return PAID_HERE
    if remedy.state != RemedyState.WAITING:
        return _is_known(remedy, said)
    if said.given is None:
        return _wait(reading, taken.claim, remedy, said, line)
    if remedy.held not in (Held.TAKEN_OVER, Held.MAYBE_SENT):
        return GONE_ON
    remedy.key = said.offered.key
    remedy.save(update_fields=["key"])
    give([(remedy, said.given)], by=reading.by)
    _note(reading, remedy, said, line)
    _bring(reading, taken.claim, STANDS_AT[said.given.state])
    return True


def _owed_after_all(reading: Reading, claim: Claim, said: RemedySaid) -> Remedy | None:
    """Of a claim that nobody had decided when it came in; None where its unit has one already."""
    unit = unit_of(claim)
    if effective_remedy(unit_digest=unit) is not None:
        return None
    (remedy,) = owe(reading.recall, [Owed(unit, said.offered.key)], by=reading.by)
    claim.remedy = remedy
    claim.save(update_fields=["remedy"])
    return remedy


def _wait(
    reading: Reading, claim: Claim, remedy: Remedy, said: RemedySaid, line: int
) -> bool | str:
    """It is said that it waits, or that it may have been sent."""
    if said.held == remedy.held:
        return _note(reading, remedy, said, line)
    if said.held is Held.MAYBE_SENT:
        if remedy.held != Held.TAKEN_OVER:
            return GONE_ON
        remedy.held = Held.MAYBE_SENT
        remedy.save(update_fields=["held"])
        _bring(reading, claim, S.APPROVED)
        _note(reading, remedy, said, line)
        return True
    return False


def _is_known(remedy: Remedy, said: RemedySaid) -> bool | str:
    """What moved on here since then is no difference: its provider said so. What came to nothing
    here and was given there is one, since somebody could order it again."""
    order = Order.objects.filter(remedy=remedy).first()
    if order is None:
        return OTHERWISE
    if said.given is None:
        return OTHERWISE if said.may_be_sent and remedy.state in INEFFECTIVE else False
    if remedy.state in INEFFECTIVE and said.given.state not in INEFFECTIVE:
        return OTHERWISE
    is_same = order.reference == said.given.reference and (
        None in (order.amount, said.given.amount) or order.amount == said.given.amount
    )
    return False if is_same else OTHERWISE


def _note(reading: Reading, remedy: Remedy, said: RemedySaid, line: int) -> bool:
    """Whether this line is the first one that says something of the remedy."""
    _, is_new = TakenRemedy.objects.get_or_create(
        remedy=remedy,
        defaults={
            "file_id": reading.number,
            "recall_id": reading.recall.pk,
            "line": line,
            "provider_said": said.provider_said,
            "on": said.on,
        },
    )
    return is_new


def _bring(reading: Reading, claim: Claim, to: ClaimState) -> None:
    """Through each stage between, so that the database judges each."""
    filing = locked_filing(claim.filing_id)
    assert filing is not None  # what was filed is never deleted
    claim.refresh_from_db()
    claim.filing = filing
    for state in way(S(claim.state), to):
        move_claim(
            claim=claim,
            to=state,
            actor=Actor.STAFF,
            actor_id=reading.by.pk,
            reason=Reason.TAKEN_OVER,
        )


def way(here: ClaimState, to: ClaimState) -> tuple[ClaimState, ...]:
    """The stages between; none where it is there or beyond, or was withdrawn."""
    if here in BEFORE_APPROVED:
        return (*BEFORE_APPROVED[here], *WAY[: WAY.index(to) + 1])
    return WAY[WAY.index(here) + 1 : WAY.index(to) + 1] if here in WAY else ()
