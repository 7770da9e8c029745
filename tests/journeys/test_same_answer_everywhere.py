"""The page, the API, a partner's batch and the command line give one and the same verdict."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from recalldesk.accounts.api_keys import give_api_key
from recalldesk.accounts.permissions import KeyRight
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP, Command, Desk, recall_text
from tests.units.test_counts_of_a_scope import EXCLUDED, listed, ranged

SCOPE = listed("k20") + listed("out", EXCLUDED) + ranged("TW25000001", "TW25000500")
ASKED = {
    AFFECTED: "affected",
    AFFECTED.lower(): "affected",
    f" {AFFECTED[:2]} {AFFECTED[2:6]}-{AFFECTED[6:]}": "affected",
    f"SN: {AFFECTED}": "affected",
    AFFECTED.replace("0", "O"): "affected",
    "ＴＷ２４０１３３３７": "affected",
    "TW25000250": "affected",
    "TW25000501": "look_again",
    LOOK_ALIKE: "look_again",
    SLIP: "look_again",
    "TW2401337": "look_again",
    "TW240133377": "look_again",
    "TW24103337": "look_again",
    "0123456789012": "look_again",
    "TW": "look_again",
    "hello": "look_again",
    f"{FAR}{' ' * 200}{AFFECTED}": "look_again",
    f"{'.' * 300}{AFFECTED}": "look_again",
    f"SN {AFFECTED} K20": "look_again",
    **{between * 400 + AFFECTED: "affected" for between in (" ", "\u00a0", "-", "\n", "\u200b")},
    FAR: "not_affected",
    SERIALS[4]: "not_affected",
    "tw 3155 9016": "not_affected",
}

Answers = list[tuple[str, str]]
Ask = Callable[..., Answers]
"""Asks all four about a serial; each answers with its verdict and its token."""


def on_the_page(client: Client, serial: str, token: str = "") -> tuple[str, str]:
    response = client.post(
        "/en/check",
        {"serial": serial, "second_look": token},
        headers={"Origin": "http://testserver"},
    )
    shown = [str(used.name) for used in response.templates if "/results/" in str(used.name)]
    given = re.search(r'name="second_look" value="([^"]+)"', response.content.decode())
    return Path(shown[0]).stem, given[1] if given else ""


def by_the_api(client: Client, serial: str, token: str = "") -> tuple[str, str]:
    body = {"serial": serial} | ({"second_look": token} if token else {})
    answer = client.post("/api/v1/checks", body, content_type="application/json").json()
    return answer["verdict"], answer["second_look"] or ""


def by_batch(client: Client, key: str, serial: str, token: str = "") -> tuple[str, str]:
    check = {"serial": serial} | ({"second_look": token} if token else {})
    answer = client.post(
        "/api/v1/checks/batch",
        {"checks": [check]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    ).json()["answers"][0]
    return answer["verdict"], answer["second_look"] or ""


def by_command(command: Command, serial: str, token: str = "") -> tuple[str, str]:
    more = ("--second-look", token) if token else ()
    answer = json.loads(command("check", "--json", *more, "--", serial).out)
    return answer["verdict"], answer["second_look"] or ""


@pytest.fixture
def asked_of(kettles: Desk, client: Client, command: Command) -> Ask:
    """All four, once a recall by list, range and exclusion is live."""
    version = kettles.apply(recall_text(scope=SCOPE, units=504))
    kettles.take(version, name="k20")
    kettles.take(version, SERIALS[4:], name="out")
    kettles.publish(kettles.approve(version))
    key = give_api_key(
        name="Shop", rights=[KeyRight.CHECK_BATCH], by=kettles.cast.administrator
    ).text

    def ask(serial: str, tokens: tuple[str, ...] = ("", "", "", "")) -> Answers:
        return [
            on_the_page(client, serial, tokens[0]),
            by_the_api(client, serial, tokens[1]),
            by_command(command, serial, tokens[2]),
            by_batch(client, key, serial, tokens[3]),
        ]

    return ask


def test_at_first_entry(asked_of: Ask) -> None:
    for serial, verdict in ASKED.items():
        verdicts = [answer[0] for answer in asked_of(serial)]
        assert (serial, verdicts) == (serial, [verdict] * 4)


@pytest.mark.parametrize("first", [LOOK_ALIKE, SLIP])
@pytest.mark.parametrize(
    ("then", "verdict"), [("", "ask_a_person"), (FAR, "ask_a_person"), (AFFECTED, "affected")]
)
def test_at_the_second_look(asked_of: Ask, first: str, then: str, verdict: str) -> None:
    tokens = tuple(token for _, token in asked_of(first))
    assert all(tokens)
    assert [answer[0] for answer in asked_of(then or first, tokens)] == [verdict] * 4
