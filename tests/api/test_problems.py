"""Every error below /api/ is problem+json, also where no operation is."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.api.test_checks import is_problem
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = pytest.mark.usefixtures("published_recall")

MISSING = [
    "/api/",
    "/api/v2/recalls",
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
        ("get", "/api/v1/checks/batch", "POST"),
        ("put", "/api/v1/recalls", "GET"),
        ("post", "/api/v1/recalls/kettle-k20", "GET"),
        ("put", "/api/v1/openapi.json", "GET, HEAD"),
        ("delete", "/api/v1/openapi.json", "GET, HEAD"),
        ("trace", "/api/v1/openapi.json", "GET, HEAD"),
        ("post", "/api/v1/docs", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_offered(
    client: Client, method: str, address: str, allowed: str
) -> None:
    response = getattr(client, method)(address)
    is_problem(response, 405)
    assert allowed in response["Allow"]


@pytest.mark.parametrize("address", ["recalls", "recalls/kettle-k20", "openapi.json", "docs"])
def test_head_is_answered_as_get_without_a_body(client: Client, address: str) -> None:
    response = client.head(f"/api/v1/{address}")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == client.get(f"/api/v1/{address}")["Content-Type"]


def test_head_is_refused_where_get_is(client: Client) -> None:
    response = client.head("/api/v1/checks")
    assert (response.status_code, response["Allow"], response.content) == (405, "POST", b"")


@pytest.mark.parametrize("address", ["/api/v1/recalls", "/api/v1/docs", "/api/nothing"])
def test_a_wrong_host(client: Client, address: str) -> None:
    is_problem(client.get(address, headers={"Host": "elsewhere.example"}), 400)


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
