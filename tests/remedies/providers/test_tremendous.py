"""Gift cards by Tremendous: one for each remedy, whatever happens on the line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from recalldesk.demo.providers import tremendous as made_up_tremendous
from recalldesk.demo.providers.faults import Fault
from recalldesk.foundation import clock
from recalldesk.remedies.errors import ProviderSilent
from recalldesk.remedies.providers.interface import (
    Found,
    NoAnswer,
    NotNow,
    NotThere,
    Placing,
    Refused,
    Standing,
    Wanted,
)
from recalldesk.remedies.providers.tremendous.configured import tremendous_client
from recalldesk.remedies.providers.tremendous.provider import PAGE, Tremendous
from recalldesk.remedies.providers.web import Bearer, WebClient
from recalldesk.remedies.states import Stopped
from tests.contracts.provider_worlds.world import KeptNotebook
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.remedies.wanted import OLIVE, a_card


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MadeUp]:
    with made_up("tremendous", tmp_path, base=made_up_tremendous.BASE) as running:
        yield running


@pytest.fixture
def provider(server: MadeUp) -> Tremendous:
    return Tremendous(tremendous_client(server.address, KEY), "balance")


def place(provider: Tremendous, wanted: Wanted | None = None) -> Placing:
    return provider.place(wanted or a_card(), KeptNotebook())


def test_a_card_is_ordered_as_the_remedy_says(server: MadeUp, provider: Tremendous) -> None:
    found = place(provider)
    assert isinstance(found, Found)
    assert (found.standing, found.status) == (Standing.ORDERED, "EXECUTED PENDING")
    assert (found.amount, found.currency) == (Decimal("30.00"), "USD")
    assert found.at is not None
    assert abs(found.at - clock.now()) < timedelta(minutes=5)
    order = server.lines("order")[0]["whole"]
    assert order["external_id"] == str(a_card().id)
    assert order["campaign_id"] == "CAMPAIGN1"
    assert order["rewards"][0]["value"] == {"denomination": 30.0, "currency_code": "USD"}
    assert order["rewards"][0]["recipient"] == {"name": OLIVE.name, "email": OLIVE.email}


@pytest.mark.parametrize("amount", ["0.01", "19.99", "30.10", "1234567.89"])
def test_an_amount_comes_through_to_the_cent(provider: Tremendous, amount: str) -> None:
    found = place(provider, a_card(amount=Decimal(amount)))
    assert isinstance(found, Found)
    assert found.amount == Decimal(amount)


AGAIN = [fault for fault in Fault if fault not in (Fault.REFUSED_BEFORE, Fault.NONE)]


@pytest.mark.parametrize("fault", AGAIN)
def test_after_every_fault_it_is_asked_for_again_and_there_is_one_card(
    server: MadeUp, fault: Fault
) -> None:
    client = WebClient(server.address, Bearer(KEY), error_code=lambda _: "", read=0.5)
    provider = Tremendous(client, "balance")
    server.have(fault)
    assert isinstance(place(provider), NoAnswer | NotNow)
    assert len(server.lines("order")) == (0 if fault.is_before else 1)
    assert isinstance(place(provider), Found)
    assert len(server.lines("order")) == 1


def test_what_is_refused_is_refused_without_the_services_words(
    server: MadeUp, provider: Tremendous
) -> None:
    server.have(Fault.REFUSED_BEFORE)
    assert place(provider) == Refused("422")


@pytest.mark.parametrize(
    ("changed", "stopped"),
    [
        ({"amount": None}, Stopped.NO_AMOUNT),
        ({"options": {}}, Stopped.REFUSED),
        ({"recipient": replace(OLIVE, email="")}, Stopped.REFUSED),
    ],
)
def test_what_cannot_be_ordered_is_not_asked_for(
    server: MadeUp, provider: Tremendous, changed: dict[str, object], stopped: Stopped
) -> None:
    answer = place(provider, a_card(**changed))
    assert isinstance(answer, Refused)
    assert answer.stopped == stopped
    assert server.lines("order") == []


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": Decimal("300.00")},
        {"currency": "EUR"},
        {"options": {"campaign": "CAMPAIGN2"}},
        {"recipient": replace(OLIVE, email="somebody.else@home.example")},
    ],
    ids=["amount", "currency", "campaign", "owner"],
)
def test_an_order_for_something_else_under_our_id_is_not_taken(
    server: MadeUp, provider: Tremendous, changed: dict[str, object]
) -> None:
    place(provider)
    notebook = KeptNotebook()
    answer = provider.place(a_card(**changed), notebook)
    assert answer == Refused("another order", Stopped.DIFFERS)
    assert notebook.reference == ""
    assert len(server.lines("order")) == 1


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("CANCELED", Standing.CANCELLED),
        ("FAILED", Standing.FAILED),
        ("PENDING APPROVAL", Standing.ORDERED),
        ("PENDING INTERNAL PAYMENT APPROVAL", Standing.ORDERED),
        ("OPEN", Standing.ORDERED),
        ("Never heard of", Standing.ORDERED),
    ],
)
def test_a_status_is_kept_as_it_stands_known_or_not(
    server: MadeUp, provider: Tremendous, status: str, standing: Standing
) -> None:
    place(provider)
    server.tell("status", external_id=str(a_card().id), status=status)
    found = provider.look(a_card(), KeptNotebook())
    assert isinstance(found, Found)
    assert (found.standing, found.status) == (standing, f"{status} PENDING")


def test_a_delivered_mail_is_a_delivered_card(server: MadeUp, provider: Tremendous) -> None:
    place(provider)
    server.tell("deliver", external_id=str(a_card().id))
    found = provider.look(a_card(), KeptNotebook())
    assert isinstance(found, Found)
    assert found.standing is Standing.DELIVERED


def test_a_card_whose_mail_came_back_goes_to_the_address_as_it_is_now(
    server: MadeUp, provider: Tremendous
) -> None:
    place(provider)
    server.tell("bounce", external_id=str(a_card().id))
    now = a_card(recipient=replace(OLIVE, email="olive.new@home.example"))
    for _ in range(2):
        assert isinstance(provider.send_again(now, KeptNotebook()), Found)
    assert [line["email"] for line in server.lines("resend")] == ["olive.new@home.example"]


def test_a_card_that_arrived_is_not_cancelled_and_not_sent_again(
    server: MadeUp, provider: Tremendous
) -> None:
    place(provider)
    server.tell("deliver", external_id=str(a_card().id))
    for verb in (provider.cancel, provider.send_again):
        found = verb(a_card(), KeptNotebook())
        assert isinstance(found, Found)
        assert found.standing is Standing.DELIVERED
    assert server.lines("cancel") == server.lines("resend") == []


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.HALF_AFTER])
def test_a_cancellation_whose_answer_was_lost_is_not_believed(
    server: MadeUp, provider: Tremendous, fault: Fault
) -> None:
    found = place(provider)
    assert isinstance(found, Found)
    wanted = a_card(reference=found.reference)
    server.have(Fault.NONE, fault)
    assert isinstance(provider.cancel(wanted, KeptNotebook()), NoAnswer)
    found = provider.cancel(wanted, KeptNotebook())
    assert isinstance(found, Found)
    assert found.standing is Standing.CANCELLED
    assert len(server.lines("cancel")) == 1


def test_an_unknown_reference_is_looked_for_by_our_id(provider: Tremendous) -> None:
    assert isinstance(provider.look(a_card(reference="GONE"), KeptNotebook()), NotThere)
    found = place(provider)
    assert provider.look(a_card(reference="GONE"), KeptNotebook()) == found


def test_an_order_that_the_account_does_not_know_is_not_taken_for_nothing_done(
    provider: Tremendous,
) -> None:
    for verb in (provider.cancel, provider.send_again):
        assert verb(a_card(reference="GONE"), KeptNotebook()) == Refused("order not known")
        assert isinstance(verb(a_card(), KeptNotebook()), NotThere)


def test_all_orders_are_listed_over_all_pages(provider: Tremendous) -> None:
    count = PAGE * 2 + 1
    for number in range(count):
        assert isinstance(place(provider, a_card(number)), Found)
    listed = [each.id for each in provider.effects(clock.now() - timedelta(hours=1))]
    assert len(listed) == count
    assert set(listed) == {a_card(number).id for number in range(count)}


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.HALF_AFTER, Fault.BROKEN_AFTER])
def test_a_list_that_is_not_whole_is_no_list(
    server: MadeUp, provider: Tremendous, fault: Fault
) -> None:
    for number in range(PAGE + 1):
        place(provider, a_card(number))
    server.have(Fault.NONE, fault)
    with pytest.raises(ProviderSilent):
        list(provider.effects(clock.now() - timedelta(hours=1)))


def test_a_key_that_is_not_known_is_said_where_orders_are_listed(server: MadeUp) -> None:
    provider = Tremendous(tremendous_client(server.address, "made-up-wrong-key"), "balance")
    with pytest.raises(ProviderSilent, match=r"did not list its orders \(401"):
        list(provider.effects(clock.now() - timedelta(hours=1)))


def test_a_reward_names_its_order(server: MadeUp, provider: Tremendous) -> None:
    found = place(provider)
    assert isinstance(found, Found)
    reward = server.lines("order")[0]["whole"]["rewards"][0]["id"]
    assert provider.order_named("rewards", reward) == found.reference
    assert provider.order_named("orders", found.reference) == found.reference
    assert provider.order_named("rewards", "UNKNOWN") == ""
