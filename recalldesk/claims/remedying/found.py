"""Of which claim a finding of a reconciliation is: by its remedy, or by its unit's other one.

Guarantee: three queries at most, however many findings are asked for.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from recalldesk.claims.models import Claim
from recalldesk.remedies.models import Finding, Order, Remedy


@dataclass(frozen=True)
class ClaimOfFinding:
    """Where the claim is found. `order_id`: of the order that is stopped, where one is."""

    reference: str
    position: int
    order_id: int | None


def claims_of_findings(findings: Iterable[Finding]) -> dict[int, ClaimOfFinding]:
    """The claims of some findings, by the findings' numbers; none of those that no claim knows."""
    named = {each.pk: _ids(each) for each in findings}
    ids = {remedy_id for remedies in named.values() for remedy_id in remedies}
    owed = dict(Remedy.objects.filter(pk__in=ids).values_list("pk", "entitlement_id"))
    claims = Claim.objects.filter(remedy__entitlement_id__in=set(owed.values()))
    rows = claims.select_related("filing", "remedy").order_by("pk")
    of_entitlement = {row.remedy.entitlement_id: row for row in rows if row.remedy is not None}
    stopped = dict(
        Order.objects.filter(remedy_id__in=ids).exclude(stopped="").values_list("remedy_id", "pk")
    )
    found = dict[int, ClaimOfFinding]()
    for number, remedies in named.items():
        known = next((owed[each] for each in remedies if each in owed), None)
        claim = of_entitlement.get(known) if known is not None else None
        if claim is not None:
            order = next((stopped[each] for each in remedies if each in stopped), None)
            found[number] = ClaimOfFinding(claim.filing.reference, claim.position, order)
    return found


def _ids(finding: Finding) -> tuple[uuid.UUID, ...]:
    return tuple(each for each in (finding.remedy_id, finding.beside_id) if each is not None)
