"""Whether a photo of how a unit was got rid of is accepted: a pure rule.

Guarantees: what was sent before, with this claim or another, is a person's to look at; no photo
that can be seen is refused by the rule.
"""

from dataclasses import dataclass

from recalldesk.claims.states import Proof
from recalldesk.recalls.document.remedy import ProofBy


@dataclass(frozen=True)
class ProofFacts:
    """`has_picture`: a photo can be looked at; `is_waiting`: one may still become one;
    `was_seen_before`: the same photo, or its picture, came otherwise."""

    has_picture: bool
    is_waiting: bool
    was_seen_before: bool
    is_dangerous: bool


def ruling_on_proof(facts: ProofFacts, *, by: ProofBy) -> Proof:
    """What becomes of it."""
    if facts.is_waiting:
        return Proof.WAITING
    if not facts.has_picture:
        return Proof.REFUSED
    if by is ProofBy.PERSON or facts.was_seen_before or facts.is_dangerous:
        return Proof.WITH_PERSON
    return Proof.ACCEPTED
