"""The desk sees what is stopped among remedies: a person sends it on, cancels or replaces it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.models import DayBudget, Order
from recalldesk.remedies.placing import circuits
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers import registry
from recalldesk.remedies.providers.interface import Found, Refused, Standing
from recalldesk.remedies.providers.registry import replaced
from recalldesk.remedies.states import RemedyState, Stopped
from tests.at_the_desk import sign_in, staff
from tests.cast import Desk
from tests.claims.conftest import photos_folder
from tests.claims.owner import (
    CARD,
    KETTLE,
    claim_of,
    letters_of,
    state_of,
    text_with_all_remedies,
)
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import LATER, order_of, ordered
from tests.remedies.scripted import ScriptedProvider
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
__all__ = ["photos_folder"]  # a store for photos, for every test
PAGE = "/desk/remedies/"


@pytest.fixture
def published(kettles: Desk) -> None:
    """A recall with every kind of remedy."""
    kettles.published(text_with_all_remedies())


@pytest.fixture
def senior(client: Client) -> Client:
    """A senior reviewer, signed in."""
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


@pytest.fixture
def no_dispatch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider of the cast's remedy is not connected."""
    monkeypatch.setitem(registry._made_by, "dispatch", lambda: None)


def refused(provider: ScriptedProvider) -> Filing:
    """A claim whose order its provider refused."""
    provider.answers.append(Refused("out", Stopped.OUT_OF_STOCK))
    filing = ordered()
    with replaced(provider), time_machine.travel(clock.now() + LATER, tick=False):
        place_due()
    return filing


