"""A brand's host name is ours from the moment it is published; the desk may have one of its own."""

from dataclasses import replace

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from recalldesk.config import hosts
from recalldesk.config.host_names import host_in, own_hosts
from recalldesk.mailing.to_staff import desk_site
from recalldesk.recalls import reads
from tests.cast import Desk
from tests.two_brands import HARBOUR, HARBOURS_SERIALS, TIDEWATER, harbours_text

DESK = "desk.tidewater.example"


@pytest.fixture(autouse=True)
def named(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


def status_at(host: str, path: str = "/en/") -> int:
    return Client().get(path, headers={"Host": host}).status_code


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock by which host names are read again; a test sets its only entry."""
    passed = [0.0]
    monkeypatch.setattr(hosts, "monotonic", lambda: passed[0])
    return passed


def test_a_brands_host_is_answered_within_a_second_after_it_was_published(
    kettles: Desk, seconds: list[float]
) -> None:
    assert status_at(TIDEWATER) == 400
    kettles.published()
    seconds[0] = 1
    assert status_at(TIDEWATER) == 200
    assert status_at(f"{TIDEWATER}:8443") == 200
    assert status_at(HARBOUR) == 400
    kettles.published(harbours_text(), HARBOURS_SERIALS)
    seconds[0] = 2
    assert status_at(HARBOUR) == 200


def test_however_many_names_are_asked_for_they_are_read_once_a_second(
    published_recall: object, seconds: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[float]()

    def counted() -> list[reads.LiveRecall]:
        read.append(seconds[0])
        return reads.known_recalls()

    monkeypatch.setattr(hosts, "known_recalls", counted)
    for at in (0.0, 0.5, 0.9, 1.0, 1.5):
        seconds[0] = at
        assert status_at(f"x{at}.evil.example", "/no-page") == 400
    assert read == [0.0, 1.0]


def test_a_process_that_never_saw_its_database_refuses_no_brands_host(
    kettles: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError

    client = Client(raise_request_exception=False)
    at = {"Host": f"{TIDEWATER}:8443"}
    with monkeypatch.context() as away:
        away.setattr(reads, "_live_rows", gone)
        away.setattr(reads._LastKnown, "recalls", None)
        away.setattr("recalldesk.portal.views.danger.obtain_incident", gone)
        assert client.get("/en/", headers=at).status_code == 503
        danger = client.get("/en/danger", headers=at)
        sent = client.post("/en/danger", headers={**at, "Origin": f"http://{TIDEWATER}:8443"})
        for page in (danger, sent):
            assert page.status_code == 200
            assert "Get away from it, now" in page.content.decode()
        assert "Product recalls" in danger.content.decode(), "nobody's frame"
        assert client.get("/en/", headers={"Host": "no host/at all"}).status_code == 400
    assert status_at("evil.example") == 400, "once it is known, no other name is"


def test_no_name_near_it_is(published_recall: object) -> None:
    for host in (
        "tidewater.example",
        f"x.{TIDEWATER}",
        f"{TIDEWATER}.evil.example",
        "evil.example",
    ):
        assert status_at(host) == 400


def test_a_stored_name_that_stands_for_many_opens_none_of_them(
    published_recall: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with such a name is refused today; a version published earlier may have one."""
    (live,) = reads.live_recalls()
    brand = live.document.brands[0].model_copy(update={"hosts": (".evil.example",)})
    document = live.document.model_copy(update={"brands": (brand,)})
    monkeypatch.setattr(hosts, "known_recalls", lambda: [replace(live, document=document)])
    assert status_at(".evil.example") == 400
    assert status_at("x.evil.example") == 400


def test_of_a_version_that_is_not_live_it_is_not(kettles: Desk) -> None:
    kettles.approved()
    assert status_at(TIDEWATER) == 400


def test_hosts_of_the_two_addresses_need_not_be_named_again() -> None:
    found = own_hosts("a.example, b.example", "https://a.example", f"https://{DESK}:8443", "")
    assert found == ["a.example", "b.example", DESK]
    assert (host_in("https://[::1"), host_in("")) == ("", "")


def test_with_an_address_of_its_own_the_desk_is_at_no_other_host(
    published_recall: object, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", DESK]
    assert status_at(TIDEWATER, "/desk/sign-in/") == status_at(DESK, "/desk/sign-in/") == 200
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"desk_address": f"https://{DESK}/", "public_address": "https://testserver"}
    )
    assert status_at(DESK, "/desk/sign-in/") == 200
    elsewhere = Client().get("/desk/sign-in/", headers={"Host": TIDEWATER})
    assert elsewhere.status_code == 404
    assert "There is no such page" in elsewhere.content.decode()
    assert "sign-in" not in elsewhere.content.decode()
    assert status_at(DESK) == 200, "owners' pages are at every host"
    assert desk_site() == f"https://{DESK}"


def test_without_one_it_is_at_the_public_address(settings: Settings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"desk_address": "", "public_address": "https://testserver"}
    )
    assert desk_site() == "https://testserver"
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"public_address": ""})
    settings.IS_PRODUCTION = True
    assert desk_site() == "https://testserver"
