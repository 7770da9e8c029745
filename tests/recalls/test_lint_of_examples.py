"""What the linter finds of the examples, each finding with the reason why it is right."""

import csv
from pathlib import Path

import pytest

from recalldesk.demo.overrides import REASONS, reasons_for
from recalldesk.recalls.lint.findings import Severity
from recalldesk.recalls.lint.notice import lint
from recalldesk.recalls.linting import notice_findings
from recalldesk.recalls.recall_file import read_recall_file

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/recall.toml"))
TABLE = Path(__file__).parents[1] / "tables" / "lint_a1263.csv"
EXPECTED = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def source_of(name: str) -> str:
    return (EXAMPLES / name / "recall.toml").read_text(encoding="utf-8")


def test_a1263_lacks_what_its_notice_does_not_say_and_nothing_else() -> None:
    source = source_of("anker-a1263")
    lines = source.splitlines()
    found = [
        (each.finding.severity.value, each.finding.rule, each.finding.field, lines[each.line - 1])
        for each in notice_findings(read_recall_file(source), source)
    ]
    assert len(found) == len(EXPECTED)
    for (severity, rule, field, line), row in zip(found, EXPECTED, strict=True):
        assert (severity, rule, field) == (row["severity"], row["rule"], row["field"])
        assert line.startswith(row["line_begins"])
        assert row["why it is right"]


def test_what_the_notice_of_a1263_says_is_not_found_missing() -> None:
    """Its units, hazard, dates, price, shops, remedies and counts of incidents are published."""
    rules = {found.rule for found in lint(read_recall_file(source_of("anker-a1263")))}
    said = ("units", "kind-of-harm", "dates-of-manufacture", "dates-of-sale", "price", "region")
    assert not rules & {f"us-{name}" for name in (*said, "incidents", "injured", "date")}
    assert "softener" not in rules


def test_the_vehicles_are_made_up_and_lack_no_content() -> None:
    found = lint(read_recall_file(source_of("made-up-vehicles")))
    assert {each.rule for each in found} == {"eu-photograph"}


@pytest.mark.parametrize("name", NAMES)
def test_the_demo_has_a_reason_for_each_error_of_an_example(name: str) -> None:
    errors = [f for f in lint(read_recall_file(source_of(name))) if f.severity is Severity.ERROR]
    assert set(reasons_for(errors)) == {error.name for error in errors}


def test_the_demo_has_no_reason_for_what_no_example_lacks() -> None:
    found = {f.rule for name in NAMES for f in lint(read_recall_file(source_of(name)))}
    assert set(REASONS) <= found
