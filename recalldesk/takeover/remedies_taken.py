"""Remedies that another system sent, each under the claim that it was for.

Guarantees: a remedy is taken while it waits here, and only then; said again, it changes nothing;
what says something else than is known is a reject; the claim moves with it, and nobody is told.
"""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.former_references import former_digest, former_form, is_spelled
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.outreach.reading_back import NUMBER
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.reads import effective_remedy, remedies_that_count
from recalldesk.remedies.states import INEFFECTIVE, Held, RemedyState
from recalldesk.remedies.taking_over import Owed, give, owe
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.takeover.claims_judged import STANDS_AT
from recalldesk.takeover.decided_here import was_taken_back
from recalldesk.takeover.given_together import WAY, Waiting, can_wait, keep_given
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim, TakenRemedy
from recalldesk.takeover.remedies_said import RemedySaid, Terms, remedy_said, says_sent
from recalldesk.takeover.said import NotSaid
from recalldesk.takeover.taken_back import is_taken_back
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
HELD = "; what it may be of is held until a person says whether it was paid"
BACK = "; what waited here for its unit waits for a person now"
SEVERAL = "names a claim of several units: say the serial of the one"
PAID_HERE = "names a unit whose remedy is known already: it would be given twice"
GONE_ON = "is of a claim whose remedy was let go on here: it may be given twice"
HELD_NOW = f"{GONE_ON}; it is held until a person says whether it was sent"
OTHERWISE = "says something else of the remedy than is known of it here"
NOTHING_SAID = "says no state of a remedy"


