"""The decision rule: facts and terms in, a ruling with all its reasons out. Pure.

Guarantees: a claim is approved only where nothing speaks against it and every fact is known; a fact
more against a claim never turns another ruling into an approval; no ruling declines anything.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recalldesk.claims.decision_facts import ClaimFacts, Counted, PhotoLead, Terms
from recalldesk.claims.photo_facts import LabelReads
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.states import UnitReading
from recalldesk.recalls.document.remedy import Mark
from recalldesk.units.verdict.answer import Verdict

LOOKED_FOR_AGAIN = frozenset({Mark.WORD, Mark.CODE, Mark.NAME})
"""Of a date the day of the photo is known and not the day of the writing: a person looks at it."""
MOST_NAMED = 20
"""Leads of one kind that the grounds name."""


class Outcome(StrEnum):
    """What the rule can say. It cannot say no."""

    APPROVE = "approve"
    ASK_OWNER = "ask_owner"
    TO_A_PERSON = "to_a_person"


Grounds = Mapping[str, Any]
"""What a reason stands on: numbers, enums and ids. It can be written as JSON."""
Found = Iterator[tuple[R, Grounds]]


@dataclass(frozen=True)
class Ruling:
    """What the rule says. `grounds`: each reason, in their order, with what it stands on."""

    outcome: Outcome
    grounds: Mapping[R, Grounds]

    @property
    def reasons(self) -> tuple[R, ...]:
        """All that speaks for a person to look."""
        return tuple(self.grounds)


def rule_on(facts: ClaimFacts, terms: Terms) -> Ruling:
    """The ruling on a claim."""
    found = dict(each for check in CHECKS for each in check(facts, terms))
    grounds = {reason: found[reason] for reason in R if reason in found}
    return Ruling(_outcome(facts, grounds), grounds)


def leads_against(facts: ClaimFacts, terms: Terms) -> Mapping[R, Grounds]:
    """What the lists and other claims alone say against a claim, in the order of the reasons."""
    found = dict(each for check in LEADS for each in check(facts, terms))
    return {reason: found[reason] for reason in R if reason in found}


def _outcome(facts: ClaimFacts, grounds: Mapping[R, Grounds]) -> Outcome:
    if not grounds:
        return Outcome.APPROVE
    return Outcome.ASK_OWNER if _asks_owner(facts) else Outcome.TO_A_PERSON


def _asks_owner(facts: ClaimFacts) -> bool:
    """Whether one more photo may help: all that is missing is asked for at once, and once only. One
    that we could not read is ours to look at, and no reason to ask its owner for another.
    """
    photos = facts.photos
    missing = (photos.asked_marks or frozenset()) - photos.verified_marks
    is_looked_for_again = (
        photos.is_marking_read and photos.are_markings_read and bool(missing & LOOKED_FOR_AGAIN)
    )
    return (
        facts.may_ask
        and facts.is_dangerous is False
        and facts.was_with_person is False
        and photos.are_settled
        and (bool(photos.useless) or is_looked_for_again)
    )


def _of_the_claim(facts: ClaimFacts, terms: Terms) -> Found:
    if not terms.by_rule:
        yield R.BY_HAND, {}
    if facts.is_dangerous is not False:
        yield R.DANGER, _known(facts.is_dangerous)
    if facts.was_with_person is not False:
        yield R.WITH_A_PERSON, _known(facts.was_with_person)
    if facts.has_unread_words is not False:
        yield R.OWNER_WROTE, _known(facts.has_unread_words)
    if facts.is_unreached is not False:
        yield R.NOT_REACHED, _known(facts.is_unreached)
    if facts.missing is None or facts.missing:
        yield R.INCOMPLETE, {"missing": None if facts.missing is None else [*facts.missing]}
    over = terms.second_person_over
    worth = facts.worth
    if over and (worth is None or worth.currency != over.currency or worth.amount > over.amount):
        stated = None if worth is None else f"{worth.amount} {worth.currency}"
        yield R.SECOND_PERSON, {"worth": stated, "over": f"{over.amount} {over.currency}"}


def _known(fact: bool | None) -> Grounds:
    """Whether a fact is known to be bad, or is only not known to be good."""
    return {} if fact else {"is_known": False}


def _of_the_unit(facts: ClaimFacts, _: Terms) -> Found:
    if facts.reading is UnitReading.GONE:
        yield R.UNIT_GONE, {}
    elif facts.reading is not UnitReading.SERIAL:
        yield R.SERIAL_UNREADABLE, {}
    elif facts.found != Verdict.AFFECTED:
        yield R.NOT_AFFECTED, {"found": facts.found}
    if facts.found == Verdict.AFFECTED and not facts.holds_unit:
        yield R.CONTESTED, {}
    elif facts.reading is UnitReading.SERIAL and not facts.holds_unit:
        yield R.NOT_AFFECTED, {"found": facts.found}
    if facts.has_remedy is not False:
        yield R.REMEDY_GIVEN, _known(facts.has_remedy)
    if facts.reported is None:
        yield R.REPORTED_ELSEWHERE, _known(None)
    elif facts.reported:
        yield R.REPORTED_ELSEWHERE, {"reports": [*facts.reported[:MOST_NAMED]]}


def _of_the_photos(facts: ClaimFacts, _: Terms) -> Found:
    photos = facts.photos
    if not photos.are_settled:
        yield R.PHOTOS_WAIT, {}
    if photos.useless:
        yield R.PHOTO_USELESS, {"kinds": sorted(photos.useless)}
    if photos.label is LabelReads.OTHERWISE or photos.other_labels:
        yield R.LABEL_DIFFERS, {"photos": photos.other_labels}
    if facts.cannot_photograph is not False:
        yield R.CANNOT_PHOTOGRAPH, _known(facts.cannot_photograph)
    if not (photos.are_settled and _are_photos_expected(facts)):
        return
    if photos.label not in (LabelReads.AS_CLAIMED, LabelReads.OTHERWISE):
        yield R.LABEL_UNREAD, {}
    missing = None if photos.asked_marks is None else photos.asked_marks - photos.verified_marks
    if missing is None or (missing and not photos.is_marking_read):
        yield R.MARKING_UNREAD, {}
    elif missing:
        yield R.MARK_NOT_SEEN, {"marks": sorted(missing)}


def _are_photos_expected(facts: ClaimFacts) -> bool:
    """Else another reason stands already, and that they show nothing says nothing."""
    return (
        facts.reading is UnitReading.SERIAL
        and facts.cannot_photograph is False
        and facts.is_dangerous is False
    )


def _of_like_photos(facts: ClaimFacts, terms: Terms) -> Found:
    if facts.neighbours is None:
        yield R.NOT_COMPARED, {}
        return
    if facts.neighbours.is_cut:
        yield R.MANY_LIKE, {}
    leads = facts.neighbours.leads
    weighing: Mapping[R, list[PhotoLead]] = {
        R.SAME_PHOTO: [lead for lead in leads if lead.is_same_file],
        R.COPIED_PHOTO: [
            lead
            for lead in leads
            if not lead.is_same_file
            and lead.distance <= terms.copy_within
            and not lead.is_same_unit
        ],
        R.LIKE_PHOTO: [
            lead
            for lead in leads
            if not lead.is_same_file and lead.distance <= terms.like_within and lead.shared
        ],
    }
    for reason, found in weighing.items():
        if found:
            nearest = sorted(found, key=lambda lead: (lead.distance, lead.other_photo_id))
            yield reason, {"leads": [_named(lead) for lead in nearest[:MOST_NAMED]]}


def _named(lead: PhotoLead) -> Grounds:
    return {
        "photo": lead.photo_id,
        "other_photo": lead.other_photo_id,
        "other_claim": lead.other_claim_id,
        "distance": lead.distance,
        "shared": sorted(lead.shared),
    }


def _of_later_claims(facts: ClaimFacts, _: Terms) -> Found:
    if facts.led_from is None:
        yield R.LATER_LEAD, _known(None)
    elif facts.led_from:
        yield R.LATER_LEAD, {"claims": [*facts.led_from[:MOST_NAMED]]}


def _of_fraud(facts: ClaimFacts, _: Terms) -> Found:
    found = facts.neighbours.fraud if facts.neighbours else ()
    if found is None:
        yield R.FRAUD_FOUND, _known(None)
    elif found:
        yield R.FRAUD_FOUND, {"claims": [*found[:MOST_NAMED]]}


def _of_unnamed_units(facts: ClaimFacts, _: Terms) -> Found:
    found = facts.neighbours.paid_unnamed if facts.neighbours else ()
    if found is None:
        yield R.PAID_UNNAMED, _known(None)
    elif found:
        yield R.PAID_UNNAMED, {"claims": [*found[:MOST_NAMED]]}


OVER: Mapping[Counted, R] = {
    Counted.PERSON: R.PERSON_LIMIT,
    Counted.ADDRESS: R.ADDRESS_LIMIT,
    Counted.HOUSE: R.HOUSE_LIMIT,
    Counted.PAYEE: R.PAYEE_LIMIT,
    Counted.NETWORK: R.NETWORK_LIMIT,
    Counted.OWNERS_AT_ADDRESS: R.OWNERS_AT_ADDRESS,
    Counted.OWNERS_OF_PAYEE: R.OWNERS_OF_PAYEE,
}


def _of_limits(facts: ClaimFacts, terms: Terms) -> Found:
    counts = facts.neighbours.counts if facts.neighbours else {}
    for counted, reason in OVER.items():
        if facts.neighbours is not None and counted not in counts:
            yield R.NOT_COMPARED, {"not_counted": counted}
        limit = terms.limits.get(counted, 0)
        if counts.get(counted, 0) > limit:
            yield reason, {"count": counts[counted], "limit": limit}


Check = Callable[[ClaimFacts, Terms], Found]
LEADS: tuple[Check, ...] = (_of_the_unit, _of_like_photos, _of_limits)
CHECKS: tuple[Check, ...] = (
    _of_the_claim,
    _of_the_unit,
    _of_the_photos,
    _of_later_claims,
    _of_unnamed_units,
    _of_fraud,
    _of_like_photos,
    _of_limits,
)
