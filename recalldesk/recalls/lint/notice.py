"""All rules, and what they find of a recall file.

Guarantee: pure; the same document gives the same findings, errors first, each in the order of the
rules and of the file.
"""

from recalldesk.recalls.document import Document
from recalldesk.recalls.field_paths import readable_path
from recalldesk.recalls.lint.findings import Finding, NoticeRule, Severity
from recalldesk.recalls.lint.gpsr_rules import GPSR_RULES
from recalldesk.recalls.lint.timely_rules import TIMELY_RULES
from recalldesk.recalls.lint.us_rules import US_RULES
from recalldesk.recalls.lint.wording_rules import WORDING_RULES

RULES: tuple[NoticeRule, ...] = (*US_RULES, *GPSR_RULES, *WORDING_RULES, *TIMELY_RULES)


def lint(document: Document) -> tuple[Finding, ...]:
    """Everything that the notice lacks."""
    whole = document.model_dump()
    found: list[Finding] = []
    for rule in RULES:
        severity = rule.severity_in(document)
        if severity is None:
            continue
        for path, message in rule.check(document):
            field = readable_path(path, whole)
            found.append(Finding(rule.id, rule.citation, severity, path, field, message, rule.todo))
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))
