"""Staff on the command line: the first is an administrator, who adds the others."""

import pytest

from recalldesk.accounts.models import Staff
from tests.cast import PASSWORD, Command

pytestmark = pytest.mark.usefixtures("db", "quick_passwords")
BOSS = "boss@desk.example"


def add(command: Command, email: str, role: str, *more: str, password: str = PASSWORD) -> int:
    return command(
        "staff", "add", email, "--name", "N", "--role", role, *more, password=password
    ).code


def test_the_first_must_be_an_administrator(command: Command) -> None:
    ran = command("staff", "add", BOSS, "--name", "B", "--role", "recall_manager")
    assert ran.code == 1
    assert "must be an administrator" in ran.err
    assert "--role administrator" in ran.err
    assert not Staff.objects.exists()
    assert add(command, BOSS, "administrator") == 0


def test_the_second_is_added_by_an_administrator_only(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEW", "another-kettle-battery")
    add(command, BOSS, "administrator")
    given = ("--new-password-from", "NEW")
    assert add(command, "a@desk.example", "administrator", *given) == 1
    assert add(command, "a@desk.example", "viewer", "--as", BOSS, *given, password="wrong") == 1
    assert add(command, "a@desk.example", "viewer", "--as", BOSS, *given) == 0
    assert (
        add(command, "b@desk.example", "viewer", "--as", "a@desk.example", password=given[1]) == 1
    )


def test_the_administrators_password_never_becomes_the_new_persons(command: Command) -> None:
    add(command, BOSS, "administrator")
    ran = command("staff", "add", "a@desk.example", "--name", "A", "--role", "viewer", "--as", BOSS)
    assert ran.code == 1
    assert "RECALLDESK_STAFF_PASSWORD proves you" in " ".join(ran.err.split())
    assert "--new-password-from" in ran.err
    assert not Staff.objects.filter(email="a@desk.example").exists()


@pytest.mark.parametrize("word", ["add", "invite"])
def test_a_role_that_is_none_is_answered_with_all_of_them(command: Command, word: str) -> None:
    ran = command("staff", word, BOSS, "--name", "B", "--role", "boss")
    said = " ".join(ran.err.replace("│", " ").split())
    assert ran.code == 2
    assert "'--role': 'boss' is not one of 'viewer', 'reviewer'," in said
    assert "Value error" not in said


def test_an_address_in_other_letters_is_the_same_person(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEW", "another-kettle-battery")
    add(command, BOSS, "administrator")
    given = ("--as", BOSS.upper(), "--new-password-from", "NEW")
    assert add(command, BOSS.title(), "viewer", *given) == 1


@pytest.mark.parametrize(
    ("again", "code"), [("another-kettle-battery", 0), ("another-kettle-batterx", 1)]
)
def test_a_typed_password_is_typed_twice(
    command: Command, monkeypatch: pytest.MonkeyPatch, again: str, code: int
) -> None:
    typed = iter(["another-kettle-battery", again])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _question: next(typed))
    assert add(command, BOSS, "administrator", password="") == code
    assert Staff.objects.filter(email=BOSS).exists() is (code == 0)


def test_the_list_shows_nobodys_password(command: Command) -> None:
    add(command, BOSS, "administrator")
    ran = command("staff", "list")
    assert BOSS in ran.out
    assert "md5" not in ran.out


def test_a_long_address_is_listed_whole(command: Command) -> None:
    long = "somebody.with.a.rather.long.name@recalls.of.a.rather.long.name.example"
    assert add(command, long, "administrator") == 0
    assert long in command("staff", "list").out
