"""`recalldesk notice show`: what the public reads, at a terminal."""

import json

import pytest

from tests.cast import SLUG, Command, Desk, recall_text

pytestmark = pytest.mark.usefixtures("published_recall")


def test_the_notice_as_text(command: Command) -> None:
    ran = command("notice", "show", SLUG)
    assert ran.code == 0
    assert ran.out.startswith(f"{SLUG} version 1, live\n")
    assert "The hazard: The handle can break" in ran.out
    assert "What to do now\n- " in ran.out


def test_in_another_language(command: Command) -> None:
    assert "El peligro: " in command("notice", "show", SLUG, "--language", "es").out


def test_as_json(command: Command) -> None:
    told = json.loads(command("notice", "show", SLUG, "--as", "json").out)
    assert (told["recall"], told["version"], told["language"]) == (SLUG, 1, "en")
    assert told["products"][0]["model"] == "K20"
    assert told["published_at"]


def test_the_texts_for_networks(command: Command) -> None:
    out = command("notice", "show", SLUG, "--as", "social").out
    assert "X (" in out
    assert f"/en/recalls/{SLUG}/" in out


def test_an_old_version_says_so(command: Command, kettles: Desk) -> None:
    draft = kettles.apply(recall_text().replace("The handle can break", "It can break"))
    kettles.publish(kettles.approve(draft))
    out = command("notice", "show", SLUG, "--version", "1").out
    assert out.startswith(f"{SLUG} version 1, an old version\n")
    assert "The handle can break" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("toaster",), "There is no recall 'toaster'."),
        ((SLUG, "--version", "2"), "only what was published has one"),
        ((SLUG, "--language", "fr"), "does not speak 'fr'"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    command: Command, words: tuple[str, ...], message: str
) -> None:
    ran = command("notice", "show", *words)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err
