"""`recalldesk recall lint|override`: what a notice lacks, and the approver's reasons to go on."""

import json
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from recalldesk.cli.named import recall_or_refuse, version_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug, Version, read_or_complain
from recalldesk.cli.screen import counted, out, say
from recalldesk.recalls.actions import override_notice_finding
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.lint.findings import Severity
from recalldesk.recalls.linting import (
    NoticeFinding,
    named,
    notice_findings,
    notice_findings_of,
)
from recalldesk.recalls.recall_file import read_recall_file

Rules = Annotated[
    list[str], typer.Argument(metavar="RULE", help="Rules that `recall lint` names, or RULE:FIELD.")
]


def paired(names: list[str], reasons: list[str]) -> dict[str, str]:
    """The reason for each name: one for all, or one for each in the same order."""
    if not names:
        return {}
    if len(reasons) not in (1, len(names)):
        raise RecallProblem(
            "An override needs a reason.",
            'Give one --reason "…" for all, or one for each override, in the same order.',
        )
    each = reasons * len(names) if len(reasons) == 1 else reasons
    return dict(zip(names, each, strict=True))


def _found(target: str, version: int | None) -> tuple[str, int | None, tuple[NoticeFinding, ...]]:
    """The recall, the version if it is one, and what the linter finds of it."""
    path = Path(target)
    if path.suffix != ".toml" and not path.is_file():
        chosen = version_or_refuse(recall_or_refuse(target), version)
        return target, chosen.number, notice_findings_of(chosen)
    if version is not None:
        raise RecallProblem(f"{target} is a file and has no versions.", "Leave --version out.")
    text = read_or_complain(path)
    document = read_recall_file(text)
    return document.recall, None, notice_findings(document, text)


def lint(
    target: Annotated[str, typer.Argument(metavar="FILE|RECALL", help="A recall.toml, or a name.")],
    version: Version = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Say what a notice lacks of the law. Ends with 1 while an error is open, else with 0."""
    recall, number, found = _found(target, version)
    if as_json:
        written = {"recall": recall, "version": number, "findings": [_as_json(f) for f in found]}
        out.print(json.dumps(written, ensure_ascii=False, indent=2), markup=False)
    else:
        for severity, of_severity in groupby(found, lambda each: each.finding.severity):
            _say_group(severity, list(of_severity))
        say(_in_short(found))
    if any(each.is_open_error for each in found):
        raise typer.Exit(1)


def _as_json(each: NoticeFinding) -> dict[str, Any]:
    found = each.finding
    return {
        "rule": found.rule,
        "citation": found.citation,
        "severity": found.severity.value,
        "line": each.line,
        "field": found.field,
        "message": found.message,
        "what_to_do": found.todo,
        "overridden_by": each.overridden_by or None,
    }


def _say_group(severity: Severity, found: list[NoticeFinding]) -> None:
    say(f"{severity.value}s")
    for rule, of_rule in groupby(found, lambda each: each.finding.rule):
        same = list(of_rule)
        say(f"  {rule} ({same[0].finding.citation})")
        for each in same:
            overridden = f" [overridden by {each.overridden_by}]" if each.overridden_by else ""
            say(f"    line {each.line}, {each.finding.field} {each.finding.message}{overridden}")
        say(f"    {same[0].finding.todo}")


def _in_short(found: tuple[NoticeFinding, ...]) -> str:
    errors = sum(each.is_open_error for each in found)
    warnings = sum(each.finding.severity is Severity.WARNING for each in found)
    overridden = sum(bool(each.overridden_by) for each in found)
    said = [counted(errors, "open error", "open errors"), counted(warnings, "warning", "warnings")]
    return ", ".join(said) + (f", {overridden} overridden." if overridden else ".")


def override(
    slug: Slug,
    rules: Rules,
    as_: As,
    reason: Annotated[
        list[str],
        typer.Option(
            "--reason",
            help="Why; it stands in the log, sealed. One for all rules, or one for each.",
        ),
    ],
    version: Version = None,
) -> None:
    """Override what the linter finds of a version that you approved."""
    chosen = version_or_refuse(recall_or_refuse(slug), version)
    found = notice_findings_of(chosen)
    meant = {name: (named(found, name), why) for name, why in paired(rules, reason).items()}
    person = proved(as_)
    for name, (findings, why) in meant.items():
        for each in findings:
            override_notice_finding(version=chosen, finding=each.finding, by=person, reason=why)
        say(f"Your override of {name} counts.")


def add_to(app: typer.Typer) -> None:
    """Adds these commands to `recalldesk recall`."""
    app.command("lint")(lint)
    app.command("override")(override)
