"""A remedy that reached nobody: its claim waits for its owner, and nothing is ever given twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from recalldesk.accounts.permissions import Role
from recalldesk.claims.desk.deciding import give_back
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import owner_wrote, withdraw_filing
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.remedying.news import take_news
from recalldesk.claims.states import ClaimState, DeskList
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.following import look_at
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.dead_letters import cancel, send_again
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.placing.news import News
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.reconciling.reconciling import reconcile
from recalldesk.remedies.states import Differs, RemedyState, Stopped
from tests.at_the_desk import staff
from tests.claims.owner import claim_of, letters_of, state_of
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import (
    LATER,
    comes_to,
    last_letter,
    order_of,
    ordered,
)
from tests.remedies.scripted import ScriptedProvider
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


@pytest.fixture
def service() -> Iterator[ScriptedProvider]:
    """Whoever mails what was ordered; by the name of the provider of the recall's kettles."""
    provider = ScriptedProvider(name="dispatch")
    with replaced(provider):
        yield provider


def placed() -> Filing:
    filing = ordered()
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert place_due() == 1
    run_jobs(tasks=["claims.remedy_news"])
    return filing


def bounced() -> Filing:
    filing = placed()
    comes_to(filing, Standing.BOUNCED)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    return filing


def settled() -> Filing:
    filing = placed()
    comes_to(filing, Standing.DELIVERED)
    assert state_of(filing) == ClaimState.SETTLED
    return filing


def remedy_of(filing: Filing) -> Remedy:
    remedy = claim_of(filing).remedy
    assert remedy is not None
    return remedy


def test_its_owner_is_told_once_that_it_came_back_and_not_that_it_is_on_its_way(
    service: ScriptedProvider,
) -> None:
    filing = placed()
    before = len(letters_of(filing))
    comes_to(filing, Standing.BOUNCED)
    assert len(letters_of(filing)) == before + 1
    assert "came back" in last_letter(filing)
    claim = claim_of(filing)
    assert (claim.state, claim.promised_on) == (ClaimState.NEEDS_OWNER, None)


def test_sent_again_it_is_on_its_way_with_a_new_promise_and_its_owner_hears(
    service: ScriptedProvider,
) -> None:
    filing = bounced()
    order = order_of(filing)
    service.done[order.remedy_id] = Found("r1", Standing.BOUNCED)
    by = staff(Role.SENIOR_REVIEWER)
    assert send_again(order_id=order.pk, by=by, note="The owner called with the right one.")
    run_jobs(tasks=["claims.remedy_news"])
    claim = claim_of(filing)
    assert claim.state == ClaimState.REMEDY_SENT
    assert claim.promised_on is not None
    assert claim.tags == []
    assert "sent your remedy again" in last_letter(filing)
    assert order_of(filing).stopped == ""
    assert Remedy.objects.count() == Order.objects.count() == 1
    comes_to(filing, Standing.DELIVERED)
    assert state_of(filing) == ClaimState.SETTLED


def test_it_arrives_after_all_and_the_claim_is_settled(service: ScriptedProvider) -> None:
    filing = bounced()
    comes_to(filing, Standing.DELIVERED)
    assert state_of(filing) == ClaimState.SETTLED
    assert "has arrived" in last_letter(filing)


@pytest.mark.parametrize("standing", [Standing.FAILED, Standing.CANCELLED])
def test_read_back_as_come_to_nothing_the_claim_is_approved_and_gets_another(
    service: ScriptedProvider, standing: Standing
) -> None:
    filing = bounced()
    comes_to(filing, standing)
    assert state_of(filing) == ClaimState.APPROVED
    assert remedy_of(filing).state == standing.value


def test_a_bounce_after_it_was_delivered_puts_the_claim_back_and_tells_its_owner(
    service: ScriptedProvider,
) -> None:
    filing = settled()
    comes_to(filing, Standing.BOUNCED)
    claim, order = claim_of(filing), order_of(filing)
    assert claim.state == ClaimState.NEEDS_OWNER
    assert claim.remedy.state == RemedyState.SENT, "it counts as delivered no more"
    assert (order.stopped, order.delivered_at) == (Stopped.BOUNCED, None)
    assert order.sent_at is not None
    assert "came back" in last_letter(filing)
    letters = len(letters_of(filing))
    comes_to(filing, Standing.BOUNCED)
    assert len(letters_of(filing)) == letters


