"""What lane and Django say while the index cannot be confirmed: the same, and never too much."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from recalldesk.foundation import clock
from recalldesk.units import live
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP
from tests.contracts.wsgi import Response, Server, served

CHECKS = "/api/v1/checks"


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise OperationalError("down")

    monkeypatch.setattr(live, "live_recalls", fails)


def asked(serial: str) -> Response:
    """The answer, once both applications gave it."""
    through, alone = (
        Server(each).post_json(CHECKS, {"serial": serial})
        for each in (served().application, served().django_alone)
    )
    assert through == alone
    return through


def verdict(serial: str) -> str:
    return str(asked(serial).json.get("verdict", asked(serial).status))


@pytest.mark.usefixtures("published_recall")
def test_for_thirty_seconds_everything_is_answered_then_all_but_not_affected(
    time: time_machine.Traveller, request: pytest.FixtureRequest
) -> None:
    assert verdict(FAR) == "not_affected"
    request.getfixturevalue("_no_database")
    time.shift(timedelta(seconds=30))
    assert verdict(FAR) == "not_affected"
    time.shift(timedelta(seconds=1))
    assert [verdict(each) for each in (AFFECTED, LOOK_ALIKE, SLIP)] == [
        "affected",
        "look_again",
        "look_again",
    ]
    refused = asked(FAR)
    assert refused.status == 503
    assert refused.json["type"] == "urn:recalldesk:problem:try-again-later"
    assert refused["Retry-After"].isdecimal()


@pytest.mark.usefixtures("published_recall", "_no_database")
def test_without_an_index_everybody_is_told_to_try_again() -> None:
    live.forget()
    assert [verdict(each) for each in (AFFECTED, LOOK_ALIKE, SLIP, FAR)] == ["503"] * 4
