"""The contract of POST /api/v1/checks: its answer's shape, and what never leaves it."""

import datetime
import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

CHECKS = "/api/v1/checks"
SECRET = "TW24097773"
pytestmark = pytest.mark.usefixtures("published_recall")


def post(client: Client, body: object, kind: str = "application/json") -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(CHECKS, content, content_type=kind)


def is_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    body: dict[str, Any] = json.loads(response.content)
    assert set(body) == {"type", "title", "status", "detail", "hint"}
    assert body["status"] == status
    assert body["type"].startswith("urn:recalldesk:problem:")
    assert all(body[part] for part in ("title", "detail", "hint"))
    return body


EXPECTED = {
    AFFECTED: ("affected", [], False),
    LOOK_ALIKE: ("look_again", [5], True),
    SLIP: ("look_again", [], True),
    FAR: ("not_affected", [], False),
}


@pytest.mark.parametrize("serial", EXPECTED)
def test_the_answer_has_the_shape_that_was_promised(client: Client, serial: str) -> None:
    response = post(client, {"serial": serial, "model": "K20", "country": "US"})
    verdict, look_at, has_token = EXPECTED[serial]
    body = response.json()
    assert response.status_code == 200
    assert set(body) == {
        "verdict",
        "why",
        "recalls",
        "look_at",
        "second_look",
        "checked_at",
        "next",
        "may_also_be_in",
    }
    assert (body["verdict"], body["look_at"]) == (verdict, look_at)
    claim_url = None if verdict == "not_affected" else "/en/recalls/kettle-k20/claim"
    assert body["recalls"] == [
        {"recall": "kettle-k20", "version": 1, "verdict": verdict, "claim_url": claim_url}
    ]
    assert isinstance(body["second_look"], str) is has_token
    assert (body["second_look"] is None) is not has_token
    assert datetime.datetime.fromisoformat(body["checked_at"]).tzinfo is not None
    assert body["next"]
    assert body["may_also_be_in"] == []


def test_it_is_kept_by_nobody_and_sets_no_cookie(client: Client) -> None:
    response = post(client, {"serial": AFFECTED})
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("application/json")
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


def test_no_answer_shows_another_serial(client: Client) -> None:
    for serial in (LOOK_ALIKE, SLIP, FAR, "TW2409777"):
        text = post(client, {"serial": serial}).content.decode()
        assert AFFECTED not in text
        assert SECRET not in text


def test_a_token_binds_the_attempts(client: Client) -> None:
    token = post(client, {"serial": SLIP}).json()["second_look"]
    again = post(client, {"serial": FAR, "second_look": token}).json()
    assert again["verdict"] == "ask_a_person"
    assert again["second_look"]


def test_spaces_dashes_and_small_letters_are_fine(client: Client) -> None:
    assert post(client, {"serial": "tw24 - 0133 37"}).json()["verdict"] == "affected"


@pytest.mark.parametrize("serial", ["\x00", " ", "\u202e", "é" * 200, "TW2401333\x007", "🫖"])
def test_any_text_gets_an_answer(client: Client, serial: str) -> None:
    assert post(client, {"serial": serial}).json()["verdict"] in {"look_again", "affected"}


def test_a_serial_of_any_length_gets_an_answer(client: Client) -> None:
    body = post(client, {"serial": SECRET + "1" * 191}).json()
    assert (body["verdict"], body["why"]) == ("look_again", "too_long")
    assert body["second_look"]


INVALID: dict[str, object] = {
    "nothing": b"",
    "no serial": {},
    "an empty serial": {"serial": ""},
    "a number": {"serial": 24097773},
    "a list": {"serial": [SECRET]},
    "no object": [SECRET],
    "a text": SECRET.join('""'),
    "an unknown field": {"serial": SECRET, "model_name": "x"},
    "a field that is a serial": {"serial": SECRET, SECRET: SECRET},
    "a field that is half a character": '{"serial": "x", "\\ud800": "x"}',
    "half a character": '{"serial": "TW2409777\\ud800"}',
    "a country in small letters": {"serial": SECRET, "country": "us"},
    "a country with a line end": {"serial": SECRET, "country": "US\n"},
    "a country that is no text": {"serial": SECRET, "country": True},
    "a model that is too long": {"serial": SECRET, "model": SECRET * 20},
    "a token that is too long": {"serial": SECRET, "second_look": SECRET * 100},
}


@pytest.mark.parametrize("name", INVALID)
def test_a_request_of_another_form_is_a_problem_that_repeats_nothing(
    client: Client, name: str
) -> None:
    response = post(client, INVALID[name])
    is_problem(response, 422)
    assert SECRET not in response.content.decode()


UNREADABLE = {
    "no JSON": SECRET.encode(),
    "half of it": b'{"serial": "' + SECRET.encode(),
    "a form": b"serial=" + SECRET.encode(),
    "other bytes": b'{"serial": "\xff\xfe"}',
    "too deep": b"[" * 60_000,
    "a number without end": b'{"serial": ' + b"9" * 20_000 + b"}",
    "too large": b'{"serial": "' + b"x" * 70_000 + b'"}',
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "image/png", "x"])
def test_what_cannot_be_read_is_a_problem(client: Client, name: str, kind: str) -> None:
    response = post(client, UNREADABLE[name], kind)
    is_problem(response, 413 if name == "too large" else 400)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("token", ["x", "a:b:c", "\x00", "é:é:é"])
def test_a_token_that_is_not_ours_is_a_problem(client: Client, token: str) -> None:
    response = post(client, {"serial": SECRET, "second_look": token})
    assert is_problem(response, 400)["type"].endswith("second-look")
    assert SECRET not in response.content.decode()


def test_without_an_index_it_says_when_to_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise OperationalError("password=hunter2")

    live.forget()
    monkeypatch.setattr(live, "live_recalls", fails)
    response = post(client, {"serial": SECRET})
    is_problem(response, 503)
    assert int(response["Retry-After"]) > 0
    assert "hunter2" not in response.content.decode()


def test_another_sites_page_may_ask_but_learns_nothing_of_its_visitor(client: Client) -> None:
    response = client.post(
        CHECKS,
        {"serial": FAR},
        content_type="application/json",
        headers={"origin": "https://elsewhere.example"},
    )
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response.headers


def test_model_and_country_never_make_an_answer_less(
    client: Client, published_recall: RecallVersion
) -> None:
    for model in ("", "K20", "K21", "nothing", "\x00"):
        body = post(client, {"serial": AFFECTED, "model": model, "country": "FR"}).json()
        assert body["verdict"] == "affected"
