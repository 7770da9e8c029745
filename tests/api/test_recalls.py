"""What the API says of recalls, and of itself."""

import json
import re

import pytest
from django.test import Client

from recalldesk.api.description import PROBLEM
from recalldesk.api.views import api
from recalldesk.recalls.actions import close_recall
from tests.cast import SERIALS, Cast, Desk, recall_text

pytestmark = pytest.mark.usefixtures("published_recall")


def test_the_list_names_every_published_recall(client: Client) -> None:
    response = client.get("/api/v1/recalls")
    (entry,) = response.json()
    assert entry["recall"] == "kettle-k20"
    assert entry["version"] == 1
    assert entry["models"] == ["K20"]
    assert entry["closed_at"] is None
    assert entry["url"] == "http://testserver/en/recalls/kettle-k20/"
    for address in (entry["url"], entry["check_url"]):
        assert client.get(address).status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies


def test_a_draft_is_nowhere(client: Client, kettles: Desk) -> None:
    kettles.apply(recall_text("kettle-k21"))
    assert [entry["recall"] for entry in client.get("/api/v1/recalls").json()] == ["kettle-k20"]
    assert client.get("/api/v1/recalls/kettle-k21").status_code == 404


def test_a_closed_recall_is_still_there(client: Client, kettles: Desk, cast: Cast) -> None:
    close_recall(recall=kettles.recall(), by=cast.author)
    assert client.get("/api/v1/recalls").json()[0]["closed_at"] is not None
    assert client.get("/api/v1/recalls/kettle-k20").status_code == 200


def test_one_recall_says_all_but_its_scope(client: Client) -> None:
    response = client.get("/api/v1/recalls/kettle-k20")
    body = response.json()
    assert body["jurisdictions"][0] == {
        "country": "US",
        "units": 5,
        "units_are_about": False,
        "regulator": "U.S. Consumer Product Safety Commission (CPSC)",
        "case_number": "",
    }
    assert body["remedies"][0]["countries"] == ["US"]
    assert "1,200" in body["summary"]
    assert "{units}" not in response.content.decode()
    assert not any(serial in response.content.decode() for serial in SERIALS)


def test_it_speaks_the_language_asked_for_and_says_so_to_caches(client: Client) -> None:
    response = client.get("/api/v1/recalls", headers={"accept-language": "es-MX"})
    (entry,) = response.json()
    assert entry["headline"].startswith("Retiro")
    assert entry["url"] == "http://testserver/es/recalls/kettle-k20/"
    assert "Accept-Language" in response["Vary"]


def test_the_description_is_sound_and_complete(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    assert set(schema["paths"]) == {
        "/api/v1/checks",
        "/api/v1/checks/batch",
        "/api/v1/recalls",
        "/api/v1/recalls/{slug}",
        "/api/v1/stock",
        "/api/v1/refunds",
    }
    references = set(_references(schema))
    assert references
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert references <= known
    assert schema["components"]["schemas"]["CheckRequest"]["additionalProperties"] is False


def test_errors_are_described_as_what_they_are(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                kinds = {"200": ["application/json"], "304": []}
                assert list(answer.get("content", ())) == kinds.get(status, [PROBLEM])


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        here = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return here + [found for value in part.values() for found in _references(value)]
    if isinstance(part, list):
        return [found for value in part for found in _references(value)]
    return []


def test_the_page_for_people_shows_every_operation(client: Client) -> None:
    response = client.get("/api/v1/docs")
    for fields in re.findall(r"<dl.*?</dl>", response.content.decode(), re.DOTALL):
        assert fields.count("<dt>") == fields.count("<dd>") > 0
    page = response.content.decode()
    assert response.status_code == 200
    for address in api.get_openapi_schema()["paths"]:
        assert address in page
    assert json.dumps("second_look")[1:-1] in page
    assert "`" not in page
    assert not response.cookies
    assert "max-age=300" in response["Cache-Control"]


def test_every_field_of_the_description_says_what_it_means(client: Client) -> None:
    shapes = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert len(shapes) >= 8
    for name, shape in shapes.items():
        for field, described in shape["properties"].items():
            assert described.get("description"), f"{name}.{field}"
