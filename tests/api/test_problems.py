"""Every error below /api/v1/ is problem+json, also where no operation is."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.api.test_checks import is_problem

pytestmark = pytest.mark.usefixtures("published_recall")

MISSING = [
    "/api/v1/",
    "/api/v1/nothing",
    "/api/v1/checks/",
    "/api/v1/recalls/",
    "/api/v1/recalls/no-such",
    "/api/v1/recalls/%00",
    "/api/v1/recalls/%ED%A0%80",
    "/api/v1/recalls/kettle-k20/scope",
    "/api/v1/recalls/" + "x" * 5000,
]


@pytest.mark.parametrize("address", MISSING)
def test_an_address_that_is_none(client: Client, address: str) -> None:
    is_problem(client.get(address), 404)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("get", "/api/v1/checks", "POST"),
        ("delete", "/api/v1/checks", "POST"),
        ("put", "/api/v1/recalls", "GET"),
        ("post", "/api/v1/recalls/kettle-k20", "GET"),
    ],
)
def test_a_method_that_is_not_offered(
    client: Client, method: str, address: str, allowed: str
) -> None:
    response = getattr(client, method)(address)
    is_problem(response, 405)
    assert allowed in response["Allow"]


def fails(*_: Any) -> None:
    raise OperationalError("password=hunter2")


def breaks(*_: Any) -> None:
    raise ZeroDivisionError("hunter2")


def test_a_database_that_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recalldesk.api.views.known_recalls", fails)
    response = client.get("/api/v1/recalls")
    is_problem(response, 503)
    assert b"hunter2" not in response.content


def test_an_error_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recalldesk.api.views.known_recalls", breaks)
    response = Client(raise_request_exception=False).get("/api/v1/recalls")
    is_problem(response, 500)
    assert b"hunter2" not in response.content
