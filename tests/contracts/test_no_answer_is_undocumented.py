"""Whatever is sent to an operation, of the documented form or not, the answer is documented."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db import OperationalError
from hypothesis import settings
from schemathesis.core.failures import FailureGroup

from recalldesk.accounts import api_keys
from recalldesk.accounts.api_keys import KnownKey, give_api_key
from recalldesk.accounts.permissions import KeyRight
from recalldesk.checks import counts
from recalldesk.checks.guard import PROOF_HEADER
from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from tests.cast import FAR, LOOK_ALIKE, SLUG, Cast, Desk
from tests.contracts.described import EXAMPLES, PLAIN, both, described
from tests.contracts.wsgi import Application, Server, served
from tests.limited import FREE, Setting, solved
from tests.stock.at_a_shop import shop, told

CHECKS, BATCH, RECALLS = "/api/v1/checks", "/api/v1/checks/batch", "/api/v1/recalls"
RECALL = f"{RECALLS}/{{slug}}"
SURFACES = both()
AWAY = both(may_be_away=True)
ONE_CHECK = {name: schema.include(path=CHECKS) for name, schema in SURFACES.items()}
OF_STOCK = {
    name: schema.include(path=["/api/v1/stock", "/api/v1/refunds"])
    for name, schema in SURFACES.items()
}
OF_PARTNERS = {name: schema.include(path=BATCH) for name, schema in SURFACES.items()}


class Reached:
    """The statuses that a test came to, so that none passes without what it is about."""

    def __init__(self) -> None:
        self.statuses: set[int] = set()

    def keeps(self, case: Any, **headers: str) -> None:
        """The answer to the case keeps to the description."""
        self.statuses.add(case.call_and_validate(headers=headers or None).status_code)


@pytest.fixture(autouse=True, params=["tried"])
def nothing_known(request: pytest.FixtureRequest) -> Iterator[None]:
    """A process that has seen no key and counted nothing.

    Its one parameter is for the ids: without any, schemathesis and pytest 9.2 together give the
    tests of all operations the same.
    """
    api_keys.forget()
    counts.forget()
    yield
    api_keys.forget()
    counts.forget()


@schemathesis.pytest.parametrize(**SURFACES)
def test_no_answer_is_undocumented(case: Any, published_recall: object) -> None:
    Reached().keeps(case)


@pytest.fixture(params=[(), (KeyRight.SCANNER,)], ids=["key", "scanner"])
def partner(
    request: pytest.FixtureRequest, cast: Cast, published_recall: object
) -> Iterator[tuple[Reached, str]]:
    """A partner's key, with and without the right of scanners."""
    reached, rights = Reached(), (KeyRight.CHECK_BATCH, *request.param)
    yield reached, give_api_key(name="Corner Shop", rights=rights, by=cast.administrator).text
    wanted = {200, 401, 422} if request.param else {200, 401, 403, 422}
    assert wanted <= reached.statuses


@schemathesis.pytest.parametrize(**OF_PARTNERS)
def test_none_to_a_partner_is(case: Any, partner: tuple[Reached, str]) -> None:
    reached, key = partner
    reached.keeps(case, Authorization=f"Bearer {key}")


@pytest.fixture
def stock_key(cast: Cast, published_recall: RecallVersion) -> Iterator[tuple[Reached, str]]:
    """A key that tells stock, of a partner that was told to stop selling."""
    reached, market = Reached(), shop(cast.author)
    told(published_recall.recall, market, cast.author)
    rights = (KeyRight.STOCK,)
    given = give_api_key(name="Stock", rights=rights, by=cast.administrator, partner=market)
    yield reached, given.text
    assert {404, 422} <= reached.statuses


@schemathesis.pytest.parametrize(**OF_STOCK)
def test_none_to_whoever_tells_stock_is(case: Any, stock_key: tuple[Reached, str]) -> None:
    reached, key = stock_key
    reached.keeps(case, Authorization=f"Bearer {key}")


@schemathesis.pytest.parametrize(**AWAY)
def test_none_is_while_nothing_was_ever_published(case: Any, kettles: Desk) -> None:
    Reached().keeps(case)


@pytest.fixture
def over_the_limit(published_recall: object, limits: Setting) -> Iterator[Reached]:
    """A client who comes to the end of what is free."""
    reached = Reached()
    yield reached
    assert {200, 422, 429} <= reached.statuses


@schemathesis.pytest.parametrize(**ONE_CHECK)
def test_none_is_over_the_limit(case: Any, over_the_limit: Reached) -> None:
    over_the_limit.keeps(case)


@pytest.fixture
def refused(published_recall: object, limits: Setting) -> Iterator[Reached]:
    """A client who used up what is free, and every proof."""
    limits(free_checks=1, free_checks_a_minute=1, proved_checks=1, proved_checks_a_minute=1)
    server, question, reached = Server(served().django_alone), {"serial": FAR}, Reached()
    assert server.post_json(CHECKS, question).status == 200
    proof = solved(server.post_json(CHECKS, question).json["challenge"])
    assert server.post_json(CHECKS, question, headers={PROOF_HEADER: proof}).status == 200
    assert server.post_json(CHECKS, question).json["challenge"] is None
    yield reached
    assert {422, 429} <= reached.statuses


