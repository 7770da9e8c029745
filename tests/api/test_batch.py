"""The contract of POST /api/v1/checks/batch: who is answered, how, and what a scan does."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from recalldesk.accounts import api_keys
from recalldesk.accounts.api_keys import give_api_key, revoke_api_key
from recalldesk.accounts.permissions import KeyRight
from recalldesk.api.batch import MOST_BYTES
from recalldesk.checks import counts
from recalldesk.checks.models import CheckCount
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units import live
from tests.api.test_checks import is_problem, post
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP, Cast
from tests.scopes import mistyped
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

BATCH = "/api/v1/checks/batch"
SECRET = "TW24097773"
KETTLE = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    shortest=10,
    longest=10,
    folding=(("I", "1"), ("O", "0")),
    look_alikes=("1IL", "2Z", "0ODQ", "5S", "8B", "6G"),
)
SCAN = {"read_by": "scanner", "symbology": "]C0"}
pytestmark = pytest.mark.usefixtures("published_recall")

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """A process that has seen no key and counted nothing."""
    api_keys.forget()
    counts.forget()
    yield
    api_keys.forget()
    counts.forget()


def given(cast: Cast, *more: KeyRight) -> str:
    rights = (KeyRight.CHECK_BATCH, *more)
    return give_api_key(name="Corner Shop", rights=rights, by=cast.administrator).text


@pytest.fixture
def key(cast: Cast) -> str:
    return given(cast)


@pytest.fixture
def scanner_key(cast: Cast) -> str:
    return given(cast, KeyRight.SCANNER)


def send(client: Client, body: object, key: str = "", header: str = "") -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"Authorization": header or f"Bearer {key}"} if header or key else {}
    return client.post(BATCH, content, content_type="application/json", headers=headers)


def ask(client: Client, key: str, *checks: dict[str, Any]) -> list[dict[str, Any]]:
    response = send(client, {"checks": checks}, key)
    assert response.status_code == 200, response.content
    answers: list[dict[str, Any]] = response.json()["answers"]
    assert len(answers) == len(checks)
    return answers


def without_clock(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer but for its moment, and whether it has a token, which is never the same twice."""
    return answer | {"checked_at": "", "second_look": bool(answer["second_look"])}


def test_each_is_answered_as_a_check_of_one_is_in_the_same_order(client: Client, key: str) -> None:
    checks: list[dict[str, Any]] = [
        {"serial": serial, "model": model}
        for serial in (AFFECTED, LOOK_ALIKE, SLIP, FAR, "hello", f"SN {AFFECTED}", FAR)
        for model in ("K20", "no such model")
    ]
    single = [post(client, check).json() for check in checks]
    batched = ask(client, key, *checks)
    assert [without_clock(a) for a in batched] == [without_clock(a) for a in single]


def test_a_thousand_are_answered_and_one_more_is_not(client: Client, key: str) -> None:
    checks = [{"serial": FAR}] * 999 + [{"serial": AFFECTED}]
    answers = ask(client, key, *checks)
    assert [answer["verdict"] for answer in answers] == ["not_affected"] * 999 + ["affected"]
    body = is_problem(send(client, {"checks": [*checks, {"serial": FAR}]}, key), 422)
    assert "1000" in body["detail"]


def test_it_is_kept_by_nobody_and_sets_no_cookie(client: Client, key: str) -> None:
    response = send(client, {"checks": [{"serial": AFFECTED}]}, key)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_token_binds_the_attempts_of_one_unit_and_no_other(client: Client, key: str) -> None:
    (first,) = ask(client, key, {"serial": SLIP})
    again, other = ask(
        client, key, {"serial": FAR, "second_look": first["second_look"]}, {"serial": FAR}
    )
    assert (again["verdict"], other["verdict"]) == ("ask_a_person", "not_affected")


def test_what_cannot_be_answered_is_a_problem_in_its_place(client: Client, key: str) -> None:
    answers = ask(
        client, key, {"serial": AFFECTED}, {"serial": FAR, "second_look": "x"}, {"serial": FAR}
    )
    assert [answer.get("verdict") for answer in answers] == ["affected", None, "not_affected"]
    assert set(answers[1]) == {"type", "title", "status", "detail", "hint"}
    assert answers[1]["type"] == "urn:recalldesk:problem:second-look"
    assert answers[1]["status"] == 400


def test_while_the_index_is_stale_only_what_needs_it_waits(
    client: Client, key: str, settings: Any
) -> None:
    ask(client, key, {"serial": FAR})
    settings.INDEX_STALE_AFTER = timedelta(seconds=-1)
    live.forget()
    affected, near, far = ask(client, key, {"serial": AFFECTED}, {"serial": SLIP}, {"serial": FAR})
    assert (affected["verdict"], near["verdict"]) == ("affected", "look_again")
    assert (far["type"], far["status"]) == ("urn:recalldesk:problem:try-again-later", 503)


