"""`/recalls.cpsc.json`: a bare array of records in the CPSC's form, with its filters."""

import json
from typing import Any

import pytest
from django.test import Client

from recalldesk.notices.cpsc.record import Record
from tests.cast import SERIALS, Desk, recall_text

FEED = "/recalls.cpsc.json"


def records(client: Client, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(FEED, asked)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=60"
    found: list[dict[str, Any]] = json.loads(answer.content)
    return found


def test_it_is_a_bare_array_of_whole_records(published_recall: object, client: Client) -> None:
    (told,) = records(client)
    record = Record.model_validate(told)
    assert record.URL.endswith("/en/recalls/kettle-k20/")
    assert record.Products[0].NumberOfUnits == "5"


def test_a_recall_keeps_its_id_when_it_grows(kettles: Desk, client: Client) -> None:
    kettles.published()
    (before,) = records(client)
    draft = kettles.apply(recall_text(units=6))
    kettles.take(draft, [*SERIALS, "TW24088881"])
    kettles.publish(kettles.approve(draft))
    (after,) = records(client)
    assert after["RecallID"] == before["RecallID"]
    assert after["Products"][0]["NumberOfUnits"] == "6"


def test_a_draft_is_not_in_it(kettles: Desk, client: Client) -> None:
    kettles.apply()
    assert records(client) == []


def test_its_filters_choose(published_recall: object, client: Client) -> None:
    assert len(records(client, RecallTitle="KETTLE", format="json")) == 1
    assert records(client, RecallTitle="toaster") == []


@pytest.mark.parametrize("asked", [{"RecallDateStart": "soon"}, {"title": "kettle"}])
def test_what_cannot_be_read_is_a_problem_that_says_what_to_do(
    published_recall: object, client: Client, asked: dict[str, str]
) -> None:
    answer = client.get(FEED, asked)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["type"] == "urn:recalldesk:problem:filter"
    assert problem["hint"]
    assert next(iter(asked.values())) not in problem["detail"]


def test_it_is_only_read(published_recall: object, client: Client) -> None:
    assert client.post(FEED).status_code == 405
    assert client.head(FEED).status_code == 200
