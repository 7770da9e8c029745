"""What the rule alone approved waits before it may be ordered; what a person approved does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from recalldesk.claims.decision_facts import Terms, terms_of
from recalldesk.claims.promises import promised_on
from recalldesk.claims.remedying.ordering import ORDER
from recalldesk.claims.states import ClaimState
from recalldesk.recalls.document.review import Review
from recalldesk.remedies.models import Remedy
from recalldesk.remedies.reads import remedies_to_order
from tests.claims.deciding.filed import sent
from tests.claims.desk.people import approved, waiting_claim
from tests.claims.owner import CARD, claim_of, the_recall
from tests.worked import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 9, tzinfo=UTC)


def test_a_remedy_by_the_rule_waits_as_the_recall_says() -> None:
    with time_machine.travel(MONDAY, tick=False):
        sent()
    assert Remedy.objects.get().orderable_at == MONDAY + timedelta(days=7)
    assert not remedies_to_order(now=MONDAY + timedelta(days=6)).exists()
    assert remedies_to_order(now=MONDAY + timedelta(days=7)).exists()


def test_the_day_that_its_owner_is_told_holds_the_wait() -> None:
    with time_machine.travel(SATURDAY, tick=False):
        claim = claim_of(sent())
    assert Remedy.objects.get().orderable_at.date() == date(2026, 12, 5)
    assert claim.promised_on == date(2026, 12, 7)


def test_one_by_a_person_waits_only_while_it_can_be_undone() -> None:
    with time_machine.travel(MONDAY, tick=False):
        approved(waiting_claim())
    assert Remedy.objects.get().orderable_at == MONDAY + timedelta(minutes=10)


@pytest.mark.parametrize("days", [0, 7])
def test_where_nothing_waits_ordering_is_not_left_to_the_next_minute(
    days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def terms(review: Review) -> Terms:
        return terms_of(review.model_copy(update={"wait_before_order_days": days}))

    monkeypatch.setattr("recalldesk.claims.deciding.facts.terms_of", terms)
    sent()
    assert len(waiting(ORDER)) == (days == 0)


@pytest.mark.parametrize(
    ("orderable_on", "promised"),
    [
        (None, date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 5), date(2026, 12, 7)),
    ],
)
def test_no_day_is_promised_before_it_may_be_ordered(
    orderable_on: date | None, promised: date
) -> None:
    day = promised_on(
        ClaimState.APPROVED,
        document=the_recall().document,
        remedy_key=CARD,
        today=MONDAY.date(),
        orderable_on=orderable_on,
    )
    assert day == promised
