"""What a later file says of a claim that came in before.

Guarantees: where nothing was decided or paid here the claim is corrected, and stands where the
later word has it; otherwise the line waits for a person, with what it says otherwise; a claim that
the other system says it paid is never paid here, even where its line is not taken.
"""

from dataclasses import dataclass

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.states import FilingState
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.states import Held
from recalldesk.takeover.claims_judged import Unit, has_paid
from recalldesk.takeover.claims_said import ClaimSaid
from recalldesk.takeover.contacts_again import Contacts, put_contacts, what_differs
from recalldesk.takeover.decided_here import is_decided_here
from recalldesk.takeover.kept_files import Reading
from recalldesk.takeover.models import TakenClaim, TakenRemedy
from recalldesk.takeover.remedies_said import RemedySaid, Terms
from recalldesk.takeover.remedies_taken import PAID_HERE, attach, doubt
from recalldesk.takeover.standing_anew import hold, owe_again, put_unit, stand_anew
from recalldesk.takeover.taken_back import is_taken_back

SERIAL = "serial"
STRANGER = (
    "has the reference of a claim of another owner and another unit; a person finds out whose"
)
SAID_PAID = "says another serial, and not that it was paid, where an earlier line says that it was"
HAS_ANOTHER = "says a unit that has a remedy, and its claim may have been paid: settle that first"


@dataclass(frozen=True, repr=False)
class Again:
    """A line of a claim that is here. `unit`: the one that it is of, as it stands without this
    claim; `is_first`: no line of the file before says who its owner is."""

    reading: Reading
    terms: Terms
    taken: TakenClaim
    said: ClaimSaid
    unit: Unit
    is_first: bool

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.taken.claim

    @property
    def is_other_unit(self) -> bool:
        """Whether it says another unit than the claim is of."""
        return bool(self.unit.digest) and self.unit.digest != bytes(self.claim.unit_digest)


def said_again(line: Again) -> bool | str:
    """Whether it is news, or why a person has to look."""
    filing = locked_filing(line.claim.filing_id)
    assert filing is not None  # what was filed is never deleted
    line.claim.filing = filing
    remedy = _remedy_said(line)
    if filing.state == FilingState.ERASED:
        return attach(line.reading, line.taken, remedy, line.said.line) if remedy else False
    contacts = _contacts(line) if line.is_first else Contacts()
    if why := _why_not(line, contacts):
        if has_paid(line.said):
            doubt(line.reading, line.taken, _offered(line), line.said.line)
        return why
    return _changed(line, remedy, contacts)


def _contacts(line: Again) -> Contacts:
    """What is said otherwise of its owner. What is only said besides, of a claim that was decided
    here, is no news: it may have been erased by its term."""
    found = what_differs(line.claim.filing, line.said)
    is_besides = bool(found.names) and found.new.issuperset(found.names)
    return Contacts() if is_besides and is_decided_here(line.taken) else found


def _changed(line: Again, remedy: RemedySaid | None, contacts: Contacts) -> bool | str:
    is_other = line.is_other_unit
    put_contacts(line.claim.filing, contacts)
    before = put_unit(line.claim, line.unit) if is_other else None
    outcome: bool | str = False
    if remedy is not None and (remedy.given is not None or remedy.may_be_sent):
        outcome = attach(line.reading, line.taken, remedy, line.said.line)
    elif line.taken.is_paid or _is_doubted(before or line.claim.remedy):
        if before is not None:
            owe_again(line.reading, line.claim, before)
    elif not is_decided_here(line.taken):
        outcome = stand_anew(line.reading, line.terms, line.taken, line.said, line.unit)
    if remedy is not None and remedy.held is Held.TAKEN_OVER and not isinstance(outcome, str):
        outcome = attach(line.reading, line.taken, remedy, line.said.line) is True or outcome
    hold(line.claim)
    if is_other or contacts.names:
        _log(line, is_other_unit=is_other, contacts=contacts)
        return outcome if isinstance(outcome, str) else True
    return outcome


def _is_doubted(remedy: Remedy | None) -> bool:
    return remedy is not None and remedy.held == Held.MAYBE_SENT


def _offered(line: Again) -> Offered:
    return line.said.offered or line.terms.document.remedies[0]


def _remedy_said(line: Again) -> RemedySaid | None:
    """One that was not paid then, or of which a line said that it waits, and that is paid now, by
    what no line says, may have been sent."""
    said = line.said
    if said.remedy is None and said.is_paid and (not line.taken.is_paid or _waits(line.claim)):
        return RemedySaid(_offered(line), None, Held.MAYBE_SENT, "", None)
    return said.remedy


def _waits(claim: Claim) -> bool:
    remedy = claim.remedy
    if remedy is None or remedy.held != Held.TAKEN_OVER:
        return False
    return TakenRemedy.objects.filter(remedy=remedy).exists()


def _why_not(line: Again, contacts: Contacts) -> str:
    """Why a person has to look; empty where nobody has to."""
    if line.is_other_unit and contacts.is_stranger:
        return STRANGER
    differs = (*((SERIAL,) if line.is_other_unit else ()), *contacts.names)
    if differs and is_decided_here(line.taken):
        return f"says another {', another '.join(differs)} than its claim, decided or paid here"
    if line.is_other_unit and line.taken.is_paid and not has_paid(line.said):
        return SAID_PAID
    is_doubtful = line.taken.is_paid or _is_doubted(line.claim.remedy)
    if line.is_other_unit and line.unit.has_remedy and is_doubtful and not has_paid(line.said):
        return HAS_ANOTHER
    if has_paid(line.said) and line.unit.has_remedy:
        return "" if is_taken_back(line.reading, line.unit.digest) else PAID_HERE
    return ""


def _log(line: Again, *, is_other_unit: bool, contacts: Contacts) -> None:
    what = ", ".join((*((SERIAL,) if is_other_unit else ()), *contacts.names))
    record_change(
        subject=Subject.CLAIM,
        subject_id=line.claim.pk,
        from_state=line.claim.state,
        to_state=line.claim.state,
        reason=Reason.CORRECTED,
        actor=Actor.STAFF,
        actor_id=line.reading.by.pk,
        recall_id=line.reading.recall.pk,
        note=f"By line {line.said.line:,} of file {line.reading.number}: {what}.",
    )
