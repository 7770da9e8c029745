"""What the commands show of a recall, and what they leave as it is."""

import json
from pathlib import Path

import pytest

from recalldesk.audit.signing import SigningKey, key_in
from recalldesk.recalls.actions import draft_for_expansion
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.sealing.keys import KeyRing
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLUG, Command, Desk, recall_text


def test_a_new_file_is_valid_and_never_written_over(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    assert command("recall", "new", "x", "--to", str(path)).code == 0
    read_recall_file(path.read_text(encoding="utf-8"))
    path.write_text("mine")
    again = command("recall", "new", "x", "--to", str(path))
    assert (again.code, path.read_text()) == (1, "mine")


def test_each_problem_of_a_file_is_named_by_its_line(
    command: Command, kettles: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(recall_text().replace('country = "US"', 'country = "usa"'), encoding="utf-8")
    ran = command("recall", "apply", str(path), "--as", "author@desk.example")
    line = recall_text().splitlines().index('country = "US"') + 1
    assert ran.code == 1
    assert f"line {line}" in ran.err


def test_show_says_what_is_covered_and_what_holds_it_back(command: Command, kettles: Desk) -> None:
    kettles.take(kettles.apply(recall_text(units=9)))
    shown = command("recall", "show", SLUG)
    assert (shown.code, shown.err) == (0, "")
    assert "list k20: 5 serials" in shown.out
    assert "states 9 units, its scope has 5" in shown.out
    assert not any(serial in shown.out for serial in SERIALS)


def test_diff_shows_what_a_file_would_change(
    command: Command, kettles: Desk, tmp_path: Path
) -> None:
    kettles.apply()
    path = tmp_path / "x.toml"
    path.write_text(recall_text(units=6), encoding="utf-8")
    ran = command("recall", "diff", SLUG, str(path))
    assert "jurisdictions[US].units" in ran.out
    assert "Nothing differs" in command("recall", "diff", SLUG, "--before", "1").out


def test_diff_compares_the_lists_of_two_versions(command: Command, kettles: Desk) -> None:
    kettles.published()
    kettles.take(kettles.apply(recall_text(units=6)), [FAR])
    ran = command("recall", "diff", SLUG)
    assert "jurisdictions[US].units" in ran.out
    assert "list k20: 5 units before, 6 after" in ran.out
    back = command("recall", "diff", SLUG, "--before", "2", "--after", "1")
    assert "list k20: 6 units before, 5 after" in back.out


def test_diff_sees_other_serials_of_the_same_count(command: Command, kettles: Desk) -> None:
    kettles.published()
    draft = draft_for_expansion(recall=kettles.recall(), by=kettles.cast.author)
    assert "Nothing differs" in command("recall", "diff", SLUG).out
    kettles.take(draft, [*SERIALS[1:], FAR], replace=True)
    ran = command("recall", "diff", SLUG)
    assert "list k20: 5 units before and after, but not the same ones" in ran.out
    assert "Nothing differs" not in ran.out


def test_a_version_that_is_not_there_is_looked_for_where_all_are_listed(
    command: Command, kettles: Desk
) -> None:
    kettles.apply()
    ran = command("recall", "show", SLUG, "--version", "7")
    assert f"`recalldesk recall show {SLUG}`" in ran.err


@pytest.mark.parametrize(
    ("serial", "says"),
    [
        (AFFECTED, "Stop using it now"),
        (LOOK_ALIKE, "look again at character 5"),
        (FAR, "Recalls can grow"),
    ],
)
def test_a_check_says_what_to_do(
    command: Command, published_recall: object, serial: str, says: str
) -> None:
    ran = command("check", serial)
    assert (ran.code, ran.err) == (0, "")
    assert says in ran.out


def test_a_check_goes_on_with_its_token(command: Command, published_recall: object) -> None:
    token = json.loads(command("check", LOOK_ALIKE, "--json").out)["second_look"]
    again = json.loads(command("check", FAR, "--second-look", token, "--json").out)
    assert again["verdict"] == "ask_a_person"


def test_new_keys_can_be_used_at_once(command: Command) -> None:
    sealing, lookup, log = command("keys", "new", "--name", "2026").out.split()
    assert KeyRing.from_text(sealing.partition("=")[2]).newest == "2026"
    assert lookup.startswith("RECALLDESK_LOOKUP_KEY=")
    assert SigningKey(key_in(log.removeprefix("RECALLDESK_LOG_KEY="), variable="")).public.name


@pytest.mark.django_db
def test_the_database_says_how_it_stands(command: Command) -> None:
    assert command("database", "status").code == 0
