"""The rules of the notice linter as a table, from the rules themselves."""

from docs_parts.blocks import table
from recalldesk.recalls.lint.countries import EUROPEAN_ECONOMIC_AREA, OFFICIAL_LANGUAGES
from recalldesk.recalls.lint.findings import NoticeRule, Severity, Where
from recalldesk.recalls.lint.notice import RULES


def _severity(rule: NoticeRule) -> str:
    if rule.severity is Severity.WARNING:
        return "warning"
    if rule.where is Where.GPSR:
        return "error; warning in the EEA"
    return "error in the EU; else warning" if rule.where is Where.EVERYWHERE else "error"


def rules_table() -> str:
    """Every rule in the order in which findings are told."""
    return table(
        ("rule", "what it asks for", "law", "asked in", "severity"),
        [
            (f"`{rule.id}`", rule.asks, rule.citation, rule.where.value, _severity(rule))
            for rule in RULES
        ],
    )


def countries_line() -> str:
    """The countries that the linter takes for the EU, and for the EEA beyond it."""
    union, area = (", ".join(sorted(c)) for c in (OFFICIAL_LANGUAGES, EUROPEAN_ECONOMIC_AREA))
    return f"EU: {union}.\nEEA beyond it: {area}.\n"
