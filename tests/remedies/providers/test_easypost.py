"""Labels from EasyPost: one for each remedy, though it knows no key for repeats."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from recalldesk.demo.providers.faults import Fault
from recalldesk.foundation import clock
from recalldesk.remedies.errors import ProviderSilent
from recalldesk.remedies.providers.easypost import provider as module
from recalldesk.remedies.providers.easypost.asking import best_rate, shipment_for
from recalldesk.remedies.providers.easypost.configured import easypost_client
from recalldesk.remedies.providers.easypost.provider import EasyPost
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
from recalldesk.remedies.providers.web import WebClient
from recalldesk.remedies.states import Stopped
from tests.contracts.provider_worlds.world import KeptNotebook
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.remedies.wanted import BATTERY, OLIVE, a_parcel

SENDER = "adr_0123456789abcdef"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MadeUp]:
    with made_up("easypost", tmp_path) as running:
        yield running


@pytest.fixture
def provider(server: MadeUp) -> EasyPost:
    return EasyPost(easypost_client(server.address, KEY), SENDER)


def place(
    provider: EasyPost, wanted: Wanted | None = None, notebook: KeptNotebook | None = None
) -> Placing:
    notebook = notebook or KeptNotebook()
    return provider.place(notebook.asked_again(wanted or a_parcel()), notebook)


def rates(*told: tuple[str, str], currency: str = "USD") -> list[dict[str, Any]]:
    return [
        {"id": f"rate_{n}", "carrier": "X", "service": s, "rate": r, "currency": currency}
        for n, (s, r) in enumerate(told)
    ]


def test_a_label_is_bought_and_said_where_it_is_printed(server: MadeUp, provider: EasyPost) -> None:
    found = place(provider)
    assert isinstance(found, Found)
    assert (found.standing, found.status) == (Standing.ORDERED, "pre_transit")
    assert found.tracking is not None
    label = server.lines("label")[0]
    assert (found.tracking.code, found.tracking.carrier) == (label["code"], "USPS")
    assert found.tracking.label.endswith(".pdf")
    assert found.tracking.page.startswith("https://track.example/")
    assert label["rate"]["rate"] == "5.95"


@pytest.mark.parametrize("call", [0, 1, 2])
@pytest.mark.parametrize("fault", [f for f in Fault if f not in (Fault.REFUSED_BEFORE, Fault.NONE)])
def test_after_every_fault_at_every_step_there_is_one_label(
    server: MadeUp, fault: Fault, call: int
) -> None:
    """The steps: it is looked for, made, bought."""
    from requests.auth import HTTPBasicAuth

    client = WebClient(server.address, HTTPBasicAuth(KEY, ""), error_code=lambda _: "", read=0.5)
    provider, notebook = EasyPost(client, SENDER), KeptNotebook()
    server.have(*[Fault.NONE] * call, fault)
    assert isinstance(place(provider, notebook=notebook), NoAnswer | NotNow)
    found = place(provider, notebook=notebook)
    assert isinstance(found, Found)
    assert found.reference == notebook.reference
    assert len(server.lines("label")) == 1
    assert len(server.lines("shipment")) == 1


def test_a_shipment_whose_name_was_lost_before_it_was_kept_is_found_by_ours(
    server: MadeUp, provider: EasyPost
) -> None:
    server.have(Fault.NONE, Fault.CUT_AFTER)
    assert place(provider) == NoAnswer("broken off")
    assert isinstance(place(provider), Found)
    assert len(server.lines("shipment")) == 1


@pytest.mark.parametrize(
    ("fault", "taken"), [(Fault.NONE, "x"), (Fault.REFUSED_BEFORE, "0")], ids=["anew", "refused"]
)
def test_one_that_was_made_a_while_ago_is_bought_at_rates_of_now(
    server: MadeUp, provider: EasyPost, fault: Fault, taken: str
) -> None:
    server.have(Fault.NONE, Fault.NONE, Fault.CUT_BEFORE, Fault.NONE, fault)
    notebook = KeptNotebook()
    assert place(provider, notebook=notebook) == NoAnswer("broken off")
    assert isinstance(place(provider, notebook=notebook), Found)
    assert server.lines("label")[0]["rate"]["id"].endswith(taken)


def test_what_was_made_and_not_bought_is_no_effect(server: MadeUp, provider: EasyPost) -> None:
    server.have(Fault.NONE, Fault.NONE, Fault.CUT_BEFORE)
    place(provider)
    assert len(server.lines("shipment")) == 1
    assert isinstance(provider.look(a_parcel(), KeptNotebook()), NotThere)
    assert isinstance(provider.cancel(a_parcel(), KeptNotebook()), NotThere)
    assert list(provider.effects(clock.now() - timedelta(days=1))) == []


def test_a_label_that_was_bought_meanwhile_is_taken_as_ours(
    server: MadeUp, provider: EasyPost
) -> None:
    """The first buying comes through after the second attempt has looked."""
    notebook = KeptNotebook()
    server.have(Fault.NONE, Fault.NONE, Fault.CUT_AFTER)
    place(provider, notebook=notebook)
    stale = server.lines("shipment")[0]["whole"]
    answer = provider._buy(stale, a_parcel(), notebook)
    assert isinstance(answer, Found)
    assert len(server.lines("label")) == 1


def test_a_shipment_that_the_account_does_not_know_is_given_to_a_person(
    server: MadeUp, provider: EasyPost
) -> None:
    wanted = a_parcel(reference="shp_of_another_account")
    for verb in (provider.place, provider.cancel, provider.send_again):
        assert verb(wanted, KeptNotebook()) == Refused("shipment not known")
    assert server.lines("shipment") == []


def test_a_shipment_of_another_remedy_is_not_taken(server: MadeUp, provider: EasyPost) -> None:
    other = place(provider, a_parcel(2))
    assert isinstance(other, Found)
    answer = place(provider, a_parcel(1, reference=other.reference))
    assert answer == Refused("another shipment", Stopped.DIFFERS)


def test_an_address_that_is_not_found_is_for_the_owner_to_mend(
    server: MadeUp, provider: EasyPost
) -> None:
    address = {**OLIVE.address, "street_address": "Nowhere 1"}
    answer = place(provider, a_parcel(recipient=replace(OLIVE, address=address)))
    assert answer == Refused("422 ADDRESS.VERIFY.FAILURE", Stopped.ADDRESS)
    assert place(provider, a_parcel(recipient=replace(OLIVE, address={}))) == Refused(
        "no address", Stopped.ADDRESS
    )
    assert server.lines("shipment") == []


def test_the_parcel_is_declared_in_their_measures_and_never_smaller(provider: EasyPost) -> None:
    asked = shipment_for(a_parcel(), SENDER)
    assert isinstance(asked, dict)
    shipment = asked["shipment"]
    assert shipment["parcel"] == {"length": 10.0, "width": 4.0, "height": 2.1, "weight": 17.7}
    assert shipment["from_address"] == {"id": SENDER}
    assert shipment["reference"] == str(a_parcel().id)
    to = shipment["to_address"]
    assert (to["street1"], to["street2"]) == ("12 Made Up Street", "Flat 4")
    assert (to["city"], to["state"], to["zip"], to["country"]) == (
        "Springfield",
        "IL",
        "62701",
        "US",
    )


def test_dangerous_goods_are_declared_and_go_by_ground(server: MadeUp, provider: EasyPost) -> None:
    found = place(provider, a_parcel(goods=BATTERY))
    assert isinstance(found, Found)
    assert server.lines("shipment")[0]["whole"]["options"] == {
        "hazmat": "CLASS_9_NEW_LITHIUM_DEVICE"
    }
    assert server.lines("label")[0]["rate"]["service"] == "GroundAdvantage"


def test_dangerous_goods_without_a_word_for_them_are_for_a_person(
    server: MadeUp, provider: EasyPost
) -> None:
    assert place(provider, a_parcel(goods={**BATTERY, "un_number": "UN1950"})) == Refused(
        "no word for UN1950"
    )
    assert server.lines("shipment") == []


@pytest.mark.parametrize(
    ("offered", "goods", "taken"),
    [
        (rates(("Priority", "10.00"), ("Ground", "9.99")), None, "rate_1"),
        (rates(("Priority", "9.99"), ("Ground", "10.00")), None, "rate_0"),
        (rates(("Priority", "2.00"), ("FEDEX_GROUND", "10.00")), BATTERY, "rate_1"),
        (rates(("Priority", "2.00")), BATTERY | {"ground_only": False}, "rate_0"),
        (rates(("A", "9.00"), ("B", "10.00"), ("C", "100.00")), None, "rate_0"),
        (rates(("A", "NaN"), ("B", "-1"), ("C", "word"), ("D", "7.00")), None, "rate_3"),
        (rates(("A", "9.00")) + rates(("B", "100"), ("C", "1"), currency="JPY"), None, "rate_0"),
    ],
    ids=range(7),
)
def test_the_cheapest_that_may_be_taken_is_taken(
    offered: list[dict[str, Any]], goods: dict[str, Any] | None, taken: str
) -> None:
    rate = best_rate(offered, a_parcel(goods=goods))
    assert not isinstance(rate, Refused)
    assert rate.id == taken


@pytest.mark.parametrize("goods", [None, BATTERY])
def test_without_a_rate_nothing_is_bought(goods: dict[str, Any] | None) -> None:
    assert isinstance(best_rate(rates(("Priority", "word")), a_parcel(goods=goods)), Refused)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("in_transit", Standing.SENT),
        ("out_for_delivery", Standing.SENT),
        ("delivered", Standing.DELIVERED),
        ("return_to_sender", Standing.RETURNED),
        ("failure", Standing.SENT),
        ("unknown", Standing.ORDERED),
        ("never heard of", Standing.ORDERED),
    ],
)
def test_where_a_parcel_is_follows_from_its_tracker(
    server: MadeUp, provider: EasyPost, status: str, standing: Standing
) -> None:
    place(provider)
    server.tell("track", reference=str(a_parcel().id), status=status)
    found = provider.look(a_parcel(), KeptNotebook())
    assert isinstance(found, Found)
    assert (found.standing, found.status) == (standing, status)
    assert found.at is not None
    assert abs(found.at - clock.now()) < timedelta(minutes=5)


def test_a_label_is_cancelled_when_the_carrier_says_so_and_not_before(
    server: MadeUp, provider: EasyPost
) -> None:
    place(provider)
    for _ in range(2):
        found = provider.cancel(a_parcel(), KeptNotebook())
        assert isinstance(found, Found)
        assert found.standing is Standing.ORDERED
    assert len(server.lines("refund")) == 1
    server.tell("refunded", reference=str(a_parcel().id))
    found = provider.look(a_parcel(), KeptNotebook())
    assert isinstance(found, Found)
    assert found.standing is Standing.CANCELLED


def test_all_labels_are_listed_over_all_pages(
    server: MadeUp, provider: EasyPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    for number in range(5):
        assert isinstance(place(provider, a_parcel(number)), Found)
    listed = [each.id for each in provider.effects(clock.now() - timedelta(hours=1))]
    assert len(listed) == 5
    assert set(listed) == {a_parcel(number).id for number in range(5)}
    server.have(Fault.NONE, Fault.HALF_AFTER)
    with pytest.raises(ProviderSilent):
        list(provider.effects(clock.now() - timedelta(hours=1)))


def test_a_tracker_names_its_shipment(server: MadeUp, provider: EasyPost) -> None:
    found = place(provider)
    assert isinstance(found, Found)
    tracker = f"trk_{found.reference.removeprefix('shp_')}"
    assert provider.order_named("trackers", tracker) == found.reference
    assert provider.order_named("trackers", "trk_unknown") == ""


def test_a_key_that_is_not_known_refuses_no_order(server: MadeUp) -> None:
    provider = EasyPost(easypost_client(server.address, "made-up-wrong-key"), SENDER)
    assert place(provider) == NotNow("401 APIKEY.INACTIVE")
    with pytest.raises(ProviderSilent, match=r"its shipments \(401 APIKEY.INACTIVE\)"):
        list(provider.effects(clock.now() - timedelta(hours=1)))
