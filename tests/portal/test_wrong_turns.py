"""What an owner meets who goes astray: a page of plain words, in the language of the path."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from recalldesk.postgres.errors import PostgresError
from recalldesk.recalls import reads
from tests.portal.conftest import Owner


def test_an_unknown_page_says_so_and_shows_the_phone(owner: Owner) -> None:
    page = owner.sees("/es/recalls/no-such-recall/")
    body = page.content.decode()
    assert page.status_code == 404
    assert "Esa página no existe" in body
    assert "tel:+18005550142" in body


def test_an_unknown_brand_is_not_found(owner: Owner) -> None:
    assert owner.sees("/en/recalls/anker-a1263/soundcore/check").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "http://testserver.elsewhere.example/"},
        {"Referer": "http://[::1/x"},
    ],
)
def test_a_form_from_elsewhere_is_refused(owner: Owner, headers: dict[str, str]) -> None:
    for path in ("/en/check", "/en/search", "/en/tell-me"):
        answer = owner.client.post(path, {"serial": "X", "q": "X"}, headers=headers)
        assert answer.status_code == 403
        assert "did not come from a page of this site" in answer.content.decode()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://testserver/en/"}]
)
def test_a_browser_that_sends_no_origin_is_served(owner: Owner, headers: dict[str, str]) -> None:
    assert owner.client.post("/en/search", {"q": "anker"}, headers=headers).status_code == 200


def test_other_methods_are_refused_in_words(owner: Owner) -> None:
    answer = owner.client.delete("/en/check")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"
    assert owner.client.post("/en/").status_code == 405


def test_too_much_at_once_is_refused(owner: Owner) -> None:
    answer = owner.sends("/en/check", serial="A" * 70_000)
    assert answer.status_code == 413
    assert "too much at once" in answer.content.decode()


def test_a_very_long_serial_gets_an_answer(owner: Owner) -> None:
    assert owner.checks("A1" * 3_000).status_code == 200


def test_hostile_text_stays_text(owner: Owner) -> None:
    for answer in (
        owner.checks('"><script>alert(1)</script>'),
        owner.sends("/en/search", q='"><script>alert(1)</script>'),
    ):
        assert "<script>alert" not in answer.content.decode()


AWAY = [OperationalError(), InterfaceError(), PostgresError("It does not start.", "Look.")]


@pytest.mark.parametrize("failure", AWAY, ids=lambda failure: type(failure).__name__)
def test_without_its_database_the_desk_keeps_the_phone(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    owner.sees("/en/")

    def gone(*_: object) -> None:
        raise failure

    monkeypatch.setattr(reads, "live_recalls", gone)
    page = owner.sees("/es/")
    assert page.status_code == 200
    assert "tel:+18005550142" in page.content.decode()

    monkeypatch.setattr(reads._LastKnown, "recalls", None)
    page = Client(raise_request_exception=False).get("/es/")
    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert page["Cache-Control"] == "no-store"
    assert "Ahora mismo no podemos responder" in page.content.decode()


@pytest.mark.parametrize("failure", AWAY, ids=lambda failure: type(failure).__name__)
def test_while_the_database_is_away_an_affected_unit_is_still_told_so(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    owner.sees("/en/")

    def gone() -> None:
        raise failure

    monkeypatch.setattr("recalldesk.recalls.reads._live_rows", gone)
    answer = owner.checks(owner.recalled(), recall="anker-a1263")
    assert answer.status_code == 200
    assert "Stop using" in answer.content.decode()
    assert owner.sees("/en/recalls/anker-a1263/check").status_code == 200


@pytest.mark.parametrize("failure", AWAY, ids=lambda failure: type(failure).__name__)
def test_a_process_that_never_saw_its_database_still_answers_in_words(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def gone() -> None:
        raise failure

    monkeypatch.setattr("recalldesk.recalls.reads._live_rows", gone)
    monkeypatch.setattr(reads._LastKnown, "recalls", None)
    client = Client(raise_request_exception=False)
    assert client.get("/en/").status_code == 503
    assert client.get("/en/no-such-page").status_code == 404
    danger = client.get("/en/danger")
    assert danger.status_code == 200
    assert "Get away from it, now" in danger.content.decode()
    assert client.get("/api/v1/recalls").status_code == 503


def test_a_fault_of_ours_is_said_to_be_ours(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("recalldesk.portal.views.recalls.known_recalls", broken)
    page = Client(raise_request_exception=False).get("/en/")
    assert page.status_code == 500
    assert "That is our fault, not yours" in page.content.decode()
