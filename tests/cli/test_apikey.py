"""Partners' keys on the command line: shown once, listed without, revoked."""

import pytest

from recalldesk.accounts import api_keys
from recalldesk.accounts.models import ApiKey
from tests.cast import Cast, Command

pytestmark = pytest.mark.usefixtures("cast")
AS = ("--as", "administrator@desk.example")
BATCH, SCANNER = ("--right", "check_batch"), ("--right", "scanner")


def test_the_key_alone_goes_to_standard_output_and_is_good(command: Command) -> None:
    ran = command("apikey", "add", "Corner Shop", *BATCH, *SCANNER, *AS)
    assert ran.code == 0, ran.err
    key = ran.out.strip()
    assert key.startswith("rdk_")
    assert "check_batch, scanner" in ran.err
    assert "not shown again" in ran.err
    assert key not in ran.err
    assert api_keys.recognise(key)


def test_the_list_shows_whose_they_are_and_no_key(command: Command) -> None:
    key = command("apikey", "add", "Corner Shop", *BATCH, *AS).out.strip()
    listed = command("apikey", "list")
    assert listed.code == 0
    for words in ("Corner", "check_batch", "never"):
        assert words in listed.out
    assert key not in listed.out
    assert key[:12] not in listed.out


def test_a_revoked_one_is_said_to_be_so(command: Command) -> None:
    key = command("apikey", "add", "Corner Shop", *BATCH, *AS).out.strip()
    ran = command("apikey", "revoke", "Corner Shop", *AS)
    assert ran.code == 0
    assert "within 2 seconds" in ran.out
    api_keys.forget()
    assert api_keys.recognise(key) is None
    assert command("apikey", "revoke", "Corner Shop", *AS).code == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "Shop", *SCANNER, *AS), "--right check_batch"),
        (("add", " ", *BATCH, *AS), "1 to 120 characters"),
        (("add", "Shop", *BATCH, "--as", "author@desk.example"), "give partners API keys"),
        (("revoke", "Shop", *AS), "There are: none."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_made(
    command: Command, words: tuple[str, ...], says: str
) -> None:
    ran = command("apikey", *words)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("words", [("add", "Shop", *AS), ("add", "Shop", "--right", "king", *AS)])
def test_a_right_must_be_one_there_is(command: Command, words: tuple[str, ...]) -> None:
    ran = command("apikey", *words)
    assert ran.code == 2
    assert "--right" in ran.err


def test_a_wrong_password_gives_no_key(command: Command, cast: Cast) -> None:
    ran = command("apikey", "add", "Shop", *BATCH, *AS, password="wrong-kettle-battery")
    assert ran.code == 1
    assert not ApiKey.objects.exists()
