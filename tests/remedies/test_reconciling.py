"""What providers did against what rows say, both ways; after a restore nothing is done twice."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.foundation import clock
from recalldesk.remedies.actions import cancel_remedy
from recalldesk.remedies.following import look_at
from recalldesk.remedies.models import Finding, FoundEffect, Order, Remedy, remedy_id
from recalldesk.remedies.placing import holds
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.interface import Effect, Found, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.reconciling import reconciling
from recalldesk.remedies.reconciling.effects import Laid, lay_beside
from recalldesk.remedies.reconciling.findings import settle_finding
from recalldesk.remedies.reconciling.reconciling import (
    DAILY,
    Reconciled,
    reconcile,
    reconcile_if_due,
)
from recalldesk.remedies.reconciling.releasing import let_ordering_go_on
from recalldesk.remedies.states import Differs, RemedyState
from tests.cast import Cast, Command
from tests.remedies.listing import Listing
from tests.remedies.ordered import granted, ordered

pytestmark = pytest.mark.django_db(transaction=True)
UNIT = b"u" * 32


@pytest.fixture
def provider() -> Iterator[Listing]:
    made = Listing()
    with replaced(made):
        yield made


def placed(unit: bytes = UNIT) -> Order:
    order = ordered(unit)
    place_due()
    order.refresh_from_db()
    return order


def later() -> Reconciled:
    """A run a moment after all that was done."""
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        return reconcile()


def state(order_or_remedy: Order | Remedy) -> str:
    pk = getattr(order_or_remedy, "remedy_id", order_or_remedy.pk)
    return Remedy.objects.get(pk=pk).state


def kinds(done: Reconciled) -> list[tuple[str, bool]]:
    return [(each.kind, each.could_double) for each in done.open_findings]


def test_where_all_agree_nothing_is_found(provider: Listing) -> None:
    placed()
    done = later()
    assert not done.open_findings
    assert (done.providers[provider.name].laid.effects, done.providers[provider.name].orders) == (
        1,
        1,
    )


def test_what_the_provider_knows_nothing_of_is_missing_until_it_is_there(
    provider: Listing,
) -> None:
    order = placed()
    found = provider.done.pop(order.remedy_id)
    assert kinds(later()) == [(Differs.MISSING, False)]
    assert kinds(later()) == [(Differs.MISSING, False)]
    assert Finding.objects.count() == 1
    provider.done[order.remedy_id] = found
    assert later().closed == 1
    assert Finding.objects.get().closed_at is not None


def test_effects_that_cannot_be_laid_beside_the_rows_are_no_end_of_the_run(
    provider: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed()

    def fails(name: str, effects: Iterable[Effect]) -> Laid:
        if name == provider.name:
            raise ValueError("no such amount")
        return lay_beside(name, effects)

    monkeypatch.setattr(reconciling, "lay_beside", fails)
    done = later()
    assert kinds(done) == [(Differs.SILENT, True)]
    assert done.providers[provider.name].is_silent
    monkeypatch.undo()
    assert later().closed == 1


def test_two_effects_for_one_id_are_said(provider: Listing) -> None:
    order = placed()
    provider.more = (Effect(Found("another", Standing.ORDERED), order.remedy_id),)
    assert kinds(later()) == [(Differs.DOUBLED, False)]


def test_another_amount_is_said(provider: Listing) -> None:
    order = placed()
    said = replace(provider.done[order.remedy_id], amount=Decimal("25.00"), currency="USD")
    provider.done[order.remedy_id] = said
    done = later()
    assert kinds(done) == [(Differs.DIFFERING, False)]
    assert done.open_findings[0].provider_says == "25.00 USD"


def test_what_moved_at_the_provider_moves_here_and_what_bounced_is_said(
    provider: Listing,
) -> None:
    order = placed()
    provider.done[order.remedy_id] = Found("r1", Standing.BOUNCED)
    assert kinds(later()) == [(Differs.BOUNCED, False)]
    assert state(order) == RemedyState.SENT
    provider.done[order.remedy_id] = Found("r1", Standing.DELIVERED)
    assert not later().open_findings
    assert state(order) == RemedyState.DELIVERED


def test_a_remedy_that_waits_adopts_what_was_done_for_it(provider: Listing) -> None:
    remedy = granted(UNIT)
    provider.done[remedy.pk] = Found("r1", Standing.SENT)
    done = later()
    assert (done.providers[provider.name].laid.adopted, done.open_findings) == (1, ())
    assert state(remedy) == RemedyState.SENT
    assert not later().open_findings
    look_at(remedy.pk)
    assert place_due() == 0


def test_an_effect_under_another_turn_is_its_units_remedy_and_nothing_is_done_again(
    provider: Listing,
) -> None:
    remedy = granted(UNIT)
    turn_two = remedy_id(unit_digest=UNIT, grant=1, turn=2)
    provider.done[turn_two] = Found("r2", Standing.ORDERED)
    later()
    assert state(remedy) == RemedyState.ORDERED
    done = later()
    assert not done.open_findings
    assert place_due() == 0
    assert list(provider.done) == [turn_two]


def test_a_turn_that_came_to_nothing_and_the_next_are_told_apart_however_they_are_listed(
    provider: Listing,
) -> None:
    remedy = granted()
    second = remedy_id(unit_digest=UNIT, grant=1, turn=2)
    provider.more = (
        Effect(Found("ref-2", Standing.DELIVERED), second),
        Effect(Found("ref-1", Standing.FAILED), remedy.pk),
    )
    assert later().open_findings == ()
    assert state(remedy) == RemedyState.FAILED
    again = granted()
    assert (again.pk, state(again)) == (second, RemedyState.DELIVERED)
    assert later().open_findings == ()
    assert state(again) == RemedyState.DELIVERED


def test_what_came_to_nothing_under_another_turn_takes_nothing_from_the_one_that_waits(
    provider: Listing,
) -> None:
    granted()
    cancel_remedy(unit_digest=UNIT)
    remedy = granted()
    first = remedy_id(unit_digest=UNIT, grant=1, turn=1)
    provider.more = (Effect(Found("ref-1", Standing.CANCELLED), first),)
    assert later().open_findings == ()
    assert state(remedy) == RemedyState.WAITING


def test_an_effect_of_a_unit_that_no_row_knows_is_kept_and_adopted_when_it_is_granted(
    provider: Listing,
) -> None:
    turn_two = remedy_id(unit_digest=UNIT, grant=1, turn=2)
    found = Found("r2", Standing.ORDERED, amount=Decimal("30.00"), currency="USD")
    provider.done[turn_two] = found
    assert later().providers[provider.name].laid.kept == 1
    assert later().providers[provider.name].laid.kept == 0
    remedy = granted(UNIT)
    assert remedy.state == RemedyState.ORDERED
    assert FoundEffect.objects.get().adopted_at is not None
    assert (remedy.order.amount, remedy.order.currency) == (found.amount, "USD")
    assert not later().open_findings


def test_one_that_was_cancelled_here_and_goes_on_there_could_double(provider: Listing) -> None:
    remedy = granted(UNIT)
    cancel_remedy(unit_digest=UNIT)
    provider.done[remedy.pk] = Found("r1", Standing.ORDERED)
    later()
    again = granted(UNIT)
    assert again.turn == 2
    assert again.state == RemedyState.ORDERED


def test_a_unit_that_was_ordered_under_two_ids_is_said(provider: Listing) -> None:
    placed()
    provider.done[remedy_id(unit_digest=UNIT, grant=1, turn=2)] = Found("r2", Standing.ORDERED)
    assert kinds(later()) == [(Differs.DOUBLED, True)]


def test_what_carries_no_id_of_ours_is_unknown_and_holds_nothing(provider: Listing) -> None:
    holds.hold(holds.RESTORED)
    provider.more = (Effect(Found("by hand", Standing.ORDERED)),)
    done = later()
    assert kinds(done) == [(Differs.UNKNOWN, False)]
    assert done.lifted


def test_a_restore_holds_until_every_provider_has_spoken_of_all_the_time(
    provider: Listing,
) -> None:
    order = ordered()
    provider.done[order.remedy_id] = Found("r1", Standing.ORDERED)
    holds.hold(holds.RESTORED)
    provider.is_silent = True
    assert kinds(later()) == [(Differs.SILENT, True)]
    provider.is_silent = False
    assert reconcile(since=clock.now() - timedelta(days=1)).is_held
    assert later().lifted
    assert not holds.is_held()
    assert state(order) == RemedyState.ORDERED
    assert place_due() == 0


def test_a_provider_that_is_not_configured_any_more_keeps_the_hold() -> None:
    with replaced(Listing()):
        placed()
    holds.hold(holds.RESTORED)
    done = later()
    assert kinds(done) == [(Differs.SILENT, True)]
    assert done.open_findings[0].provider_says == "not configured"
    assert done.is_held


def test_what_the_desk_stopped_otherwise_stays_stopped(provider: Listing) -> None:
    holds.hold("by hand")
    assert not later().lifted
    assert holds.is_held()


def test_a_lost_journal_holds_until_a_person_says_why_it_may_go_on(
    provider: Listing, cast: Cast
) -> None:
    holds.hold(holds.RESTORED)
    holds.hold(holds.JOURNAL_LOST)
    done = later()
    assert (done.lifted, done.is_held) == (True, True)
    assert let_ordering_go_on(by=cast.author, reason="No code was handed out that night.") == 1
    assert not holds.is_held()
    with pytest.raises(NotPermitted):
        let_ordering_go_on(by=cast.viewer, reason="In a hurry.")


def test_a_finding_that_was_settled_comes_back_only_where_it_changed(
    provider: Listing, cast: Cast
) -> None:
    order = placed()
    said = provider.done[order.remedy_id]
    provider.done[order.remedy_id] = replace(said, amount=Decimal("25.00"), currency="USD")
    (finding,) = later().open_findings
    settle_finding(finding_id=finding.pk, by=cast.author, reason="Agreed with the service.")
    assert not later().open_findings
    provider.done[order.remedy_id] = replace(said, amount=Decimal("20.00"), currency="USD")
    assert kinds(later()) == [(Differs.DIFFERING, False)]


def test_it_runs_once_a_day_and_each_time_while_a_restore_holds(provider: Listing) -> None:
    assert reconcile_if_due() is not None
    assert reconcile_if_due() is None
    with time_machine.travel(clock.now() + DAILY + timedelta(minutes=1), tick=False):
        assert reconcile_if_due() is not None
        provider.is_silent = True
        holds.hold(holds.RESTORED)
        assert reconcile_if_due() is not None
        assert reconcile_if_due() is not None


def test_the_command_prints_numbers_and_its_code_says_whether_all_is_well(
    provider: Listing, command: Command
) -> None:
    placed()
    ran = command("remedies", "reconcile")
    assert (ran.code, "1 effect, 1 order" in ran.out) == (0, True)
    provider.more = (Effect(Found("x", Standing.ORDERED), uuid.UUID(int=7)),)
    provider.done.clear()
    ran = command("remedies", "reconcile", "--json")
    assert ran.code == 1
    assert '"kind": "missing"' in ran.out
