"""Which claims are anybody's to take, as conditions on their rows.

Guarantees: nobody is given what they could not decide; what is in the hands of somebody who could
not decide it, or works here no longer, counts as nobody's.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, roles_that_may
from recalldesk.claims.desk.second_rule import MERITS
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import ClaimState, DecisionState
from recalldesk.foundation import clock


def free_for(by: Staff) -> QuerySet[Claim]:
    """The claims that somebody may be given: about which they could decide, nobody else's, and at
    which nobody else looks."""
    rows = Claim.objects.filter(is_looked_at_by_nobody_but(by)).exclude(
        _is_barred(by.pk, may_second=Q(Value(by.may(Permission.DECIDE_SECOND))))
    )
    return rows.filter(Q(assigned_to__isnull=True) | Q(assigned_to=by) | _is_in_idle_hands())


def is_looked_at_by_nobody_but(by: Staff) -> Q:
    """That nobody else has it open."""
    lapsed = Q(looked_at_until__isnull=True) | Q(looked_at_until__lte=clock.now())
    return Q(looked_at_by=by) | lapsed


def _is_in_idle_hands() -> Q:
    """That it is somebody's who cannot decide it."""
    holder = OuterRef("assigned_to")
    seconds = Q(assigned_to__role__in=roles_that_may(Permission.DECIDE_SECOND))
    decides = Q(assigned_to__role__in=roles_that_may(Permission.DECIDE_CLAIM))
    return Q(assigned_to__is_active=False) | ~decides | _is_barred(holder, may_second=seconds)


def _is_barred(person: int | OuterRef, *, may_second: Q) -> Q:
    """That a person can neither decide a claim in review nor settle what waits for a second one:
    the rows that `second_rule.is_barred` and `may_settle` speak of."""
    of_claim = Decision.objects.filter(claim=OuterRef("pk"))
    theirs = Q(by=person) | Q(settled_by=person)
    decided = Exists(of_claim.filter(theirs, state=DecisionState.FINAL, kind__in=MERITS))
    waiting = of_claim.filter(state=DecisionState.PROPOSED)
    is_no_second = ~may_second | Q(Exists(waiting.filter(by=person))) | Q(decided)
    cannot = (Q(is_appealed=True) & Q(decided)) | (Q(Exists(waiting)) & is_no_second)
    return Q(state=ClaimState.IN_REVIEW) & cannot
