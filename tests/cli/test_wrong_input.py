"""Wrong input of any command gives a message and what to do: code 1 or 2, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recalldesk.accounts.models import Staff
from tests.cast import PASSWORD, SLUG, Command, Desk, recall_text

AS = ("--as", "author@desk.example")
NEW_STAFF = ("staff", "add", "new@desk.example", "--name", "N", "--role")

WRONG: list[tuple[str, ...]] = [
    ("nothing",),
    ("recall", "new"),
    ("recall", "new", "No Name"),
    ("recall", "new", "../escape"),
    ("recall", "new", "x", "--to", "{folder}"),
    ("recall", "new", "x", "--to", "{folder}/none/x.toml"),
    ("recall", "apply", "{folder}", *AS),
    ("recall", "apply", "{folder}/none.toml", *AS),
    ("recall", "apply", "{bytes}", *AS),
    ("recall", "apply", "{empty}", *AS),
    ("recall", "apply", "{wrong}", *AS),
    ("recall", "apply", "{recall}"),
    ("recall", "apply", "{recall}", "--as", "nobody@desk.example"),
    ("recall", "apply", "{recall}", "--as", "viewer@desk.example"),
    ("recall", "apply", "{recall}", "--as", "outsider@desk.example"),
    ("recall", "diff", "none"),
    ("recall", "diff", SLUG),
    ("recall", "diff", SLUG, "{wrong}"),
    ("recall", "diff", SLUG, "--before", "x"),
    ("recall", "diff", SLUG, "--before", "99999999999999999999"),
    ("recall", "show", "none"),
    ("recall", "show", "\udcff"),
    ("recall", "show", SLUG, "--version", "7"),
    ("recall", "show", SLUG, "--version", "-1"),
    ("recall", "show", SLUG, "--version", "99999999999999999999"),
    ("recall", "approve", "none", *AS),
    ("recall", "approve", SLUG, *AS),
    ("recall", "approve", SLUG, "--as", "viewer@desk.example"),
    ("recall", "publish", "none", *AS),
    ("recall", "publish", SLUG, *AS),
    ("recall", "publish", SLUG, *AS, "--override", "everything"),
    ("recall", "publish", SLUG, *AS, "--override", "rejects_open", "--reason", "x"),
    ("recall", "close", "none", *AS),
    ("recall", "close", SLUG, *AS),
    ("serials", "import", "none", "{serials}", *AS),
    ("serials", "import", SLUG, "{folder}/none.csv", *AS),
    ("serials", "import", SLUG, "{folder}", *AS),
    ("serials", "import", SLUG, "{empty}", *AS),
    ("serials", "import", SLUG, "{serials}", *AS, "--list", "none"),
    ("serials", "import", SLUG, "{serials}", *AS, "--made"),
    ("serials", "import", SLUG, "{serials}", *AS, "--column", "none"),
    ("serials", "import", SLUG, "{serials}", *AS, "--start-column", "serial"),
    ("serials", "import", SLUG, "{rejected}", *AS, "--rejects", "{folder}/none/x.csv"),
    ("serials", "import", SLUG, "{rejected}", *AS, "--rejects", "{folder}"),
    ("serials", "import", SLUG, "{rejected}", *AS, "--rejects", "{rejected}"),
    ("serials", "import", SLUG, "{rejected}", *AS, "--rejects", "{serials}"),
    ("serials", "import", SLUG, "/dev/zero", *AS),
    ("serials", "import", SLUG, "{serials}", "--as", "viewer@desk.example"),
    ("serials", "rejects", "none"),
    ("serials", "settle", SLUG, *AS, "--how", "not_a_unit", "--reason", "x"),
    ("serials", "settle", SLUG, *AS, "--how", "not_a_unit", "--reason", "x", "--number", "7"),
    ("serials", "settle", SLUG, *AS, "--how", "whatever", "--reason", "x", "--all"),
    (*NEW_STAFF, "king"),
    (*NEW_STAFF, "viewer"),
    (*NEW_STAFF, "viewer", *AS),
    (*NEW_STAFF, "viewer", "--as", "boss@desk.example"),
    (*NEW_STAFF, "viewer", "--as", "boss@desk.example", "--new-password-from", "NO_SUCH"),
    ("keys", "new", "--name", "a:b"),
    ("keys", "new", "--name", ""),
    ("check",),
    ("check", "x", "--country", "USA"),
    ("check", "x", "--country", "1"),
    ("check", "x", "--second-look", "nonsense"),
    ("check", "x", "--second-look", "\udcff:a:b"),
    ("check", "\udcff"),
    ("serve", "--port", "x"),
    ("serve", "--port", "99999"),
    ("serve", "--workers", "0"),
    ("demo", "--units", "1"),
    ("demo", "--examples", "{folder}"),
]


@pytest.fixture(autouse=True)
def nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a wrong word is let through, the test fails; no server runs."""
    monkeypatch.setattr("granian.server.Server", None)


