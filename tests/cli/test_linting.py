"""`recall lint` says what a notice lacks, by its line; `approve` and `override` take reasons."""

import json
from pathlib import Path

import pytest

from tests.cast import SLUG, Command, Desk, recall_text

BARE = (
    recall_text()
    .replace("announced = 2025-03-03", "")
    .replace('legal_name = "Tidewater Kitchen, Inc."', "")
    .replace("8 am to 8 pm Eastern", "8 am to 8 pm")
)
AUTHOR, APPROVER = "author@desk.example", "approver@desk.example"


@pytest.fixture
def bare(kettles: Desk) -> Desk:
    """A draft with two errors and a warning."""
    kettles.take(kettles.apply(BARE))
    return kettles


def file(folder: Path, text: str) -> str:
    path = folder / "recall.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_new_file_lacks_nothing(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    command("recall", "new", "x", "--to", str(path))
    ran = command("recall", "lint", str(path))
    assert (ran.code, ran.out, ran.err) == (0, "0 open errors, 0 warnings.\n", "")


def test_a_file_is_linted_by_its_lines_and_needs_no_database(
    command: Command, tmp_path: Path
) -> None:
    ran = command("recall", "lint", file(tmp_path, BARE))
    line = BARE.splitlines().index("[firm]") + 1
    assert ran.code == 1
    assert f"  us-legal-name (16 CFR 1115.27(g))\n    line {line}, firm.legal_name" in ran.out
    assert "Give `firm.legal_name`" in ran.out
    assert ran.out.index("errors\n") < ran.out.index("us-date") < ran.out.index("warnings\n")
    assert ran.out.endswith("2 open errors, 1 warning.\n")


def test_warnings_alone_end_well(command: Command, tmp_path: Path) -> None:
    soft = recall_text().replace("The handle can break", "In rare cases the handle can break")
    ran = command("recall", "lint", file(tmp_path, soft))
    assert (ran.code, "says 'In rare cases'" in ran.out) == (0, True)


def test_a_file_that_cannot_be_read_says_so_first(command: Command, tmp_path: Path) -> None:
    ran = command("recall", "lint", file(tmp_path, BARE.replace("format = 1", "format = 2")))
    assert (ran.code, ran.out) == (1, "")
    assert "format: must be 1" in ran.err


def test_a_file_has_no_version(command: Command, tmp_path: Path) -> None:
    ran = command("recall", "lint", file(tmp_path, BARE), "--version", "1")
    assert (ran.code, "has no versions" in ran.err) == (1, True)


def test_findings_come_as_json(command: Command, tmp_path: Path) -> None:
    ran = command("recall", "lint", file(tmp_path, BARE), "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["recall"], told["version"]) == (1, SLUG, None)
    assert told["findings"][0] == {
        "rule": "us-date",
        "citation": "16 CFR 1115.27(b)",
        "severity": "error",
        "line": 1,
        "field": "announced",
        "message": "is missing: the notice bears no date",
        "what_to_do": "Give the day of the announcement as `announced`.",
        "overridden_by": None,
    }


def test_an_unknown_recall_is_named(command: Command, kettles: Desk) -> None:
    ran = command("recall", "lint", "toaster")
    assert (ran.code, "There is no recall 'toaster'" in ran.err) == (1, True)


def test_show_says_what_the_linter_finds_and_what_holds_back(command: Command, bare: Desk) -> None:
    shown = command("recall", "show", SLUG).out
    assert "  error us-date: line 1, announced is missing" in shown
    assert "  warning us-time-zone: line" in shown
    assert "What holds it back stands above." in shown


def test_an_approval_is_refused_then_given_with_a_reason_for_each(
    command: Command, bare: Desk
) -> None:
    approve = ("recall", "approve", SLUG, "--as", APPROVER)
    refused = command(*approve)
    assert (refused.code, "The notice has 2 errors." in refused.err) == (1, True)
    both = ("--override", "us-date", "--override", "us-legal-name:firm.legal_name")
    unreasoned = command(*approve, *both)
    assert (unreasoned.code, "needs a reason" in unreasoned.err) == (1, True)
    reasons = ("--reason", "Set on Friday.", "--reason", "It is the same.")
    uneven = command(*approve, *both, *reasons, "--reason", "More.")
    assert (uneven.code, "one for each override" in uneven.err) == (1, True)
    assert command(*approve, *both, *reasons).code == 0
    linted = command("recall", "lint", SLUG)
    assert (linted.code, linted.err) == (0, "")
    assert "announced is missing: the notice bears no date [overridden by Approver]" in linted.out
    assert linted.out.endswith("0 open errors, 1 warning, 2 overridden.\n")
    assert "is live" in command("recall", "publish", SLUG, "--as", AUTHOR).out


def test_what_is_found_after_the_approval_is_overridden_by_the_approver(
    command: Command, bare: Desk
) -> None:
    bare.approve(bare.recall().versions.get())
    publish = ("recall", "publish", SLUG, "--as", AUTHOR)
    held = command(*publish)
    assert (held.code, f"recall override {SLUG} RULE" in held.err) == (1, True)
    override = ("recall", "override", SLUG, "us-date", "us-legal-name", "--reason", "Not known.")
    other = command(*override, "--as", AUTHOR)
    assert (other.code, "did not approve" in other.err) == (1, True)
    given = command(*override, "--as", APPROVER)
    assert (given.code, given.out.count("counts.")) == (0, 2)
    assert command(*publish).code == 0
