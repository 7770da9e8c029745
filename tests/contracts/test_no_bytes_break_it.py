"""Whatever bytes come below /api/, the answer is one of the API's own, and the same by either way.

What a server hands on is tried, also what no description speaks of: any method, path, header and
body, lengths that are none or not true, bodies that end early or break off.
"""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recalldesk.api.views import api
from recalldesk.config import logs
from tests.cast import AFFECTED, FAR, SLIP, SLUG
from tests.contracts.described import EXAMPLES, WANTED
from tests.contracts.security import is_guarded
from tests.contracts.wsgi import Response, Server, served

SECRET = "TW24097773"
CHECKS = "/api/v1/checks"
NOON = "2026-11-25T12:00:00+00:00"
pytestmark = pytest.mark.usefixtures("published_recall")


class BreaksOff(io.RawIOBase):
    """A body whose sender goes away after some bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        found = self._content.read(size)
        if size < 0 or len(found) < size:
            raise OSError("connection reset by peer")
        return found


def environ_text(most: int) -> st.SearchStrategy[str]:
    """Bytes as WSGI hands them on; no server lets a line end or a NUL through in a header."""
    return st.text(
        st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=most
    ) | st.sampled_from([SECRET, "*", '"x"', "0", "-1", "é".encode().decode("latin-1")])


ADDRESSES = ["checks", "checks/batch", "recalls", f"recalls/{SLUG}", "openapi.json", "docs"]
PATHS = st.one_of(
    st.sampled_from([f"/api/v1/{address}" for address in ADDRESSES]),
    st.builds(
        "/api/{}{}".format,
        st.sampled_from(["", "v1/", "v2/", *(f"v1/{address}" for address in ADDRESSES)]),
        st.text(st.characters(max_codepoint=255), max_size=12) | st.just(SECRET),
    ),
)
HEADERS = """
    ACCEPT ACCEPT_CHARSET ACCEPT_ENCODING ACCEPT_LANGUAGE AUTHORIZATION CACHE_CONTROL CONNECTION
    CONTENT_ENCODING CONTENT_MD5 COOKIE DATE EXPECT FORWARDED FROM HOST IF_MATCH IF_MODIFIED_SINCE
    IF_NONE_MATCH IF_RANGE IF_UNMODIFIED_SINCE ORIGIN PRAGMA RANGE RECALLDESK_PROOF REFERER TE
    TRAILER TRANSFER_ENCODING UPGRADE USER_AGENT VIA X_CSRFTOKEN X_FORWARDED_FOR X_FORWARDED_HOST
    X_FORWARDED_PROTO X_HTTP_METHOD_OVERRIDE X_REQUESTED_WITH X_SCRIPT_NAME
