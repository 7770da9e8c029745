"""A unit that somebody else reported as corrected while its owner claims it: a person decides.

Guarantees: a remedy that is not ordered yet is taken back in the transaction in which its claim
goes to a person; what two people gave as an exception stays; one that is ordered already is not
touched: the page of corrections shows both. Again changes nothing.
"""

from django.db import transaction

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.deciding.facts import gather
from recalldesk.claims.deciding.ruling import keep_ruling
from recalldesk.claims.deciding.telling_anew import tell_looked_at_again
from recalldesk.claims.desk.cases import granted_by, unit_of
from recalldesk.claims.desk.undoing import take_back_untold
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.looked_through import tell_anew
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.rules import rule_on
from recalldesk.claims.states import ClaimState, DecisionKind, FilingState
from recalldesk.remedies.actions import FIRST_GRANT, cancel_remedy
from recalldesk.remedies.corrections.reads import reports_of_unit, units_in_reports

OVER = (ClaimState.DECLINED, ClaimState.WITHDRAWN, ClaimState.DUPLICATE)
"""Of all others the filing is locked, also of those that meet the rule later: one that is being
approved at this moment, by whoever did not see the report yet, is waited for."""


def corrected_elsewhere(*, report_id: int = 0, file_id: int = 0) -> list[int]:
    """Looks at the claims for units of a report, or of a file of them; those that moved."""
    units = units_in_reports(report_id=report_id, file_id=file_id)
    claims = Claim.objects.filter(unit_digest__in=units).exclude(state__in=OVER).order_by("pk")
    return [claim_id for claim_id in list(claims.values_list("pk", flat=True)) if _look(claim_id)]


@transaction.atomic
def _look(claim_id: int) -> bool:
    filing = locked_filing(Claim.objects.values_list("filing_id", flat=True).get(pk=claim_id))
    if filing is None or filing.state != FilingState.FILED:
        return False
    claim = Claim.objects.select_related("evidence").get(pk=claim_id)
    claim.filing = filing
    if not reports_of_unit(bytes(claim.unit_digest)):  # it was taken back meanwhile
        return False
    if claim.state == ClaimState.APPROVED and granted_by(claim) == FIRST_GRANT:
        take_back_untold(claim, actor=Actor.MACHINE)
    if claim.state == ClaimState.IN_REVIEW:
        tell_anew(claim)
        return False
    return _is_taken_back(claim)


def _is_taken_back(claim: Claim) -> bool:
    if claim.state != ClaimState.APPROVED or granted_by(claim) != FIRST_GRANT:
        return False
    if not cancel_remedy(unit_digest=unit_of(claim), reason=Reason.ELSEWHERE):
        return False  # it was ordered at this moment
    gathered = gather(claim)
    ruling = rule_on(gathered.with_neighbours(), gathered.terms)
    keep_ruling(gathered, ruling, DecisionKind.TO_A_PERSON)
    move_claim(
        claim=claim,
        to=ClaimState.IN_REVIEW,
        actor=Actor.MACHINE,
        reason=Reason.ELSEWHERE,
        tags=ruling.reasons,
    )
    tell_looked_at_again(claim)
    return True
