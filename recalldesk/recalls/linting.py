"""What the linter finds of a version's notice, at which line, and who overrides it."""

from collections.abc import Iterable
from dataclasses import dataclass

from recalldesk.recalls.document import Document
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.lint.findings import Finding, Severity
from recalldesk.recalls.lint.notice import lint
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.toml_lines import TomlLines


@dataclass(frozen=True)
class NoticeFinding:
    """A finding with its line in the recall file, and the name of who overrides it, or nothing."""

    finding: Finding
    line: int
    overridden_by: str = ""

    @property
    def is_open_error(self) -> bool:
        """Whether it holds publication back."""
        return self.finding.severity is Severity.ERROR and not self.overridden_by

    def __str__(self) -> str:
        found = self.finding
        overridden = f" [overridden by {self.overridden_by}]" if self.overridden_by else ""
        return f"{found.rule}: line {self.line}, {found.field} {found.message}{overridden}"


def notice_findings(document: Document, source: str) -> tuple[NoticeFinding, ...]:
    """All that the linter finds of a recall file; nobody overrides anything."""
    lines = TomlLines(source)
    return tuple(NoticeFinding(found, lines.line_of(found.path)) for found in lint(document))


def notice_findings_of(version: RecallVersion) -> tuple[NoticeFinding, ...]:
    """All that the linter finds of a version, with the overrides given for just that."""
    given = dict(version.notice_overrides.values_list("finding_digest", "by__name"))
    return tuple(
        NoticeFinding(each.finding, each.line, given.get(each.finding.digest, ""))
        for each in notice_findings(document_of(version), version.source)
    )


def open_errors(version: RecallVersion) -> tuple[NoticeFinding, ...]:
    """The errors of a version's notice that nobody overrides: they hold publication back."""
    return tuple(each for each in notice_findings_of(version) if each.is_open_error)


def named(found: Iterable[NoticeFinding], name: str) -> tuple[NoticeFinding, ...]:
    """The findings that a rule, or a rule and a field, name. Raises RecallProblem for none."""
    known = tuple(found)
    meant = tuple(each for each in known if each.finding.is_meant_by(name))
    if not meant:
        rules = ", ".join(dict.fromkeys(each.finding.rule for each in known)) or "nothing"
        raise RecallProblem(
            f"The linter finds no {name!r} of this version.",
            f"It finds {rules}. Name a rule, or a rule and a field, as us-price:products[a1].",
        )
    return meant
