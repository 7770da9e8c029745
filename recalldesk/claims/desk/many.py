"""What is to be known of many claims before they are decided alike.

Guarantee: so many questions to the database for all of them, however many they are; each answer is
the one that is given of a claim by itself (`cases`, `stamps`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count

from recalldesk.claims.desk.cases import (
    HAS_REMEDY,
    REPORTED,
    case_from,
    has_proof,
    limits_of,
    sets_that_came,
    unit_of,
    what_it_lacks,
)
from recalldesk.claims.desk.second_rule import MERITS, Case, who_decided
from recalldesk.claims.desk.stamps import stamps_of
from recalldesk.claims.models import Claim, Contact, Decision, Message
from recalldesk.claims.states import DecisionKind, DecisionState
from recalldesk.evidence.models import Photo
from recalldesk.recalls.document import Document
from recalldesk.remedies.corrections.reads import units_reported
from recalldesk.remedies.reads import units_with_remedy

Row = TypeVar("Row", Message, Contact)


@dataclass(frozen=True)
class Many:
    """Facts by claim. `with_remedy`: the units that were given their first remedy;
    `reported`: those that somebody else reported as corrected; `units`: by filing, how many are
    one sum."""

    stamps: dict[int, int]
    proposed: frozenset[int]
    deciders: dict[int, frozenset[int]]
    proven: frozenset[int]
    limits: dict[int, Document]
    with_remedy: frozenset[bytes]
    reported: frozenset[bytes]
    units: dict[int, int]

    def case(self, claim: Claim, kind: DecisionKind) -> Case:
        """The case of a first remedy, or of no remedy."""
        return case_from(
            claim,
            kind,
            limits=self.limits[claim.filing.recall_id],
            has_proof=claim.pk in self.proven,
            deciders=self.deciders.get(claim.pk, frozenset()),
            units=self.units[claim.filing_id],
        )

    def why_not_payable(self, claim: Claim) -> str:
        """As `refuse_unless_payable` says it of the first remedy; empty where it could be paid."""
        given = HAS_REMEDY if unit_of(claim) in self.with_remedy else ""
        reported = REPORTED if unit_of(claim) in self.reported else ""
        return what_it_lacks(claim.filing) or given or reported


def gather(claims: Sequence[Claim]) -> Many:
    """The facts of claims that were read with filing, version and recall."""
    filings = {claim.filing_id for claim in claims}
    messages = list(Message.objects.filter(filing__in=filings).order_by("pk"))
    decisions = list(
        Decision.objects.filter(
            claim__in=claims, state__in=(DecisionState.PROPOSED, DecisionState.FINAL)
        )
    )
    pairs: dict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
    for row in decisions:
        if row.state == DecisionState.FINAL and row.kind in MERITS:
            pairs[row.claim_id].append((row.by_id, row.settled_by_id))
    recalls = {claim.filing.recall_id: claim.filing for claim in claims}
    units = [unit_of(claim) for claim in claims]
    return Many(
        stamps=stamps_of(claims, messages),
        proposed=frozenset(
            row.claim_id for row in decisions if row.state == DecisionState.PROPOSED
        ),
        deciders={claim_id: who_decided(found) for claim_id, found in pairs.items()},
        proven=_proven(claims, messages),
        limits={recall_id: limits_of(filing) for recall_id, filing in recalls.items()},
        with_remedy=units_with_remedy(units, grant=1),
        reported=units_reported(units),
        units=_together(claims),
    )


def _together(claims: Sequence[Claim]) -> dict[int, int]:
    lists = {claim.filing_id for claim in claims if claim.filing.is_list}
    rows = Claim.objects.filter(filing__in=lists) if lists else Claim.objects.none()
    counted = dict(rows.values_list("filing").annotate(units=Count("pk")).order_by())
    return {claim.filing_id: counted.get(claim.filing_id, 1) for claim in claims}


def _proven(claims: Sequence[Claim], messages: Sequence[Message]) -> frozenset[int]:
    contacts = list(Contact.objects.filter(filing__in={claim.filing_id for claim in claims}))
    sets = {claim.evidence_id for claim in claims} | {*sets_that_came(messages, contacts)}
    photos = list(Photo.objects.filter(evidence_set__in=sets))
    return frozenset(
        claim.pk
        for claim in claims
        if has_proof(
            claim,
            messages=_of(claim, messages),
            contacts=_of(claim, contacts),
            photos=photos,
        )
    )


def _of(claim: Claim, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.filing_id == claim.filing_id]