"""
KINDS = [
    "application/json",
    "application/json; charset=utf-16",
    "application/json; charset=no-such",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/plain",
    "",
]
QUESTIONS = st.fixed_dictionaries(
    {"serial": st.sampled_from([AFFECTED, SLIP, FAR, SECRET]) | st.text(max_size=8)},
    optional={"model": st.none() | st.text(max_size=8), "country": st.sampled_from([None, "US"])},
)
ODD_QUESTIONS = st.fixed_dictionaries(
    {"serial": st.sampled_from([SECRET, "", None, 5])},
    optional={"country": st.just("us"), "second_look": st.text(max_size=20), SECRET: st.none()},
)
BODIES = st.one_of(
    QUESTIONS.map(lambda question: json.dumps(question).encode()),
    ODD_QUESTIONS.map(lambda question: json.dumps(question).encode()),
    QUESTIONS.map(lambda question: json.dumps({"checks": [question]}).encode("utf-16")),
    st.binary(max_size=60),
    st.just(b"A" * 70_000),
    st.just(b"[" * 5_000),
)
LENGTHS = st.one_of(
    st.none(),
    st.integers(-2, 80).map(str),
    st.sampled_from(
        [
            "",
            "+5",
            " 30",
            "30 ",
            "030",
            "3_0",
            "0x1e",
            "1e1",
            "9" * 30,
            "\xb2",
            "30,30",
            "9" * 5_000,
        ]
    ),
)


METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY", "x", ""]


def documented() -> dict[tuple[str, str], set[int]]:
    """The answers of each operation."""
    return {
        (method.upper(), path.replace("{slug}", SLUG)): set(operation["responses"])
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    }


DOCUMENTED = documented()


@st.composite
def requests(draw: st.DrawFn) -> tuple[dict[str, Any], bytes, bool]:
    """What stands around a body, the body, and whether its sender goes away after it."""
    method, path = draw(
        st.sampled_from([*DOCUMENTED, ("POST", CHECKS)])
        | st.tuples(st.sampled_from(METHODS), PATHS)
    )
    sent: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": draw(st.just("") | environ_text(20)),
        "CONTENT_TYPE": draw(st.just(KINDS[0]) | st.sampled_from(KINDS) | environ_text(20)),
        "REMOTE_ADDR": draw(st.sampled_from(["127.0.0.1", "", "::1", "no address"])),
        "wsgi.url_scheme": draw(st.sampled_from(["http", "https"])),
    }
    headers = draw(st.dictionaries(st.sampled_from(HEADERS.split()), environ_text(30), max_size=4))
    body = draw(BODIES)
    length = draw(st.just(str(len(body))) | LENGTHS)
    sent |= {f"HTTP_{name}": value for name, value in headers.items()} | {"CONTENT_LENGTH": length}
    return sent, body, draw(st.booleans())


def answers(sent: dict[str, Any], body: bytes, breaks_off: bool) -> list[Response]:
    """By way of the lane, and of Django alone."""
    return [
        Server(each).request(
            "POST",
            CHECKS,
            environ=sent | {"wsgi.input": BreaksOff(body) if breaks_off else io.BytesIO(body)},
        )
        for each in (served().application, served().django_alone)
    ]


ANYWHERE = {200, 304, 400, 404, 405, 411, 412}
"""Of addresses and methods that are no operation."""
MEMBERS = {"type", "title", "status", "detail", "hint"}


def is_of_the_api(response: Response, method: str, path: str) -> None:
    """No failure, no page, and a status that stands in the description."""
    assert response.status < 500
    assert response.status in DOCUMENTED.get((method, path), ANYWHERE)
    is_guarded(response)
    kind = response.all("Content-Type")
    if response.status == 304:
        assert response.body == b""
    elif response.status == 200:
        is_docs = path == "/api/v1/docs"
        assert kind[0].split(";")[0] == ("text/html" if is_docs else "application/json")
    else:
        assert kind == ["application/problem+json"]
        if method != "HEAD":
            assert response.json.keys() >= MEMBERS
            assert response.json["status"] == response.status


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a server's log gets by way of Python's own logging."""
    written = io.StringIO()
    handler = logs.handler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


QUESTION = json.dumps({"serial": AFFECTED}).encode()
PLAIN = {"PATH_INFO": CHECKS, "REQUEST_METHOD": "POST"}


@settings(
    max_examples=EXAMPLES * 10,
    derandomize=not WANTED,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@example((PLAIN | {"CONTENT_LENGTH": "90"}, QUESTION, True))
@example((PLAIN | {"CONTENT_LENGTH": "90"}, QUESTION, False))
@example((PLAIN | {"CONTENT_LENGTH": "9"}, QUESTION, False))
@example((PLAIN | {"HTTP_TRANSFER_ENCODING": "chunked"}, QUESTION, False))
@given(requests())
def test_no_bytes_break_it(
    capsys: pytest.CaptureFixture[str],
    log: io.StringIO,
    request_: tuple[dict[str, Any], bytes, bool],
) -> None:
    sent, body, breaks_off = request_
    through, alone = answers(sent, body, breaks_off)
    assert through == alone
    is_of_the_api(through, sent["REQUEST_METHOD"], sent["PATH_INFO"])
    assert SECRET.encode() not in through.body
    assert not any(SECRET in value for _, value in through.headers)
    written = capsys.readouterr().err + log.getvalue()
    assert "Traceback" not in written
    assert SECRET not in written