UNKNOWN = {
    "none": "",
    "another scheme": "Basic rdk_" + "A" * 43,
    "no scheme": "rdk_" + "A" * 43,
    "nothing behind the scheme": "Bearer",
    "one never given": "Bearer rdk_" + "A" * 43,
    "another text": "Bearer password",
    "odd characters": "Bearer rdk_\x7f",
}


@pytest.mark.parametrize("name", UNKNOWN)
@pytest.mark.parametrize("body", [{"checks": [{"serial": SECRET}]}, SECRET, "x" * 100_000])
def test_without_a_good_key_nothing_is_answered(client: Client, name: str, body: object) -> None:
    response = send(client, body, header=UNKNOWN[name])
    is_problem(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"
    assert SECRET not in response.content.decode()


def test_a_revoked_key_is_refused(client: Client, key: str, cast: Cast) -> None:
    ask(client, key, {"serial": FAR})
    revoke_api_key(name="Corner Shop", by=cast.administrator)
    api_keys.forget()
    is_problem(send(client, {"checks": [{"serial": FAR}]}, key), 401)


def test_the_scheme_may_be_written_in_any_letters(client: Client, key: str) -> None:
    response = send(client, {"checks": [{"serial": FAR}]}, header=f"bearer {key}")
    assert response.status_code == 200


def test_while_the_keys_cannot_be_looked_up_it_says_when_to_try_again(
    client: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OperationalError("password=hunter2")

    monkeypatch.setattr(api_keys, "_looked_up", fails)
    for size in (10, 100_000):
        response = send(client, {"checks": [{"serial": "x" * size}]}, key)
        assert is_problem(response, 503)["type"].endswith("try-again-later")
        assert int(response["Retry-After"]) > 0


INVALID: dict[str, object] = {
    "nothing": b"",
    "no object": [{"serial": SECRET}],
    "no checks": {},
    "no check": {"checks": []},
    "a serial alone": {"checks": [SECRET]},
    "an empty serial": {"checks": [{"serial": ""}]},
    "a number": {"checks": [{"serial": 24097773}]},
    "an unknown field": {"checks": [{"serial": SECRET, SECRET: SECRET}]},
    "an unknown field beside": {"checks": [{"serial": SECRET}], SECRET: SECRET},
    "a token that is too long": {"checks": [{"serial": SECRET, "second_look": SECRET * 100}]},
    "an unknown reader": {"checks": [{"serial": SECRET, "read_by": SECRET}]},
    "a scan of nothing": {"checks": [{"serial": SECRET, "read_by": "scanner"}]},
    "a symbology of a hand": {"checks": [{"serial": SECRET, "symbology": "]C0"}]},
    "a symbology by name": {"checks": [{"serial": SECRET, **SCAN, "symbology": "Code 128"}]},
    "a symbology and a line end": {"checks": [{"serial": SECRET, **SCAN, "symbology": "]C0\n"}]},
    "one wrong of many": {"checks": [{"serial": SECRET}] * 50 + [{"serial": 5}]},
}


@pytest.mark.parametrize("name", INVALID)
def test_a_request_of_another_form_is_a_problem_that_repeats_nothing(
    client: Client, scanner_key: str, name: str
) -> None:
    response = send(client, INVALID[name], scanner_key)
    is_problem(response, 422)
    assert SECRET not in response.content.decode()


def test_it_is_said_which_check_is_wrong(client: Client, key: str) -> None:
    wrong = [{"serial": SECRET}, {"serial": 5}, {"serial": SECRET, "read_by": "scanner"}]
    detail = is_problem(send(client, {"checks": wrong}, key), 422)["detail"]
    assert "checks.1.serial" in detail
    assert "checks.2: symbology goes with read_by scanner" in detail


def test_of_many_wrong_ones_some_are_named(client: Client, key: str) -> None:
    detail = is_problem(send(client, {"checks": [{"serial": 5}] * 900}, key), 422)["detail"]
    assert "checks.19.serial" in detail
    assert "checks.20.serial" not in detail
    assert detail.endswith("and 880 more")


@pytest.mark.parametrize(
    "body", [SECRET, b'{"checks": [{"serial": "' + SECRET.encode(), b"[" * 500_000]
)
def test_what_cannot_be_read_is_a_problem(client: Client, key: str, body: str | bytes) -> None:
    response = send(client, body, key)
    is_problem(response, 400)
    assert SECRET not in response.content.decode()


def test_a_thousand_of_the_largest_fit(client: Client, key: str) -> None:
    token = ""
    for again in range(9):
        text = {"serial": SLIP + "0" * again, "second_look": token}
        token = ask(client, key, text)[0]["second_look"]
    assert len(token) > 150, "as long as a token becomes"
    check = {"serial": "TW" * 100, "model": "x" * 100, "second_look": token, "country": "US"}
    content = json.dumps({"checks": [check] * 1000})
    assert 64 * 1024 < len(content) < MOST_BYTES
    response = send(client, content, key)
    assert response.status_code == 200


def test_more_than_that_is_too_large(client: Client, key: str) -> None:
    response = send(client, {"checks": [{"serial": "x" * MOST_BYTES}]}, key)
    is_problem(response, 413)
    assert send(client, b" " * (MOST_BYTES + 1), header="Bearer x").status_code == 401


def test_the_larger_size_is_for_this_address_alone(client: Client, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    body = json.dumps({"serial": "x" * 70_000})
    response = client.post("/api/v1/checks", body, content_type="application/json", headers=headers)
    is_problem(response, 413)


def test_a_scan_settles_for_a_key_that_may(client: Client, scanner_key: str) -> None:
    scanned, by_hand, weak, affected = ask(
        client,
        scanner_key,
        {"serial": SLIP, **SCAN},
        {"serial": SLIP, "read_by": "hand"},
        {"serial": SLIP, **SCAN, "symbology": "]A0"},
        {"serial": AFFECTED, **SCAN},
    )
    assert (scanned["verdict"], scanned["why"]) == ("not_affected", "scanned")
    assert [a["verdict"] for a in (by_hand, weak)] == ["look_again"] * 2
    assert affected["verdict"] == "affected"
    (again,) = ask(
        client, scanner_key, {"serial": SLIP, "second_look": weak["second_look"], **SCAN}
    )
    assert (again["verdict"], again["why"]) == ("not_affected", "scanned")


def test_a_scan_by_a_key_that_may_not_is_refused_as_a_whole(client: Client, key: str) -> None:
    checks = [{"serial": AFFECTED}, {"serial": SLIP, **SCAN}]
    body = is_problem(send(client, {"checks": checks}, key), 403)
    assert body["type"] == "urn:recalldesk:problem:right"
    assert "scanner" in body["detail"]
    assert counts.write_now()
    assert not CheckCount.objects.exists()


def test_scans_are_counted_apart(client: Client, scanner_key: str) -> None:
    ask(client, scanner_key, {"serial": SLIP, **SCAN}, {"serial": SLIP}, {"serial": FAR})
    assert counts.write_now()
    rows = CheckCount.objects.filter(recall=None).values_list("verdict", "source", "count")
    assert set(rows) == {
        ("not_affected", "scanner", 1),
        ("look_again", "batch", 1),
        ("not_affected", "batch", 1),
    }


@pytest.mark.parametrize("seed", range(5))
def test_nothing_within_reach_is_not_affected_for_a_key_that_may_not_scan(
    client: Client, key: str, seed: int
) -> None:
    draw = random.Random(seed)
    typed = [mistyped(draw.choice(SERIALS), KETTLE, draw) for _ in range(300)]
    answers = ask(client, key, *({"serial": text, "read_by": "hand"} for text in typed))
    assert {answer["verdict"] for answer in answers} <= {"affected", "look_again"}
    again = [
        {"serial": draw.choice([text, FAR]), "second_look": answer["second_look"]}
        for text, answer in zip(typed, answers, strict=True)
    ]
    for before, answer in zip(answers, ask(client, key, *again), strict=True):
        if before["verdict"] == "look_again":
            assert answer["verdict"] == "ask_a_person"


def test_no_scan_of_an_affected_serial_is_anything_else(client: Client, scanner_key: str) -> None:
    around = ("", "SN", "S", "21", "1", " ")
    checks = [
        {"serial": before + serial + after, **SCAN}
        for serial in SERIALS
        for before in around
        for after in around
    ]
    verdicts = {answer["verdict"] for answer in ask(client, scanner_key, *checks)}
    assert verdicts == {"affected", "look_again"}


def test_the_description_says_that_it_takes_a_key(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    operation = schema["paths"][BATCH]["post"]
    assert operation["security"] == [{"ApiKey": []}]
    scheme = schema["components"]["securitySchemes"]["ApiKey"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    answers = {"200", "400", "401", "403", "411", "413", "422", "503"}
    assert set(operation["responses"]) == answers
    assert "security" not in schema["paths"]["/api/v1/checks"]["post"]


def test_without_any_index_each_is_told_to_try_again_later(
    client: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise OperationalError

    live.forget()
    monkeypatch.setattr(live, "live_recalls", fails)
    answers = ask(client, key, {"serial": FAR}, {"serial": AFFECTED})
    assert [answer["status"] for answer in answers] == [503, 503]
