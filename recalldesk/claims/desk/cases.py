"""What the rule about two people needs to know of a claim, from its rows; and what it lacks.

Guarantee: a claim is approved only where a remedy was chosen, and where it is to go is known.
"""

from collections.abc import Iterable

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.recall_asks import is_over
from recalldesk.claims.desk.second_rule import MERITS, Case, Person, who_decided
from recalldesk.claims.models import Claim, Contact, Decision, Filing, Message
from recalldesk.claims.remedies_offered import Need, comes_by_email, needs_of, remedy_named
from recalldesk.claims.states import DecisionKind, DecisionState, Direction
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Remedy
from recalldesk.recalls.reads import document_of, live_recall
from recalldesk.remedies.actions import cancel_remedy
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.remedies.reads import effective_remedy
from recalldesk.remedies.states import SINCE_TAKEOVER
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.units.verdict.answer import Verdict

SECOND_GRANT = 2
HAS_REMEDY = "This unit has a remedy already."
REPORTED = "Somebody else reported this unit as corrected."


def case_of(
    claim: Claim, kind: DecisionKind, *, grant: int = 1, proposed: Decision | None = None
) -> Case:
    """The case of a claim that is to be decided so; `proposed`: what waits for a second person."""
    return case_from(
        claim,
        kind,
        limits=limits_of(claim.filing),
        grant=grant,
        has_proof=_has_proof(claim),
        deciders=deciders_of(claim),
        proposer=proposed.by_id if proposed else None,
    )


def case_from(
    claim: Claim,
    kind: DecisionKind,
    *,
    limits: Document,
    has_proof: bool,
    deciders: frozenset[int],
    grant: int = 1,
    proposer: int | None = None,
    units: int | None = None,
) -> Case:
    """The same, where it is known already by whose limits, whether there is a photo to look at, and
    who decided. `limits`: the live version's, as the rule takes them; `units`: how many count as
    one sum (`units_together`), where that is known."""
    filing = claim.filing
    together = units_together(filing) if units is None else units
    remedy = remedy_named(document_of(filing.version), filing.country, filing.remedy_key)
    value = remedy.value if remedy else None
    return Case(
        kind=kind,
        is_over_value=value is not None
        and is_over(limits, value.amount * together, value.currency),
        is_listed=not claim.unit_digest or claim.found == Verdict.AFFECTED,
        has_proof=has_proof,
        is_second_remedy=grant > 1,
        is_appealed=claim.is_appealed,
        deciders=deciders,
        proposer=proposer,
    )


def units_together(filing: Filing) -> int:
    """Units whose value is one sum: those of a list are decided upon alike, by the same photos."""
    return filing.claims.count() if filing.is_list else 1


def person_of(staff: Staff) -> Person:
    """A member of staff, as the rule knows them."""
    return Person(staff.pk, staff.may(Permission.DECIDE_SECOND))


def deciders_of(claim: Claim) -> frozenset[int]:
    """Who decided about a claim before, and it counted."""
    rows = claim.decisions.filter(state=DecisionState.FINAL, kind__in=MERITS)
    return who_decided(list(rows.values_list("by_id", "settled_by_id")))


def limits_of(filing: Filing) -> Document:
    """By whose limits a claim of a filing is decided: the live version's."""
    live = live_recall(filing.recall.slug)
    return document_of(filing.version) if live is None else live.document


def has_proof(
    claim: Claim,
    *,
    messages: Iterable[Message],
    contacts: Iterable[Contact],
    photos: Iterable[Photo],
) -> bool:
    """Whether a photo can be looked at, where the recall asks for any: with the claim, sent with a
    message of its owner, or scanned with a contact. `photos`: those of the filing, and others."""
    if not asks_for_photos(claim.filing):
        return True
    sets = {claim.evidence_id, *sets_that_came(messages, contacts)}
    return any(
        photo.state == PhotoState.CLEAN and photo.evidence_set_id in sets for photo in photos
    )


def sets_that_came(messages: Iterable[Message], contacts: Iterable[Contact]) -> list[int]:
    """The sets of what came from an owner beside the claims themselves."""
    sent = [row.evidence_id for row in messages if row.direction == Direction.FROM_OWNER]
    return [each for each in (*sent, *(row.evidence_id for row in contacts)) if each]


def _has_proof(claim: Claim) -> bool:
    messages, contacts = list(claim.filing.messages.all()), list(claim.filing.contacts.all())
    sets = [claim.evidence_id, *sets_that_came(messages, contacts)]
    photos = Photo.objects.filter(evidence_set__in=sets)
    return has_proof(claim, messages=messages, contacts=contacts, photos=photos)


def asks_for_photos(filing: Filing) -> bool:
    """Whether the recall has a unit's owner send photos of it."""
    asked = document_of(filing.version).evidence
    return asked.label_photo or asked.marking_photo


def unit_of(claim: Claim) -> bytes:
    """What stands for the unit among entitlements: a unit whose serial nobody knows has one of its
    own, by its claim."""
    return bytes(claim.unit_digest) or digest(Claim, "unit_digest", f"claim:{claim.pk}")


def granted_by(claim: Claim) -> int:
    """Which remedy of its unit a claim that is approved was given."""
    rows = claim.decisions.filter(kind=DecisionKind.APPROVE, state=DecisionState.FINAL)
    approval = rows.order_by("pk").last()
    return int(approval.grounds.get("grant", 1)) if approval else 1


def take_remedy_back(claim: Claim) -> None:
    """Cancels the remedy of an approved claim. Raises NotDecidable where it was ordered; where none
    was granted there is nothing to do."""
    digest_of_unit, grant = unit_of(claim), granted_by(claim)
    remedy = effective_remedy(unit_digest=digest_of_unit, grant=grant)
    if remedy is None:
        return
    if remedy.held in SINCE_TAKEOVER:
        raise NotDecidable(
            "Its remedy was taken over, and may have been sent before.",
            "Say what is so first: `recalldesk taken settle`, or `recalldesk taken go-on`.",
        )
    if not cancel_remedy(unit_digest=digest_of_unit, grant=grant):
        raise NotDecidable("Its remedy is on its way already.", "Write to the owner.")


def refuse_unless_payable(claim: Claim, *, grant: int) -> None:
    """Raises NotDecidable where an approval could not be followed by its remedy."""
    if lacking := what_it_lacks(claim.filing):
        raise NotDecidable(lacking, "Ask the owner for it.")
    if effective_remedy(unit_digest=unit_of(claim), grant=grant) is not None:
        raise NotDecidable(
            HAS_REMEDY,
            "Decline the claim; or approve a second remedy, which takes two people and a reason.",
        )
    if grant == 1 and reports_of_unit(unit_of(claim)):
        raise NotDecidable(
            REPORTED,
            "Decline the claim; or approve a remedy all the same, which takes two people and a "
            "reason; or take the report back, where it is wrong.",
        )


def what_it_lacks(filing: Filing) -> str:
    """Why the remedy of a filing could not be sent; empty where it could."""
    remedy = remedy_named(document_of(filing.version), filing.country, filing.remedy_key)
    if remedy is None:
        return "No remedy was chosen."
    lacking = _lacks(filing, remedy)
    return f"{lacking} is not known." if lacking else ""


def _lacks(filing: Filing, remedy: Remedy) -> str:
    needs = needs_of(remedy)
    if Need.ADDRESS in needs and not filing.sealed_address:
        return "Where the remedy goes"
    if Need.PAYEE in needs and not filing.sealed_payee:
        return "Where the money goes"
    if comes_by_email(remedy) and not filing.sealed_email:
        return "The e-mail address, to which this remedy is sent,"
    return ""