def acted(client: Client, filing: Filing, do: str, note: str = "as agreed") -> str:
    order = order_of(filing)
    values = {"do": do, "note": note, "claim": str(claim_of(filing).pk)}
    answer = client.post(f"{PAGE}{order.pk}/act/", values, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stopped_order_stands_there_with_its_reason_and_nobodys_name(senior: Client) -> None:
    filing = refused(ScriptedProvider(name="dispatch"))
    page = senior.get(PAGE).content.decode()
    assert filing.reference in page
    assert "<td>A new kettle, free</td>" in page
    assert Stopped.OUT_OF_STOCK.label in page
    assert "Given1" not in page


def test_it_is_tried_again_by_a_person_with_a_reason(senior: Client) -> None:
    provider = ScriptedProvider(name="dispatch")
    filing = refused(provider)
    assert "Say why" in acted(senior, filing, "send_on", note=" ")
    assert "Done." in acted(senior, filing, "send_on")
    with replaced(provider), time_machine.travel(clock.now() + LATER, tick=False):
        assert place_due() == 1
    assert order_of(filing).stopped == ""
    assert claim_of(filing).remedy.state == RemedyState.ORDERED
    assert "not stopped" in acted(senior, filing, "send_on")


def test_what_stands_in_a_file_that_left_is_struck_there_before_it_is_cancelled(
    senior: Client,
) -> None:
    filing = refused(ScriptedProvider(name="dispatch"))
    page = senior.get(PAGE).content.decode()
    assert ("Try again" in page, "have them strike the line" in page) == (True, False)
    Order.objects.filter(pk=order_of(filing).pk).update(ordered_at=clock.now())
    page = senior.get(PAGE).content.decode()
    assert ("Try again" in page, "have them strike the line" in page) == (False, True)
    assert "come to the same" in acted(senior, filing, "send_on")


def test_it_is_cancelled_and_another_remedy_given_with_the_owners_word(senior: Client) -> None:
    filing = refused(ScriptedProvider(name="dispatch"))
    with replaced(ScriptedProvider(name="dispatch")):
        assert "Done." in acted(senior, filing, "cancel")
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.APPROVED
    assert filing.reference in senior.get(PAGE).content.decode()
    values = {"claim": claim_of(filing).pk, "remedy": CARD, "note": "told us by phone"}
    assert "Done." in senior.post(f"{PAGE}anew/", values, follow=True).content.decode()
    claim = claim_of(filing)
    assert (claim.remedy.turn, claim.remedy.key) == (2, CARD)
    assert StateChange.objects.filter(reason=Reason.SWITCHED).count() == 1
    assert "another remedy" in str(letters_of(filing)[-1][-1])
    again = senior.post(f"{PAGE}anew/", values, follow=True).content.decode()
    assert "did not come to nothing" in again


def test_what_its_provider_has_sent_already_is_not_cancelled_on_our_word(senior: Client) -> None:
    provider = ScriptedProvider(name="dispatch")
    filing = refused(provider)
    provider.done[order_of(filing).remedy_id] = Found("r1", Standing.SENT)
    with replaced(provider):
        assert "Its answer stands beside the order" in acted(senior, filing, "cancel")
    assert claim_of(filing).remedy.state == RemedyState.SENT


def test_a_bounced_card_is_sent_again_under_its_order(senior: Client) -> None:
    provider = ScriptedProvider(name="dispatch")
    filing = ordered()
    with replaced(provider), time_machine.travel(clock.now() + LATER, tick=False):
        place_due()
    take_standing(order_of(filing), Found("r1", Standing.BOUNCED))
    run_jobs(tasks=["claims.remedy_news"])
    assert state_of(filing) == ClaimState.NEEDS_OWNER
    with replaced(provider):
        assert "Done." in acted(senior, filing, "send_again")
    assert Order.objects.count() == 1
    assert order_of(filing).stopped == ""
    assert claim_of(filing).remedy.turn == 1


def test_a_provider_that_fails_is_said_and_can_be_tried_at_once(senior: Client) -> None:
    for _ in range(circuits.STOPS_AT):
        circuits.note_failure("tremendous", "timed out")
    assert "tremendous is left alone for now" in senior.get(PAGE).content.decode()
    senior.post(f"{PAGE}provider/", {"provider": "tremendous"})
    assert not circuits.open_providers(clock.now())


def test_a_provider_that_is_not_connected_is_said_at_once_and_its_orders_go_on_by_themselves(
    senior: Client, no_dispatch: None
) -> None:
    filing = ordered()
    later = clock.now() + LATER
    with time_machine.travel(later, tick=False):
        assert place_due() == 0
    page = senior.get(PAGE).content.decode()
    assert "dispatch is not connected:</strong> 1 order waits" in page
    with replaced(ScriptedProvider(name="dispatch")), time_machine.travel(later, tick=False):
        assert "not connected" not in senior.get(PAGE).content.decode()
        assert place_due() == 1
    assert claim_of(filing).remedy.state == RemedyState.ORDERED


def test_who_does_not_want_to_wait_for_a_provider_stops_its_orders_and_cancels_each(
    senior: Client, no_dispatch: None
) -> None:
    filing = ordered()
    values = {"provider": "dispatch", "note": " "}
    assert "Say why" in senior.post(f"{PAGE}provider/stop/", values, follow=True).content.decode()
    values["note"] = "we send cards instead"
    assert "Done." in senior.post(f"{PAGE}provider/stop/", values, follow=True).content.decode()
    again = senior.post(f"{PAGE}provider/stop/", values, follow=True).content.decode()
    assert "No order waits" in again
    assert order_of(filing).stopped == Stopped.NOT_CONFIGURED
    assert "Done." in acted(senior, filing, "cancel")
    assert claim_of(filing).remedy.state == RemedyState.CANCELLED


def test_a_budget_is_released_by_two_people_and_never_by_one_twice(senior: Client) -> None:
    filing = ordered()
    budget = DayBudget.objects.create(
        recall=filing.recall, day=clock.now().date(), held_since=clock.now() - timedelta(hours=1)
    )
    where = f"{PAGE}budgets/{budget.pk}/"
    for _ in range(2):
        senior.post(where, {"note": "the warehouse has more"})
    budget.refresh_from_db()
    assert budget.released_at is None
    second = sign_in(Client(), staff(Role.RECALL_MANAGER))
    second.post(where, {"note": "yes"})
    budget.refresh_from_db()
    assert budget.released_at is not None


def test_who_may_not_manage_remedies_sees_none_of_it(client: Client) -> None:
    assert sign_in(client, staff(Role.REVIEWER)).get(PAGE).status_code == 403
    assert KETTLE != CARD
