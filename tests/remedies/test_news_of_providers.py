"""A provider tells of an order: forged, repeated and disordered news end well, true ones soon."""

import json
import logging
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from recalldesk.demo.providers import tremendous
from recalldesk.demo.providers.announcing import signed_by_easypost, signed_by_tremendous
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.states import RemedyState, Stopped
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.remedies.ordered import ordered
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.usefixtures("db", "index_folder")
SECRET = "made-up-0123456789-ﬁve-abcdefghij"
SIGNED = {"tremendous": signed_by_tremendous, "easypost": signed_by_easypost}
LOOK, FOLLOW = "remedies.look_at", "remedies.follow_hint"


@pytest.fixture(autouse=True)
def _keys(settings: Settings) -> None:
    settings.TREMENDOUS_WEBHOOK_KEY = settings.EASYPOST_WEBHOOK_SECRET = SECRET


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[MadeUp]:
    with made_up("tremendous", tmp_path, base=tremendous.BASE) as running:
        settings.TREMENDOUS_ADDRESS, settings.TREMENDOUS_KEY = running.address, KEY
        yield running


@pytest.fixture
def order(service: MadeUp) -> Order:
    """One that the service has."""
    made = ordered()
    assert place_due() == 1
    made.refresh_from_db()
    assert made.reference
    return made


def news(name: str, kind: str = "orders") -> dict[str, Any]:
    resource = {"id": name, "type": kind}
    return {"event": "MADE.UP", "uuid": "1", "payload": {"resource": resource, "meta": {}}}


def of_shipment(name: str, **more: str) -> dict[str, Any]:
    return {"id": "evt_1", "description": "tracker.updated", "result": {"id": name, **more}}


def tell(told: Any, provider: str = "tremendous", secret: str = SECRET) -> int:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    answer = Client().post(
        f"/webhooks/remedies/{provider}/",
        body,
        content_type="application/json",
        headers=SIGNED[provider](secret, body),
    )
    assert answer["Cache-Control"] == "no-store"
    assert answer.content == b"" or answer.status_code == 404
    return answer.status_code


def state_of(order: Order) -> str:
    return Remedy.objects.get(pk=order.remedy_id).state


def test_news_of_an_order_have_it_read_again(service: MadeUp, order: Order) -> None:
    service.tell("deliver", external_id=str(order.remedy_id))
    assert tell(news(order.reference)) == 200
    assert state_of(order) == RemedyState.ORDERED
    run_jobs(tasks=[LOOK])
    assert state_of(order) == RemedyState.DELIVERED


def test_news_of_a_card_have_the_order_read_that_it_belongs_to(
    service: MadeUp, order: Order
) -> None:
    service.tell("bounce", external_id=str(order.remedy_id))
    card = service.lines("order")[0]["whole"]["rewards"][0]["id"]
    assert tell(news(card, "rewards")) == 200
    assert run_jobs(tasks=[LOOK, FOLLOW]) == [FOLLOW, LOOK]
    order.refresh_from_db()
    assert order.stopped == Stopped.BOUNCED


def test_what_is_told_is_not_believed(order: Order) -> None:
    told = news(order.reference) | {"event": "REWARDS.DELIVERY.SUCCEEDED", "status": "SUCCEEDED"}
    assert tell(told) == 200
    run_jobs(tasks=[LOOK])
    assert state_of(order) == RemedyState.ORDERED


def test_the_same_news_many_times_have_it_read_once(order: Order) -> None:
    for _ in range(5):
        assert tell(news(order.reference)) == 200
        assert tell(news("CARD1", "rewards")) == 200
    assert len(waiting(LOOK)) == len(waiting(FOLLOW)) == 1


def test_older_news_after_newer_take_nothing_back(service: MadeUp, order: Order) -> None:
    service.tell("deliver", external_id=str(order.remedy_id))
    for kind in ("REWARDS.DELIVERY.SUCCEEDED", "ORDERS.CREATED"):
        assert tell(news(order.reference) | {"event": kind}) == 200
        run_jobs(tasks=[LOOK])
    assert state_of(order) == RemedyState.DELIVERED


