"""A proof is ours, unaltered and in time, or it proves nothing."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from recalldesk.checks.proofs import HARDEST, LASTS, MOST_NUMBERS, WAIT, Kind, Proofs
from tests.limited import solved

SECRET = "made-up-" * 8
NOW = 1_800_000_000.0
PROOFS = Proofs(SECRET)


@pytest.fixture(scope="module")
def work() -> dict[str, Any]:
    """A solved challenge."""
    with travel(NOW, tick=False):
        return dict(json.loads(base64.b64decode(solved(PROOFS.challenge(NOW)))))


def sent(work: object) -> str:
    return base64.b64encode(json.dumps(work).encode()).decode()


def test_work_that_was_done_is_a_proof(work: dict[str, Any]) -> None:
    with travel(NOW, tick=False):
        proof = PROOFS.read(sent(work), NOW)
    assert proof is not None
    assert (proof.kind, proof.due_at, proof.expires_at) == (Kind.WORK, 0, NOW + LASTS)


def test_the_same_work_is_the_same_proof_however_it_is_written(work: dict[str, Any]) -> None:
    longer = {"more": 1, **work, "solution": {**work["solution"], "time": 12}}
    with travel(NOW, tick=False):
        one, other = PROOFS.read(sent(work), NOW), PROOFS.read(sent(longer), NOW)
    assert one is not None
    assert one == other


def test_work_is_good_for_ten_minutes(work: dict[str, Any]) -> None:
    for later, counts in ((LASTS - 1, True), (LASTS + 1, False)):
        with travel(NOW + later, tick=False):
            assert (PROOFS.read(sent(work), NOW + later) is not None) is counts


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("parameters", "expiresAt", 9_999_999_999),
        ("parameters", "expiresAt", None),
        ("parameters", "cost", 1),
        ("parameters", "keyPrefix", ""),
        ("parameters", "keySignature", None),
        ("parameters", "keySignature", "00"),
        ("parameters", "algorithm", "SHA-256"),
        ("parameters", "nonce", "00" * 16),
        ("challenge", "signature", "00" * 32),
        ("challenge", "signature", None),
        ("solution", "derivedKey", "00" * 32),
        ("solution", "derivedKey", None),
        ("solution", "derivedKey", 7),
    ],
)
def test_work_that_was_altered_is_none(
    work: dict[str, Any], part: str, name: str, value: object
) -> None:
    altered = json.loads(json.dumps(work))
    places = {
        "parameters": altered["challenge"]["parameters"],
        "challenge": altered["challenge"],
        "solution": altered["solution"],
    }
    places[part][name] = value
    with travel(NOW, tick=False):
        assert PROOFS.read(sent(altered), NOW) is None


def test_another_servers_proofs_are_none(work: dict[str, Any]) -> None:
    other = Proofs("another " * 8)
    with travel(NOW, tick=False):
        assert other.read(sent(work), NOW) is None
    assert other.read(PROOFS.ticket(NOW), NOW) is None


def test_a_ticket_is_due_after_a_minute_and_good_for_ten() -> None:
    ticket = PROOFS.ticket(NOW)
    proof = PROOFS.read(ticket, NOW)
    assert proof is not None
    assert (proof.kind, proof.due_at, proof.expires_at) == (
        Kind.TIME,
        NOW + WAIT,
        NOW + WAIT + LASTS,
    )
    assert PROOFS.read(ticket, NOW + WAIT + LASTS) is None


def test_a_ticket_that_was_altered_is_none() -> None:
    due, name, seal = PROOFS.ticket(NOW).split(":")
    for altered in (
        f"{int(due) - 60}:{name}:{seal}",
        f"{due}:{'0' * 16}:{seal}",
        f"{due}:{name}:{'0' * 32}",
        f"{due}:{name}:",
        f"{due}:{name}:{seal}é",
        f"{due}{name}:{seal}",
    ):
        assert PROOFS.read(altered, NOW) is None


@given(
    st.text(max_size=3_000) | st.binary(max_size=400).map(lambda b: base64.b64encode(b).decode())
)
def test_any_text_is_read_without_a_failure(text: str) -> None:
    assert PROOFS.read(text, NOW) is None


NAMES = [
    "challenge",
    "solution",
    "parameters",
    "signature",
    "algorithm",
    "nonce",
    "salt",
    "cost",
    "data",
    "expiresAt",
    "counter",
    "derivedKey",
    "__proto__",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8)
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_read_without_a_failure(value: object) -> None:
    assert PROOFS.read(sent(value), NOW) is None


@given(JSON, st.sampled_from(["parameters", "signature"]), JSON)
def test_any_challenge_is_read_without_a_failure(value: object, name: str, other: object) -> None:
    solution = {"counter": 1, "derivedKey": "00"}
    parameters = {"algorithm": "SHA-256", "nonce": value, "salt": other, "cost": value}
    challenge = {"parameters": parameters, "signature": "00", name: other}
    assert PROOFS.read(sent({"challenge": challenge, "solution": solution}), NOW) is None


def test_it_gets_harder_up_to_three_times() -> None:
    def most(share_used: float) -> int:
        return int(PROOFS.challenge(NOW, share_used=share_used)["parameters"]["data"]["most"])

    assert most(0) == MOST_NUMBERS < most(0.5) < most(1) == HARDEST * MOST_NUMBERS


def test_a_challenge_names_nobody() -> None:
    parameters = PROOFS.challenge(NOW)["parameters"]
    assert parameters["data"] == {"most": MOST_NUMBERS}
    assert set(parameters) == {
        "algorithm",
        "cost",
        "data",
        "expiresAt",
        "keyLength",
        "keyPrefix",
        "keySignature",
        "nonce",
        "salt",
    }