@schemathesis.pytest.parametrize(**ONE_CHECK)
def test_none_is_where_no_proof_helps(case: Any, refused: Reached) -> None:
    refused.keeps(case)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, cast: Cast, index_folder: object) -> Iterator[Reached]:
    """A process that started after the database went away."""

    def fails(*_: object, **__: object) -> None:
        raise OperationalError("password=hunter2")

    monkeypatch.setattr(live, "live_recalls", fails)
    monkeypatch.setattr("recalldesk.api.views.known_recalls", fails)
    monkeypatch.setattr("recalldesk.api.views.known_recall", fails)
    monkeypatch.setattr(api_keys, "_looked_up", fails)
    reached = Reached()
    yield reached
    assert 503 in reached.statuses


@schemathesis.pytest.parametrize(**AWAY)
def test_none_is_while_the_database_is_away(case: Any, away: Reached) -> None:
    away.keeps(case, Authorization="Bearer rdk_" + "A" * 43)


@pytest.mark.parametrize("name", SURFACES)
def test_none_is_when_one_answer_leads_to_the_next_question(
    published_recall: object, name: str
) -> None:
    reached = set()

    class Led(SURFACES[name].as_state_machine()):  # type: ignore[misc]
        def after_call(self, response: Any, case: Any) -> None:
            sent = case.body if isinstance(case.body, dict) else {}
            is_bound = bool(sent.get("second_look"))
            reached.add((case.operation.path, response.status_code, is_bound))

    Led.run(
        settings=settings(
            SURFACES[name].config.get_hypothesis_settings(),
            max_examples=EXAMPLES // 2,
            stateful_step_count=6,
        )
    )
    assert {(CHECKS, 200, True), (RECALL, 200, False)} <= reached


CONDITIONS = {
    "as you have it": ("If-None-Match", "*", 304),
    "another one": ("If-None-Match", '"another"', 200),
    "changed": ("If-Match", '"another"', 412),
    "another host": ("Host", "elsewhere.example", 400),
}


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("path", [RECALLS, RECALL])
@pytest.mark.parametrize("name", SURFACES)
def test_none_is_whatever_a_cache_asks(
    published_recall: object, name: str, path: str, condition: str
) -> None:
    header, value, status = CONDITIONS[condition]
    case = SURFACES[name][path]["GET"].Case(path_parameters={"slug": SLUG})
    assert case.call_and_validate(headers={**PLAIN, header: value}).status_code == status


SPOILED: dict[str, tuple[str, bytes, bytes]] = {
    "a status": ("418 No", b" ", b" "),
    "a failure of ours": ("500 Error", b" ", b" "),
    "a kind": ("Content-Type", b" ", b" "),
    "a header": ("Cache-Control", b" ", b" "),
    "a verdict": ("", b'"look_again"', b'"safe"'),
    "a field": ("", b'"verdict"', b'"judgement"'),
}


def spoiled(application: Application, head: str, old: bytes, new: bytes) -> Application:
    """The application with one thing otherwise in its answers: the status, a header or the body."""

    def answers(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if environ["PATH_INFO"] == CHECKS:
                status = head if head[:1].isdigit() else status
                headers = [(name, value) for name, value in headers if name != head]
            return start_response(status, headers, *rest)

        body = b"".join(application(environ, start))
        return [body.replace(old, new) if environ["PATH_INFO"] == CHECKS else body]

    return answers


@pytest.mark.parametrize("name", SPOILED)
def test_the_suite_sees_what_is_undocumented(published_recall: object, name: str) -> None:
    server = spoiled(served().django_alone, *SPOILED[name])
    case = described(server)[CHECKS]["POST"].Case(body={"serial": LOOK_ALIKE})
    with pytest.raises(FailureGroup):
        case.call_and_validate()


def test_it_sees_that_a_limit_does_not_say_when_to_come_back(
    published_recall: object, limits: Setting
) -> None:
    server = spoiled(served().django_alone, "Retry-After", b" ", b" ")
    case = described(server)[CHECKS]["POST"].Case(body={"serial": FAR})
    for _ in range(FREE):
        assert case.call_and_validate().status_code == 200
    with pytest.raises(FailureGroup, match="Retry-After"):
        case.call_and_validate()


@pytest.mark.parametrize("name", OF_PARTNERS)
def test_it_sees_that_a_key_is_not_asked_for(
    published_recall: object, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    anybody = KnownKey(1, frozenset({KeyRight.CHECK_BATCH}))
    monkeypatch.setattr("recalldesk.api.batch.key_of", lambda _: anybody)
    case = SURFACES[name][BATCH]["POST"].Case(body={"checks": [{"serial": FAR}]})
    with pytest.raises(FailureGroup, match="ST"):
        case.call_and_validate(headers={"Authorization": "Bearer x"})
