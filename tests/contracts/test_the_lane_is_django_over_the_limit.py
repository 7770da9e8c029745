"""Also who asks too often cannot tell the lane from Django: each is asked the same, from a fresh
start, with the same clock and the same draws.
"""

import random
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recalldesk.checks import guard
from recalldesk.checks.guard import PROOF_HEADER
from tests.cast import AFFECTED, FAR, SLIP
from tests.contracts.described import EXAMPLES, WANTED
from tests.contracts.wsgi import Response, Server, served
from tests.limited import Setting, solved

CHECKS = "/api/v1/checks"
NOON = "2026-11-25T12:00:00+00:00"
PROOFS: dict[str, Callable[[dict[str, Any]], str]] = {
    "none": lambda _: "",
    "nonsense": lambda _: "x",
    "the ticket": lambda asked: asked.get("ticket") or "",
    "the ticket twice": lambda asked: ",".join([asked.get("ticket") or ""] * 2),
    "the solution": lambda asked: solved(asked["challenge"]) if asked.get("challenge") else "",
}
"""What may be shown, by what was asked for last."""


class Turn(NamedTuple):
    """One question."""

    proof: str = "none"
    serial: object = FAR
    peer: str = "192.0.2.1"
    seconds: int = 0


@pytest.fixture
def few(limits: Setting, monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """Limits that are soon reached, and proofs that are soon done; what they are drawn by."""
    limits(free_checks=2, free_checks_a_minute=1, proved_checks=2, proved_checks_a_minute=1)
    draw = random.Random()
    monkeypatch.setattr(guard, "monotonic", time.time)
    monkeypatch.setattr(secrets, "token_bytes", draw.randbytes)
    monkeypatch.setattr(secrets, "token_hex", lambda size: draw.randbytes(size).hex())
    monkeypatch.setattr(secrets, "randbelow", lambda _: draw.randrange(3))
    return draw


def answered(application: Any, turns: list[Turn], draw: random.Random) -> list[Response]:
    """The answers of one application, begun anew."""
    guard.forget()
    draw.seed(1)
    answers, asked = [], {}
    with time_machine.travel(NOON, tick=False) as clock:
        for turn in turns:
            clock.shift(turn.seconds)
            proof = PROOFS[turn.proof](asked)
            answer = Server(application).post_json(
                CHECKS,
                {"serial": turn.serial},
                headers={PROOF_HEADER: proof} if proof else {},
                peer=turn.peer,
            )
            answers.append(answer)
            asked = answer.json if answer.status == 429 else asked
    return answers


TURNS = st.builds(
    Turn,
    proof=st.sampled_from(sorted(PROOFS)),
    serial=st.sampled_from([FAR, SLIP, AFFECTED, 5]),
    peer=st.sampled_from(["192.0.2.1", "192.0.2.1", "2001:db8::1", "2001:db8::2", ""]),
    seconds=st.sampled_from([0, 0, 1, 59, 60, 700]),
)
SOLVED, ASKED = Turn("the solution", AFFECTED), Turn()
ALL_STEPS = [ASKED, ASKED, ASKED, Turn("the ticket"), SOLVED, SOLVED, ASKED, SOLVED, ASKED]
STEPS = [
    None,
    None,
    "proof-needed",
    "proof-needed",
    None,
    "proof-needed",
    "proof-needed",
    None,
    "too-many",
]
"""A solution counts once, and the next is asked for."""


def step(answer: Response) -> str | None:
    """The name of a problem."""
    name: str | None = answer.json.get("type")
    return name and name.rpartition(":")[2]


def test_every_step_comes_by_either_way(published_recall: object, few: random.Random) -> None:
    for application in (served().application, served().django_alone):
        assert [step(answer) for answer in answered(application, ALL_STEPS, few)] == STEPS


@settings(
    max_examples=EXAMPLES,
    derandomize=not WANTED,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@example(ALL_STEPS)
@example([ASKED] * 3 + [Turn("the ticket", seconds=60), Turn("the ticket twice", seconds=60)])
@given(st.lists(TURNS, min_size=3, max_size=9))
def test_whoever_asks_too_often_gets_the_same_bytes(
    published_recall: object, few: random.Random, turns: list[Turn]
) -> None:
    through, alone = (
        answered(each, turns, few) for each in (served().application, served().django_alone)
    )
    assert through == alone
