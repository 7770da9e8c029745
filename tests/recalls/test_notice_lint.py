"""Each rule of the linter finds what it asks for, where it is missing, and nothing else.

The cases stand in tests/tables/lint.csv: one thing is changed in a notice that lacks nothing. `\\n`
is a line's end; `finds` names all that is then found: severity, rule and field.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.recalls.lint.findings import Finding, Severity, Where
from recalldesk.recalls.lint.notice import RULES, lint
from recalldesk.recalls.recall_file import read_recall_file
from tests.notices import NOTICES

TABLE = Path(__file__).parents[1] / "tables" / "lint.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
LACKING = [r for r in ROWS if r["notice"] == "US" and r["finds"] and ";" not in r["finds"]]
COMPANIES = ("headquarters", "Metalware", '"CN"')
"""What stands in the cases about who made it, which depend on each other."""


def changed(text: str, row: dict[str, str]) -> str:
    old, new = (row[name].replace("\\n", "\n") for name in ("instead_of", "says"))
    assert text.count(old) == 1, old
    return text.replace(old, new)


def said(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(f"{found.severity} {found.rule} {found.field}" for found in findings)


def expected(row: dict[str, str]) -> list[str]:
    return sorted(row["finds"].split("; ")) if row["finds"] else []


@pytest.mark.parametrize("notice", sorted(set(NOTICES) - {"NO"}))
def test_a_whole_notice_lacks_nothing(notice: str) -> None:
    assert lint(read_recall_file(NOTICES[notice])) == ()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['notice']}: {row['case']}" for row in ROWS])
def test_a_notice_lacks_what_the_table_says(row: dict[str, str]) -> None:
    text = changed(NOTICES[row["notice"]], row)
    assert said(lint(read_recall_file(text))) == expected(row)


@pytest.mark.parametrize("role", ["importer", "manufacturer"])
def test_a_firm_that_did_it_itself_needs_no_other(role: str) -> None:
    firm, companies, others = NOTICES["US"].partition("[[companies]]")
    text = firm + companies + others.replace(f'role = "{role}"', 'role = "retailer"')
    assert f"error us-{role}" in " ".join(said(lint(read_recall_file(text))))
    text = text.replace('role = "distributor"', f'role = "{role}"', 1)
    assert f"us-{role}" not in " ".join(said(lint(read_recall_file(text))))


def test_each_rule_stands_in_the_table_with_each_severity_that_it_can_have() -> None:
    asked = {(f.split(" ")[0], f.split(" ")[1]) for row in ROWS for f in expected(row)}
    assert {rule for _, rule in asked} == {rule.id for rule in RULES}
    by_country = {("error", "softener"), ("warning", "softener"), ("warning", "eu-share")}
    assert by_country <= asked
    for rule in RULES:
        if rule.where is not Where.EVERYWHERE:
            assert (rule.severity.value, rule.id) in asked


def test_each_rule_has_a_name_of_its_own_and_says_what_to_do() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.citation
        assert rule.asks.endswith(".")
        assert rule.todo.endswith(".")


def part_of(row: dict[str, str]) -> str:
    """The part of the file that a case is about."""
    if any(word in row["instead_of"] for word in COMPANIES):
        return "companies"
    field = row["finds"].split(" ")[2]
    return ".".join(field.split(".")[: 2 if field.startswith("texts") else 1])


@given(st.sets(st.sampled_from(range(len(LACKING))), max_size=6))
def test_whatever_is_missing_together_is_all_found(chosen: set[int]) -> None:
    """Changes of the same table, or of what depends on each other, are not drawn together."""
    text, wanted, parts = NOTICES["US"], [], set()
    for row in (LACKING[place] for place in sorted(chosen)):
        part = part_of(row)
        if part in parts or row["instead_of"].replace("\\n", "\n") not in text:
            continue
        parts.add(part)
        text = changed(text, row)
        wanted += expected(row)
    assert said(lint(read_recall_file(text))) == sorted(wanted)


def test_errors_come_before_warnings_and_each_names_its_law() -> None:
    text = NOTICES["US"].replace("announced = 2025-03-03", "").replace("pm Eastern", "pm")
    date, zone = lint(read_recall_file(text))
    assert (date.severity, zone.severity) == (Severity.ERROR, Severity.WARNING)
    assert (date.citation, zone.citation) == ("16 CFR 1115.27(b)", "16 CFR 1115.27(n)(3)")


def test_the_digest_is_that_of_the_very_finding() -> None:
    """What an override is bound to: the rule, the field, and what was found there."""
    texts = [NOTICES["US"].replace("ages = [34, 51, 67]", ages) for ages in ("ages = [34]", "")]
    (one,), (none,) = (lint(read_recall_file(text)) for text in texts)
    assert (one.rule, one.field) == (none.rule, none.field) == ("us-ages", "incidents.ages")
    assert one.digest != none.digest
    assert one.digest == lint(read_recall_file(texts[0]))[0].digest
