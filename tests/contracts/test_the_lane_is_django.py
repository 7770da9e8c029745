"""The lane and Django cannot be told apart: the same question gets the same bytes from both."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.accounts.models import Staff
from recalldesk.config.middleware import BODIES_AT_ONCE, body_slots
from recalldesk.elsewhere.actions import take_feed
from recalldesk.lane import lane
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP
from tests.contracts.wsgi import JSON as KIND
from tests.contracts.wsgi import Response, Server, served
from tests.elsewhere.feeds_made import OF_CPSC
from tests.standing import Standing, cast, index_folder, kettle_in, kettles, published_recall

__all__ = ["cast", "index_folder", "kettles", "published_recall"]

CHECKS = "/api/v1/checks"
NOON = "2026-11-25T12:00:00+00:00"
pytestmark = pytest.mark.usefixtures("published_recall")


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """The kettle, published at noon."""
    with ExitStack() as kept:
        with time_machine.travel(NOON, tick=False):
            folder = tmp_path_factory.mktemp("standing")
            made = kept.enter_context(kettle_in(folder, django_db_blocker))
        yield made


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def left_to_django(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that the lane left to Django."""
    seen: list[str] = []

    def behind(environ: dict[str, Any], start_response: Any) -> Any:
        seen.append(environ["PATH_INFO"])
        return served().django_alone(environ, start_response)

    monkeypatch.setattr(served().lane_first, "_application", behind)
    return seen


def both(body: bytes, *, path: str = CHECKS, **environ: Any) -> tuple[Response, Response]:
    """The answers by way of the lane and of Django alone."""
    through, alone = (
        Server(each).request("POST", path, body=body, kind=KIND, environ=environ or None)
        for each in (served().application, served().django_alone)
    )
    return through, alone


def asked(**question: Any) -> bytes:
    return json.dumps(question).encode()


@pytest.mark.parametrize("serial", [AFFECTED, LOOK_ALIKE, SLIP, FAR, "TW", "SN TW24013337", "+"])
@pytest.mark.parametrize("language", [None, "es", "es-MX,en;q=0.5", "xx", "*", "en-GB"])
def test_a_plain_question_is_answered_by_the_lane_as_by_django(
    serial: str, language: str | None, left_to_django: list[str]
) -> None:
    body = asked(serial=serial, model="K20", country="US")
    through, alone = both(body, HTTP_ACCEPT_LANGUAGE=language)
    assert through == alone
    assert through.status == 200
    assert left_to_django == []


def test_every_attempt_of_a_second_look_is_bound_alike(left_to_django: list[str]) -> None:
    token = None
    for serial in (LOOK_ALIKE, LOOK_ALIKE, SLIP, FAR, AFFECTED):
        through, alone = both(asked(serial=serial, second_look=token))
        assert through == alone
        token = json.loads(through.body)["second_look"] or token
    assert left_to_django == []


ODD = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"TW24013337"',
    b"{}",
    asked(serial=""),
    asked(serial=None),
    asked(serial=5),
    asked(serial=[AFFECTED]),
    asked(serial=AFFECTED, model=5),
    asked(serial=AFFECTED, model="M" * 101),
    asked(serial=AFFECTED, country="us"),
    asked(serial=AFFECTED, country="US\n"),
    asked(serial=AFFECTED, second_look="x" * 601),
    asked(serial=AFFECTED, second_look="not.ours"),
    asked(serial=AFFECTED, more=1),
    asked(serial="ТW24013337"),
    asked(serial="\ud800"),
    json.dumps({"serial": "ТW24013337"}, ensure_ascii=False).encode(),
    b'{"serial": "TW24013337", "serial": "TW33661902"}',
    b'{"serial": "TW24013337"} trailing',
    b"\xef\xbb\xbf" + asked(serial=AFFECTED),
    b"\xff\xfe",
    asked(serial="A" * 70_000),
    asked(serial=" " * 60_000 + AFFECTED),
    b"[" * 30_000,
    asked(serial=AFFECTED, model=None, country=None, second_look=None),
    b'{"serial": NaN}',
    b'{"serial": "TW24013337", "model": ""}',
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_an_odd_question_gets_the_very_same_words(body: bytes) -> None:
    through, alone = both(body)
    assert through == alone


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_HOST": "testserver:443"},
        {"HTTP_HOST": "TESTSERVER"},
        {"HTTP_HOST": "a b"},
        {"HTTP_HOST": None, "SERVER_NAME": "elsewhere.example"},
        {"HTTP_HOST": None, "SERVER_PORT": "8000"},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_TYPE": None},
        {"CONTENT_LENGTH": None},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "x"},
        {"CONTENT_LENGTH": "5"},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "9" * 30},
        {"HTTP_COOKIE": "django_language=es"},
        {"HTTP_ACCEPT": "text/html"},
        {"HTTP_ACCEPT_ENCODING": "gzip, br"},
        {"HTTP_ACCEPT_LANGUAGE": "es" * 300},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"QUERY_STRING": "serial=TW33661902"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "GET"},
        {"HTTP_EXPECT": "100-continue"},
        {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": None},
        # As servers join a header that was sent twice.
        {"HTTP_ACCEPT_LANGUAGE": "es,en"},
        {"HTTP_HOST": "testserver,testserver"},
        {"HTTP_RECALLDESK_PROOF": "a,b"},
        {"CONTENT_LENGTH": "24,24"},
        {"CONTENT_LENGTH": " 24"},
        {"CONTENT_LENGTH": "9" * 5_000},
    ],
    ids=str,
)
def test_whatever_stands_around_a_question_makes_no_difference(environ: dict[str, Any]) -> None:
    through, alone = both(asked(serial=AFFECTED), **environ)
    assert through == alone


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "post"])
@pytest.mark.parametrize("path", [CHECKS, CHECKS + "/", "/api/v1/check", "/api/v1//checks"])
def test_other_methods_and_addresses_are_djangos(method: str, path: str) -> None:
    through, alone = both(asked(serial=AFFECTED), path=path, REQUEST_METHOD=method)
    assert through == alone