class RemediesTaker:
    """Judges the lines of a file of remedies, and keeps them some hundred at a time."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self._reading, self._terms = reading, terms
        self._waiting: dict[int, Waiting] = {}
        self._doubtful: list[tuple[int, int]] = []

    looks_ahead = False

    def look(self, line: Mapping[str, str]) -> bool:
        """Nothing: each line is judged by itself."""
        return False

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """What a line says."""
        found = self._claim(line)
        if isinstance(found, str):
            return found + (HELD if self._is_held_for(line) else self._is_back(line))
        country = found.claim.filing.country
        number = int(line[NUMBER])
        try:
            said = remedy_said(self._with_remedy(line, found.claim), self._terms, country)
        except NotSaid as error:
            if says_sent(line, self._terms):
                self._doubtful.append((found.pk, number))
            return str(error)
        if said is None:
            return NOTHING_SAID
        if found.pk in self._waiting:
            self._keep()
            found.refresh_from_db()
        elif (waits := can_wait(found, said, number)) is not None:
            self._waiting[found.pk] = waits
            if len(self._waiting) >= AT_ONCE:
                self._keep()
            return True
        return attach(self._reading, found, said, number)

    def finish(self) -> None:
        """Keeps what waits still."""
        self._keep()
        for pk, number in self._doubtful:
            taken = taken_in(self._reading).get(pk=pk)
            doubt(self._reading, taken, chosen(taken, self._terms.document), number)
        self._doubtful = []

    def _keep(self) -> None:
        keep_given(self._reading, self._terms, list(self._waiting.values()))
        self._waiting = {}

    def _with_remedy(self, line: Mapping[str, str], claim: Claim) -> Mapping[str, str]:
        """Where the line does not name the remedy, it is the one that the claim says."""
        if self._terms.cell(line, "remedy"):
            return line
        chosen = claim.remedy.key if claim.remedy else claim.filing.remedy_key
        return {**line, "remedy": chosen}

    def _claim(self, line: Mapping[str, str]) -> TakenClaim | str:
        rows = taken_of(self._reading, line.get("reference", ""))
        if (unit := line.get("unit", "")) and not line.get("serial"):
            known = claim_digest(self._reading.mapping.system, line["reference"], b"", unit)
            rows = rows.filter(row_digest=known)
        if serial := line.get("serial", ""):
            is_its = Q(claim__unit_digest=self._unit(serial))
            was_its = Q(row_digest=self._row_of(line, serial))
            rows = rows.filter(is_its) if rows.filter(is_its).exists() else rows.filter(was_its)
        found = list(rows[:2])
        if not found:
            return NO_CLAIM
        if len(found) > 1:
            return SEVERAL
        is_sure = line.get("serial") or is_spelled(found[0].claim.filing, line["reference"])
        return found[0] if is_sure else SPELLED

    def _unit(self, serial: str) -> bytes:
        named = named_unit(serial, document=self._terms.document)
        return digest(Claim, "unit_digest", named.identity) if named.identity else b""

    def _row_of(self, line: Mapping[str, str], serial: str) -> bytes:
        """By which a claim was known when it came in with this serial."""
        system = self._reading.mapping.system
        return claim_digest(system, line["reference"], self._unit(serial), line.get("unit", ""))

    def _is_held_for(self, line: Mapping[str, str]) -> bool:
        """Of a line that names no claim for sure: whether what it may be of by its reference, or
        else by its serial, is held now, since it may have been paid there."""
        self._keep()
        found = list(taken_of(self._reading, line["reference"]))
        if not found and (serial := line.get("serial", "")):
            rows = taken_in(self._reading).filter(claim__unit_digest=self._unit(serial) or None)
            found = list(rows)
        is_held = False
        for each in found:
            try:
                said = remedy_said(
                    self._with_remedy(line, each.claim), self._terms, each.claim.filing.country
                )
            except NotSaid:
                return False
            if said is not None and said.may_be_sent:
                is_held = doubt(self._reading, each, said.offered, int(line[NUMBER])) or is_held
        return is_held

    def _is_back(self, line: Mapping[str, str]) -> str:
        """What becomes of a claim that was filed here, for the unit of such a line."""
        unit = self._unit(line.get("serial", "")) if says_sent(line, self._terms) else b""
        waits = remedies_that_count(unit).filter(state=RemedyState.WAITING) if unit else None
        is_back = waits is not None and waits.exists() and is_taken_back(self._reading, unit)
        return BACK if is_back else ""


def taken_in(reading: Reading) -> QuerySet[TakenClaim]:
    """The claims of a recall that were taken over."""
    rows = TakenClaim.objects.filter(recall_id=reading.recall.pk)
    return rows.select_related(*WITH_CLAIM).order_by("pk")


def taken_of(reading: Reading, reference: str) -> QuerySet[TakenClaim]:
    """Those of a reference."""
    return taken_in(reading).filter(
        claim__filing__former_reference__digest=former_digest(reference),
        claim__filing__former_reference__system=reading.mapping.system,
    )


def claim_digest(system: str, reference: str, unit: bytes, place: str) -> bytes:
    """By which a claim of another system is known again: its reference with the unit, or, where no
    serial names that, with what the other system calls it."""
    which = unit.hex() or (f"#{place}" if place else "")
    return digest(TakenClaim, "row_digest", "\x1f".join((system, former_form(reference), which)))


def attach(reading: Reading, taken: TakenClaim, said: RemedySaid, line: int) -> bool | str:
    """What is said of the remedy of a claim that came in before: news, known, or why not."""
    remedy = taken.claim.remedy
    if remedy is None or was_taken_back(remedy):
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
        return _hold_again(reading, taken.claim, said, line) if said.may_be_sent else GONE_ON
    remedy.key = said.offered.key
    remedy.save(update_fields=["key"])
    give([(remedy, said.given)], by=reading.by)
    _note(reading, remedy, said, line)
    _bring(reading, taken.claim, STANDS_AT[said.given.state])
    return True


def chosen(taken: TakenClaim, document: Document) -> Offered:
    """The remedy of a claim; of one that chose none the recall's first."""
    key = taken.claim.remedy.key if taken.claim.remedy else taken.claim.filing.remedy_key
    return next((each for each in document.remedies if each.key == key), document.remedies[0])


def doubt(reading: Reading, taken: TakenClaim, offered: Offered, line: int) -> bool:
    """Holds what is owed for a claim that may have been paid there: whether it is held now."""
    maybe = RemedySaid(offered, None, Held.MAYBE_SENT, "", None)
    attach(reading, taken, maybe, line)
    remedy = taken.claim.remedy
    return remedy is not None and remedy.held == Held.MAYBE_SENT


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
            return _hold_again(reading, claim, said, line)
        remedy.held = Held.MAYBE_SENT
        remedy.save(update_fields=["held"])
        _bring(reading, claim, S.APPROVED)
        _note(reading, remedy, said, line)
        return True
    return False


def _hold_again(reading: Reading, claim: Claim, said: RemedySaid, line: int) -> bool | str:
    """What went on here, and is not ordered yet, waits once more, since it may have been sent."""
    assert claim.remedy_id is not None  # it is what went on
    locked_filing(claim.filing_id)  # as whoever orders it does, before its remedy
    remedy = Remedy.objects.select_for_update(of=("self",)).get(pk=claim.remedy_id)
    if remedy.state != RemedyState.WAITING:
        return _is_known(remedy, said)
    remedy.held = Held.MAYBE_SENT
    remedy.save(update_fields=["held"])
    claim.remedy = remedy
    _note(reading, remedy, said, line)
    return HELD_NOW


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
