"""What the linter finds: a rule that a notice does not keep, where, and what to do."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import Path
from recalldesk.recalls.lint.countries import (
    UNITED_KINGDOM,
    UNITED_STATES,
    european_countries,
    has_northern_ireland,
    places_under_gpsr,
)

Lack = tuple[Path, str]
"""Where something is amiss, and what, as the end of a sentence that begins with the field."""


class Severity(StrEnum):
    """An error holds publication back until it is mended or overridden; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Where(StrEnum):
    """In which recalls a rule is asked; the value is said in the documentation."""

    UNITED_STATES = "the United States"
    GPSR = "EU countries, and Northern Ireland"
    GREAT_BRITAIN = "the United Kingdom"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class NoticeRule:
    """One thing that the law, or good sense, asks of a notice.

    `severity` is that of countries that the law binds; `severity_in` gives a recall's own. `asks`
    says the rule for the documentation, `todo` what to do about a finding.
    """

    id: str
    citation: str
    where: Where
    severity: Severity
    asks: str
    todo: str
    check: Callable[[Document], Iterator[Lack]]

    def severity_in(self, document: Document) -> Severity | None:
        """The severity for this recall, or None where the rule does not concern it.

        An error of the GPSR is a warning where its only countries are in the European Economic Area
        and not in the EU. A rule for everywhere that is an error is one under the GPSR only.
        """
        strict = bool(european_countries(document)) or has_northern_ireland(document)
        match self.where:
            case Where.UNITED_STATES:
                return self.severity if UNITED_STATES in document.countries else None
            case Where.GREAT_BRITAIN:
                return self.severity if UNITED_KINGDOM in document.countries else None
            case Where.GPSR if not places_under_gpsr(document):
                return None
        return self.severity if strict else Severity.WARNING


@dataclass(frozen=True)
class Finding:
    """One rule that a notice does not keep. `field` is `path` as people read it."""

    rule: str
    citation: str
    severity: Severity
    path: Path
    field: str
    message: str
    todo: str

    @property
    def name(self) -> str:
        """What an override names it by: the rule and the field."""
        return f"{self.rule}:{self.field}"

    @property
    def digest(self) -> str:
        """Binds an override to the very finding it was given for."""
        return hashlib.sha256(f"{self.name}\0{self.message}".encode()).hexdigest()

    def is_meant_by(self, name: str) -> bool:
        """Whether an override that names a rule, or a rule and a field, means this finding."""
        return name in (self.rule, self.name)
