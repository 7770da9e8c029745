"""From nothing to a closed recall, on the command line, by two people who prove who they are."""

import json
from pathlib import Path

import pytest

from recalldesk.units import live
from tests.cast import AFFECTED, FAR, PASSWORD, SERIALS, SLUG, Command, recall_text
from tests.made_pictures import lay_beside

pytestmark = pytest.mark.usefixtures("db", "quick_passwords", "index_folder")
AUTHOR, APPROVER = "author@desk.example", "approver@desk.example"


@pytest.fixture
def staff(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """An administrator, who adds a second person."""
    monkeypatch.setenv("OTHER_PASSWORD", "another-kettle-battery")
    first = ("staff", "add", AUTHOR, "--name", "Author", "--role", "administrator")
    assert command(*first).code == 0
    second = ("staff", "add", APPROVER, "--name", "Approver", "--role", "recall_manager")
    added = command(*second, "--as", AUTHOR, "--new-password-from", "OTHER_PASSWORD")
    assert (added.code, added.err) == (0, "")


def test_from_a_new_file_to_a_closed_recall(command: Command, staff: None, tmp_path: Path) -> None:
    by_author = {"password": PASSWORD}
    by_approver = {"password": "another-kettle-battery"}
    file, serials = tmp_path / "recall.toml", tmp_path / "serials.csv"

    assert command("recall", "new", SLUG, "--to", str(file)).code == 0
    file.write_text(recall_text(), encoding="utf-8")
    serials.write_text("\n".join(["serial", *SERIALS]), encoding="utf-8")
    applied = command("recall", "apply", str(file), "--as", AUTHOR, **by_author)
    assert "version 1 is a draft" in applied.out
    assert "k20-front.jpg: taken" in applied.out
    taken = command("serials", "import", SLUG, str(serials), "--as", AUTHOR, **by_author)
    assert "6 lines = 1 heading + 5 accepted + 0 rejected" in taken.out

    own = command("recall", "approve", SLUG, "--as", AUTHOR, **by_author)
    assert (own.code, "cannot approve" in own.err) == (1, True)
    early = command("recall", "publish", SLUG, "--as", APPROVER, **by_approver)
    assert (early.code, "recall approve" in early.err) == (1, True)
    assert command("recall", "approve", SLUG, "--as", APPROVER, **by_approver).code == 0
    published = command("recall", "publish", SLUG, "--as", APPROVER, **by_approver)
    assert "version 1 is live" in published.out

    live.forget()
    assert command("check", AFFECTED).out.startswith("affected (in_scope)")
    answer = json.loads(command("check", FAR, "--json").out)
    assert (answer["verdict"], answer["recalls"][0]["version"]) == ("not_affected", 1)

    again = command("recall", "publish", SLUG, "--as", APPROVER, **by_approver)
    assert (again.code, "is live already" in again.out) == (0, True)
    shown = command("recall", "show", SLUG).out
    assert "Version 1 is what owners are answered by." in shown

    closed = command("recall", "close", SLUG, "--as", AUTHOR, **by_author)
    assert "stays affected" in closed.out
    live.forget()
    assert json.loads(command("check", AFFECTED, "--json").out)["verdict"] == "affected"
    assert "Closed" in command("recall", "list").out


def test_two_people_override_with_a_reason_each(
    command: Command, staff: None, tmp_path: Path
) -> None:
    file, serials = tmp_path / "recall.toml", tmp_path / "serials.csv"
    file.write_text(recall_text(), encoding="utf-8")
    lay_beside(file)
    serials.write_text("\n".join(["serial", *SERIALS, "nonsense"]), encoding="utf-8")
    command("recall", "apply", str(file), "--as", AUTHOR)
    taken = command("serials", "import", SLUG, str(serials), "--as", AUTHOR)
    assert "1 rejected" in taken.out
    assert "no unit of these products is answered" in taken.out
    assert "nonsense" in (tmp_path / "serials.csv.rejects.csv").read_text()
    other = {"password": "another-kettle-battery"}
    approved = command("recall", "approve", SLUG, "--as", APPROVER, **other)
    assert "[rejects_open; two people would have to override it]" in approved.out
    assert "version 1 is approved" in approved.out

    publish = ("recall", "publish", SLUG, "--override", "rejects_open")
    unreasoned = command(*publish, "--as", AUTHOR)
    assert (unreasoned.code, "reason" in unreasoned.err) == (1, True)
    alone = command(*publish, "--as", AUTHOR, "--reason", "A word.")
    assert (alone.code, "overridden by Author; one other person would" in alone.err) == (1, True)
    assert f"`recalldesk serials rejects {SLUG}` lists the lines" in alone.err
    assert "Your override of rejects_open counts." in alone.out
    twice = command(*publish, "--as", AUTHOR, "--reason", "A word.")
    assert twice.code == 1
    never = command("recall", "publish", SLUG, "--override", "empty_scope", "--as", AUTHOR)
    assert (never.code, "count_differs" in never.err) == (2, True)
    assert command(*publish, "--as", APPROVER, "--reason", "Seen.", **other).code == 0
    live.forget()
    assert "ask_a_person" in command("check", FAR).out

    listed = command("serials", "rejects", SLUG)
    assert "nonsense" in listed.out
    assert "1 rejected line is not settled." in listed.out
    settle = ("serials", "settle", SLUG, "--how", "not_a_unit", "--all", "--reason", "A word.")
    own = command(*settle, "--as", AUTHOR)
    assert (own.code, "Author imported serials.csv" in own.err) == (1, True)
    assert "1 line is settled." in command(*settle, "--as", APPROVER, **other).out
    live.forget()
    assert "not_affected" in command("check", FAR).out


def test_what_could_never_go_live_is_not_approved(
    command: Command, staff: None, tmp_path: Path
) -> None:
    file = tmp_path / "recall.toml"
    file.write_text(recall_text(), encoding="utf-8")
    command("recall", "apply", str(file), "--as", AUTHOR)
    ran = command("recall", "approve", SLUG, "--as", APPROVER, password="another-kettle-battery")
    assert ran.code == 1
    assert "[empty_scope]" in ran.out
    assert f"recalldesk serials import {SLUG}" in ran.err
    assert "version 1: draft" in command("recall", "show", SLUG).out


def test_the_file_that_was_taken_before_makes_no_new_version(
    command: Command, staff: None, tmp_path: Path
) -> None:
    file, serials = tmp_path / "recall.toml", tmp_path / "serials.csv"
    file.write_text(recall_text(), encoding="utf-8")
    lay_beside(file)
    serials.write_text("\n".join(["serial", *SERIALS]), encoding="utf-8")
    command("recall", "apply", str(file), "--as", AUTHOR)
    take = ("serials", "import", SLUG, str(serials), "--as", AUTHOR)
    command(*take)
    command("recall", "approve", SLUG, "--as", APPROVER, password="another-kettle-battery")
    again = command(*take)
    assert (again.code, "nothing changed" in again.out) == (0, True)
    assert "version 2" not in command("recall", "show", SLUG).out


def test_a_file_that_is_refused_makes_no_new_version(
    command: Command, staff: None, tmp_path: Path
) -> None:
    file, serials = tmp_path / "recall.toml", tmp_path / "serials.csv"
    file.write_text(recall_text(), encoding="utf-8")
    lay_beside(file)
    serials.write_text("\n".join(["serial", *SERIALS]), encoding="utf-8")
    command("recall", "apply", str(file), "--as", AUTHOR)
    command("serials", "import", SLUG, str(serials), "--as", AUTHOR)
    command("recall", "approve", SLUG, "--as", APPROVER, password="another-kettle-battery")
    refused = command("serials", "import", SLUG, str(tmp_path / "none.csv"), "--as", AUTHOR)
    assert refused.code == 1
    assert "version 2" not in command("recall", "show", SLUG).out


def test_what_changed_since_it_was_shown_is_not_approved(
    command: Command, staff: None, tmp_path: Path
) -> None:
    file, serials = tmp_path / "recall.toml", tmp_path / "serials.csv"
    file.write_text(recall_text(), encoding="utf-8")
    lay_beside(file)
    serials.write_text("\n".join(["serial", *SERIALS]), encoding="utf-8")
    command("recall", "apply", str(file), "--as", AUTHOR)
    command("serials", "import", SLUG, str(serials), "--as", AUTHOR)
    approve = ("recall", "approve", SLUG, "--as", APPROVER, "--seen")
    other = {"password": "another-kettle-battery"}

    def shown() -> str:
        return command("recall", "show", SLUG).out.rpartition("--seen ")[2].strip()

    seen = shown()
    assert len(seen) == 12
    file.write_text(recall_text() + "# a note\n", encoding="utf-8")
    command("recall", "apply", str(file), "--as", AUTHOR)
    for stamp in (seen, shown()[:11], "0" * 12):
        refused = command(*approve, stamp, **other)
        assert (refused.code, "changed since you looked" in refused.err) == (1, True)
    assert command(*approve, shown(), **other).code == 0