def test_after_such_a_bounce_no_other_remedy_is_granted_before_it_is_cancelled_there(
    service: ScriptedProvider,
) -> None:
    filing = settled()
    comes_to(filing, Standing.BOUNCED)
    claim, order = claim_of(filing), order_of(filing)
    service.done[order.remedy_id] = Found("r1", Standing.BOUNCED)
    digest = bytes(claim.remedy.entitlement.unit_digest)
    with pytest.raises(RemedyGiven):
        grant_remedy(unit_digest=digest, recall=filing.recall, key="card", orderable_at=clock.now())
    by = staff(Role.SENIOR_REVIEWER)
    assert not cancel(order_id=order.pk, by=by, note="They do not cancel what was delivered.")
    assert remedy_of(filing).state == RemedyState.SENT
    service.done[order.remedy_id] = Found("r1", Standing.ORDERED)
    assert cancel(order_id=order.pk, by=by, note="Now they do.")
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.APPROVED
    assert remedy_of(filing).state == RemedyState.CANCELLED


def test_what_was_delivered_and_is_cancelled_there_waits_for_a_person(
    service: ScriptedProvider,
) -> None:
    filing = settled()
    comes_to(filing, Standing.CANCELLED)
    assert state_of(filing) == ClaimState.APPROVED
    assert remedy_of(filing).state == RemedyState.CANCELLED


def test_a_list_of_before_takes_nothing_back_but_has_it_read_again(
    service: ScriptedProvider,
) -> None:
    filing = settled()
    order = order_of(filing)
    service.done[order.remedy_id] = Found("r1", Standing.BOUNCED)
    with time_machine.travel(clock.now() + 2 * LATER, tick=False):
        done = reconcile()
    assert [each.kind for each in done.open_findings] == [Differs.BOUNCED]
    assert remedy_of(filing).state == RemedyState.DELIVERED
    run_jobs(tasks=["remedies.look_at"])
    run_jobs(tasks=["claims.remedy_news"])
    assert remedy_of(filing).state == RemedyState.SENT
    assert state_of(filing) == ClaimState.NEEDS_OWNER


def test_news_that_were_overtaken_move_nothing(service: ScriptedProvider) -> None:
    filing = settled()
    comes_to(filing, Standing.BOUNCED)
    remedy_id = remedy_of(filing).pk
    assert not take_news(remedy_id=remedy_id, news=News.DELIVERED)
    assert not take_news(remedy_id=remedy_id, news=News.SENT_AGAIN)
    assert not take_news(remedy_id=remedy_id, news=News.SENT)
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    comes_to(filing, Standing.SENT)
    assert state_of(filing) == ClaimState.REMEDY_SENT
    assert not take_news(remedy_id=remedy_id, news=News.BOUNCED)
    assert state_of(filing) == ClaimState.REMEDY_SENT


def test_what_its_owner_writes_then_is_seen_and_decides_nothing_anew(
    service: ScriptedProvider,
) -> None:
    filing = bounced()
    owner_wrote(filing_id=filing.pk, text="My new address is on the page.", nonce="n1")
    claim = claim_of(filing)
    assert (claim.state, claim.desk) == (ClaimState.NEEDS_OWNER, DeskList.ANSWERED)


def test_it_is_not_withdrawn_nor_given_back_to_be_decided_while_it_is_at_its_provider(
    service: ScriptedProvider,
) -> None:
    filing = bounced()
    with pytest.raises(NotPossibleNow):
        withdraw_filing(filing_id=filing.pk)
    claim = claim_of(filing)
    by = staff(Role.SENIOR_REVIEWER)
    with pytest.raises(NotDecidable, match="came back by mail"):
        give_back(claim_id=claim.pk, by=by, seen=stamp_of(claim), note="again")
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.NEEDS_OWNER


def test_it_is_read_again_by_a_webhook_alone_where_it_was_delivered(
    service: ScriptedProvider,
) -> None:
    filing = settled()
    service.done[order_of(filing).remedy_id] = Found("r1", Standing.BOUNCED)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert look_at(remedy_of(filing).pk)
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.NEEDS_OWNER