@pytest.fixture
def words(kettles: Desk) -> dict[str, str]:
    """A draft, and files that are wrong in many ways."""
    boss = Staff(email="boss@desk.example", name="Boss", role="administrator")
    boss.set_password(PASSWORD)
    boss.save()
    kettles.apply()
    folder = kettles.folder
    files = {
        "bytes": b"\xff\xfe\x00",
        "empty": b"",
        "wrong": recall_text().replace("TW###", "€€").encode(),
        "recall": recall_text().encode(),
        "serials": b"serial\nTW24013337\n",
        "rejected": b"serial\nTW24013337\nnonsense\n",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return {"folder": str(folder)} | {name: str(folder / name) for name in files}


@pytest.mark.parametrize("given", WRONG, ids=lambda given: ascii(" ".join(given)))
def test_it_says_what_is_wrong(
    command: Command, words: dict[str, str], given: tuple[str, ...]
) -> None:
    ran = command(*(word.format(**words) for word in given))
    assert ran.code in (1, 2), (ran.out, ran.err)
    assert len(ran.err.strip()) > 20
    assert "Traceback" not in ran.err


def test_a_wrong_password_changes_nothing(command: Command, words: dict[str, str]) -> None:
    ran = command("recall", "apply", words["recall"], *AS, password="wrong")
    assert (ran.code, "not right" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("given", "said"), [("--owners", "It is no whole number."), ("--errors", "It is no number.")]
)
def test_what_is_no_number_is_said_in_plain_words(command: Command, given: str, said: str) -> None:
    ran = command("drill", "any", given, "x")
    assert ran.code == 2
    assert said in " ".join(ran.err.replace("│", " ").split())


def test_a_day_in_another_order_is_told_how_it_is_written(command: Command) -> None:
    ran = command("drill", "any", "--launch-on", "03/01/2027")
    assert ran.code == 2
    said = " ".join(ran.err.replace("│", " ").split())
    assert "'03/01/2027' is no day. Write it as 2026-03-01." in said
    assert "%" not in said


def program(*given: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "recalldesk", *given],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": "mysql://user:hidden@127.0.0.1/none"},
        {"DATABASE_URL": "sqlite:///none"},
        {"DATABASE_URL": "postgres://127.0.0.1:1/none"},
        {"RECALLDESK_PROFILE": "holiday"},
        {"RECALLDESK_WORKERS": "none"},
        {"RECALLDESK_SEALING_KEYS": "nonsense", "DATABASE_URL": "postgres://127.0.0.1:1/none"},
    ],
    ids=lambda settings: next(iter(settings.items()))[1],
)
def test_wrong_settings_end_in_words(settings: dict[str, str], tmp_path: Path) -> None:
    ran = program("recall", "list", RECALLDESK_HOME=str(tmp_path), **settings)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip()) > 20
    assert "hidden" not in ran.stderr


def test_no_password_is_asked_where_nobody_can_type(tmp_path: Path) -> None:
    file = tmp_path / "recall.toml"
    file.write_text(recall_text(), encoding="utf-8")
    ran = program("recall", "apply", str(file), *AS, RECALLDESK_STAFF_PASSWORD="")
    assert ran.returncode == 1
    assert "RECALLDESK_STAFF_PASSWORD" in ran.stderr