@pytest.mark.parametrize("provider", SIGNED)
@pytest.mark.parametrize("secret", ["", "forged", SECRET + "x", SECRET[:-1]])
def test_forged_news_change_nothing_and_are_noted_without_what_they_say(
    order: Order, provider: str, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert (
            tell(news(order.reference) | {"owner": "olive@home.example"}, provider, secret) == 403
        )
    assert not waiting(LOOK)
    assert order.reference not in caplog.text
    assert "olive" not in caplog.text


@pytest.mark.parametrize("header", ["", "sha256=", "sha256=ü", "0" * 64, "sha256=" + "0" * 10_000])
def test_a_header_that_is_no_signature_is_none(order: Order, header: str) -> None:
    body = json.dumps(news(order.reference)).encode()
    answer = Client().post(
        "/webhooks/remedies/tremendous/",
        body,
        content_type="application/json",
        headers={"Tremendous-Webhook-Signature": header},
    )
    assert answer.status_code == 403
    assert not waiting(LOOK)


def test_a_signature_of_another_body_is_none(order: Order) -> None:
    headers = signed_by_tremendous(SECRET, json.dumps(news("OTHER")).encode())
    body = json.dumps(news(order.reference)).encode()
    answer = Client().post(
        "/webhooks/remedies/tremendous/", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "told",
    [
        news("UNKNOWN"),
        news(""),
        news("x" * 100),
        news("../../etc"),
        news("ORDER1", "campaigns"),
        news("A\0B"),
        {"payload": None},
        {"payload": {"resource": ["made", "up"]}},
        [],
        None,
        17,
        b"",
        b"\xff\xfe",
        b"[" * 10_000,
        b'{"payload": ',
    ],
    ids=range(15),
)
def test_news_of_what_is_not_ours_have_no_effect(order: Order, told: Any) -> None:
    for provider in SIGNED:
        assert tell(told, provider) == 200
    assert not ProcrastinateJob.objects.filter(task_name__in=[LOOK, FOLLOW])


def test_news_that_are_too_long_are_not_read() -> None:
    assert tell(b" " * 70_000) == 413


def test_a_shipment_is_named_by_its_tracker_or_itself(service: MadeUp) -> None:
    made = ordered()
    Order.objects.filter(pk=made.pk).update(reference="shp_1")
    # An order names its provider for ever: this one is another provider's.
    assert tell(of_shipment("trk_1", shipment_id="shp_1"), "easypost") == 200
    assert not waiting(LOOK)
    assert tell(of_shipment("trk_1"), "easypost") == 200
    assert [job.args["name"] for job in waiting(FOLLOW)] == ["trk_1"]


def test_a_secret_is_the_same_however_its_letters_are_composed(order: Order) -> None:
    assert unicodedata.normalize("NFKD", SECRET) != SECRET
    body = json.dumps(of_shipment("shp_1")).encode()
    for secret in (SECRET, unicodedata.normalize("NFKD", SECRET)):
        headers = signed_by_easypost(secret, body)
        answer = Client().post(
            "/webhooks/remedies/easypost/", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_news_come_by_post(method: str) -> None:
    answer = getattr(Client(), method)("/webhooks/remedies/tremendous/")
    assert answer.status_code == 405


@pytest.mark.parametrize("provider", ["codes", "dispatch", "refund", "unknown"])
def test_who_has_no_webhook_is_not_there(provider: str) -> None:
    assert Client().post(f"/webhooks/remedies/{provider}/").status_code == 404


def test_without_a_key_nobody_is_listened_to(settings: Settings) -> None:
    settings.TREMENDOUS_WEBHOOK_KEY = ""
    assert tell(news("ORDER1"), secret="") == 404
