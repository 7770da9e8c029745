"""Whatever happens to units, in whatever order, what counts is what stands, each unit once."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.remedies.actions import FIRST_GRANT
from recalldesk.remedies.corrections.reads import units_reported
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.models import Correction, Order, ReportedCorrection
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.reads import effective_remedy
from recalldesk.remedies.states import RemedyState
from tests.cast import SERIALS, Cast
from tests.remedies.corrections.reported import report, row
from tests.remedies.ordered import ordered

pytestmark = pytest.mark.django_db
UNITS = 2
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["order", "deliver", "return", "report", "take back"]),
        st.integers(0, UNITS - 1),
    ),
    max_size=14,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_a_unit_counts_exactly_while_something_corrected_it(
    published_recall: RecallVersion, cast: Cast, steps: list[tuple[str, int]]
) -> None:
    recall = published_recall.recall
    digests = [_digest(recall, serial) for serial in SERIALS[:UNITS]]
    with transaction.atomic():
        for what, number in steps:
            with suppress(Problem), transaction.atomic():
                _do(what, recall, cast, SERIALS[number], digests[number])
            for digest in digests:
                units = Correction.objects.filter(unit_digest=digest).aggregate(n=Sum("units"))
                assert (units["n"] or 0) == int(_stands(digest)), (steps, what)
        transaction.set_rollback(True)


def _digest(recall: Recall, serial: str) -> bytes:
    unit = row(recall, serial).unit
    assert unit is not None
    return unit.digest


def _do(what: str, recall: Recall, cast: Cast, serial: str, digest: bytes) -> None:
    remedy = effective_remedy(unit_digest=digest, grant=FIRST_GRANT)
    if what == "order":
        ordered(digest)
    elif what == "report":
        report(recall, cast.approver, serial)
    elif what == "take back":
        rows = ReportedCorrection.objects.filter(unit_digest=digest, takes_back=None)
        for kept in rows.order_by("-pk")[:1]:
            take_back(number=kept.pk, by=cast.approver, note="Another unit.")
    elif remedy is not None:
        goal = Standing.DELIVERED if what == "deliver" else Standing.RETURNED
        take_standing(Order.objects.get(remedy=remedy), Found("r1", goal))


def _stands(digest: bytes) -> bool:
    delivered = Order.objects.filter(
        remedy__entitlement__unit_digest=digest, remedy__state=RemedyState.DELIVERED
    )
    return delivered.exists() or bool(units_reported([digest]))
