"""What a client sent is not in the log, and its mistakes leave no traceback there."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from recalldesk.config import logs

SERIAL = "A1263MADEUP00001"
pytestmark = pytest.mark.usefixtures("db", "index_folder")


@pytest.fixture
def page() -> Iterator[io.StringIO]:
    """What is written to the log through Python's own logging."""
    file = io.StringIO()
    handler = logs.handler(file)
    logging.getLogger().addHandler(handler)
    yield file
    logging.getLogger().removeHandler(handler)


def lines(page: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in page.getvalue().splitlines()]


def test_an_address_that_is_none_is_not_written_down(page: io.StringIO) -> None:
    for path in (f"/api/v1/checks/{SERIAL}", f"/en/{SERIAL}", f"/{SERIAL}"):
        assert Client().get(path).status_code == 404
    assert Client().delete(f"/en/check?{SERIAL}").status_code == 405
    assert page.getvalue() == ""


def test_a_wrong_host_and_a_large_body_are_one_short_line_each(page: io.StringIO) -> None:
    Client().get("/en/", headers={"Host": f"{SERIAL}.example"})
    sent = {"serial": SERIAL * 5000}
    Client().post("/en/check", sent, headers={"Origin": "http://testserver"})
    assert [line["why"] for line in lines(page)] == ["DisallowedHost", "RequestDataTooBig"]
    assert {line["event"] for line in lines(page)} == {"request_refused"}
    assert SERIAL not in page.getvalue().upper()
    assert "Traceback" not in page.getvalue()


def test_a_fault_of_ours_is_one_line_with_its_traceback_and_route(
    page: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("something failed")

    monkeypatch.setattr("recalldesk.portal.views.recalls.subject_here", broken)
    Client(raise_request_exception=False).get("/en/recalls/a1263madeup00001/")
    (line,) = lines(page)
    assert (line["event"], line["status"]) == ("request_failed", 500)
    assert line["route"].endswith("recalls/<slug:slug>/")
    assert "RuntimeError: something failed" in line["exception"]
    assert SERIAL not in page.getvalue().upper()


def test_every_other_line_is_json_too(page: io.StringIO) -> None:
    logging.getLogger("elsewhere").warning("the %s is away", "mail server")
    (line,) = lines(page)
    assert (line["event"], line["level"]) == ("the mail server is away", "warning")
    assert line["timestamp"].endswith("Z")