def test_while_too_many_bodies_are_read_both_say_the_same() -> None:
    for _ in range(BODIES_AT_ONCE):
        assert body_slots.take()
    try:
        through, alone = both(asked(serial=AFFECTED))
    finally:
        for _ in range(BODIES_AT_ONCE):
            body_slots.give_back()
    assert through == alone
    assert (through.status, through["Retry-After"]) == (503, "30")


def test_in_production_both_say_that_https_is_to_stay(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    alone = get_wsgi_application()
    said = set()
    for scheme in ("http", "https"):
        for forwarded in (None, "https", "http", "https, http", "http, https", ""):
            environ = {"wsgi.url_scheme": scheme, "HTTP_X_FORWARDED_PROTO": forwarded}
            body = asked(serial=FAR)
            through, plain = (
                Server(each).request("POST", CHECKS, body=body, kind=KIND, environ=environ)
                for each in (served().with_lane(alone), alone)
            )
            assert through == plain
            said.add(bool(through.all("Strict-Transport-Security")))
    assert said == {True, False}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(SERIALS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
QUESTION = st.fixed_dictionaries(
    {"serial": st.sampled_from([*SERIALS, LOOK_ALIKE, SLIP, FAR]) | st.text(max_size=30) | JSON},
    optional={
        "model": st.sampled_from(["K20", "k 20", "", "Q1"]) | JSON,
        "country": st.sampled_from(["US", "DE", "us", ""]) | JSON,
        "second_look": JSON,
        "more": JSON,
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTION | JSON, st.booleans())
def test_any_question_at_all_gets_the_same_bytes(question: Any, escaped: bool) -> None:
    body = json.dumps(question, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    through, alone = both(body)
    assert through == alone


def test_what_the_lane_remembers_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "MOST_KEPT", 5)
    served().lane_first._ways.clear()
    for port in range(12):
        both(
            asked(serial=FAR), HTTP_HOST=f"testserver:{port}", HTTP_ACCEPT_LANGUAGE=f"es;q=0.{port}"
        )
    assert 0 < len(served().lane_first._ways) <= 5


def test_headers_that_are_far_too_long_are_not_remembered() -> None:
    before = dict(served().lane_first._ways)
    through, alone = both(asked(serial=FAR), HTTP_ACCEPT_LANGUAGE="es," * 1_000)
    assert through == alone
    assert served().lane_first._ways == before


def test_what_fails_unforeseen_is_worded_by_django(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(AFFECTED)

    monkeypatch.setattr("recalldesk.units.checking.live_index", fails)
    through, alone = both(asked(serial=AFFECTED))
    assert through == alone
    assert through.status == 500
    assert json.loads(through.body)["type"] == "urn:recalldesk:problem:failed"


@pytest.mark.parametrize("model", [None, "K20", "k-22", "Z99"])
@pytest.mark.parametrize("serial", [AFFECTED, LOOK_ALIKE, FAR])
def test_other_recalls_stand_beside_both_answers_alike(
    serial: str, model: str | None, left_to_django: list[str]
) -> None:
    author = Staff.objects.get(email="author@desk.example")
    take_feed(OF_CPSC, came_from="made up", by=author)
    through, alone = both(asked(serial=serial, model=model))
    assert through == alone
    assert left_to_django == []
    known = {"K20": "K20", "k-22": "K22", "Z99": None, None: "K20"}[model]
    if serial == AFFECTED:
        others = json.loads(through.body)["may_also_be_in"]
        assert [each["model"] for each in others] == ([known] if known else [])
