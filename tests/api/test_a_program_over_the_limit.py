"""Over the limit the API says what to do, and no answer tells what the check would have."""

import json
from typing import Any

import pytest
from django.test import Client
from time_machine import travel

from recalldesk.checks import guard
from recalldesk.checks.guard import ADMISSION, PROOF_HEADER, Admission, Step
from tests.api.test_checks import CHECKS, post
from tests.cast import AFFECTED, FAR, SLIP
from tests.limited import FREE, Setting, solved
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = pytest.mark.usefixtures("published_recall", "limits")
MEMBERS = {"type", "title", "status", "detail", "hint", "challenge", "ticket"}


def ask(client: Client, serial: str = FAR, proof: str = "") -> Any:
    body = json.dumps({"serial": serial})
    headers = {PROOF_HEADER: proof} if proof else {}
    return client.post(CHECKS, body, content_type="application/json", headers=headers)


def used_up(client: Client) -> Any:
    for _ in range(FREE):
        assert ask(client).status_code == 200
    return ask(client)


def test_a_proof_is_asked_for_with_all_that_it_takes(client: Client) -> None:
    response = used_up(client)
    body = response.json()
    assert response.status_code == body["status"] == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Retry-After"] == "60"
    assert set(body) == MEMBERS
    assert body["type"] == "urn:recalldesk:problem:proof-needed"
    assert PROOF_HEADER in body["hint"]
    assert not response.cookies


def test_the_solution_is_answered_at_once_and_once(client: Client) -> None:
    proof = solved(used_up(client).json()["challenge"])
    assert ask(client, AFFECTED, proof).json()["verdict"] == "affected"
    assert ask(client, AFFECTED, proof).status_code == 429


def test_so_is_the_ticket_once_its_time_has_come(client: Client) -> None:
    with travel(1_800_000_000, tick=False) as clock:
        ticket = used_up(client).json()["ticket"]
        early = ask(client, proof=ticket)
        assert (early.status_code, early.json()["ticket"]) == (429, ticket)
        clock.shift(60)
        assert ask(client, proof=ticket).status_code == 200


@pytest.mark.parametrize("proof", ["x", "x" * 8_000, "1:2:3", "%00", "e30="])
def test_what_is_no_proof_is_asked_again(client: Client, proof: str) -> None:
    used_up(client)
    assert ask(client, proof=proof).json()["type"].endswith(":proof-needed")


def test_what_is_asked_for_does_not_depend_on_the_serial(client: Client) -> None:
    used_up(client)
    answers = [ask(client, serial) for serial in (AFFECTED, SLIP, FAR)]
    shapes = {
        (
            answer.status_code,
            len(answer.content),
            *(answer.json()[name] for name in ("type", "title", "detail", "hint")),
        )
        for answer in answers
    }
    assert len(shapes) <= 2, "only the length of a random part may differ"
    assert len({shape[2:] for shape in shapes}) == 1


@pytest.mark.parametrize("serial", [AFFECTED, SLIP, FAR])
def test_every_answer_costs_the_same(client: Client, serial: str) -> None:
    statuses = [ask(client, serial).status_code for _ in range(FREE + 1)]
    assert statuses == [200] * FREE + [429]


def test_a_request_that_is_none_costs_nothing(client: Client) -> None:
    for _ in range(2 * FREE):
        assert post(client, {"serial": 1}).status_code == 422
    assert ask(client).status_code == 200


def test_past_the_limit_of_proofs_it_says_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Admission(Step.REFUSED, 42)
    monkeypatch.setattr("recalldesk.api.views.admit", lambda *_: refused)
    response = ask(client)
    body = response.json()
    assert (response.status_code, response["Retry-After"]) == (429, "42")
    assert set(body) == MEMBERS
    assert (body["challenge"], body["ticket"]) == (None, None)
    assert body["type"] == "urn:recalldesk:problem:too-many"


def test_what_was_decided_ahead_is_not_charged_again(client: Client, limits: Setting) -> None:
    limits(free_checks=1)
    for _ in range(3):
        response = client.post(
            CHECKS,
            json.dumps({"serial": FAR}),
            content_type="application/json",
            **{ADMISSION: guard.FREE},
        )
        assert response.status_code == 200


def test_the_page_for_people_states_the_limit(client: Client, limits: Setting) -> None:
    limits(workers=3)
    assert f"at most {3 * FREE} checks in a row" in client.get("/api/v1/docs").content.decode()


def test_nothing_else_is_limited(client: Client) -> None:
    used_up(client)
    for address in ("recalls", "recalls/kettle-k20", "openapi.json", "docs"):
        assert client.get(f"/api/v1/{address}").status_code == 200
