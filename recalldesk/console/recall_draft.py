"""A recall's file as the desk's pages show it: what is wrong where, and what each section lacks."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from recalldesk.recalls.document import Document
from recalldesk.recalls.editing.page import Remark
from recalldesk.recalls.editing.remarks import remarks_of
from recalldesk.recalls.editing.sections import SECTIONS, Section, section_at
from recalldesk.recalls.errors import FileProblem, RecallFileProblems
from recalldesk.recalls.keeping import WrittenFile, written_file
from recalldesk.recalls.lint.notice import lint
from recalldesk.recalls.recall_file import raw_of, read_recall_file


@dataclass(frozen=True)
class SectionState:
    """What a section lacks."""

    section: Section
    problems: int
    errors: int
    warnings: int


class Draft:
    """A file with its problems, or, where it has none, what the linter finds of it."""

    def __init__(self, file: WrittenFile) -> None:
        self.file = file
        self.document: Document | None = None
        self.problems: tuple[FileProblem, ...] = ()
        self.is_all = True
        try:
            self.document = read_recall_file(file.text)
        except RecallFileProblems as refused:
            self.problems, self.is_all = refused.problems, refused.is_all

    @cached_property
    def raw(self) -> dict[str, Any] | None:
        """The tables of the file; None where it is no TOML."""
        try:
            return raw_of(self.file.text)
        except RecallFileProblems:
            return None

    @cached_property
    def remarks(self) -> list[Remark]:
        """All that is to be said, each at its path."""
        found = lint(self.document) if self.document else ()
        return remarks_of(self.problems, found)

    @cached_property
    def states(self) -> list[SectionState]:
        """What each section lacks."""
        counts: Counter[tuple[str, str]] = Counter()
        for each in self.remarks:
            kind = "problem" if not each.rule else "error" if each.is_error else "warning"
            counts[section_at(each.path).name, kind] += 1
        return [
            SectionState(
                section,
                counts[section.name, "problem"],
                counts[section.name, "error"],
                counts[section.name, "warning"],
            )
            for section in SECTIONS
        ]


def draft_or_404(slug: str) -> Draft:
    """The file of the recall of that name."""
    file = written_file(slug)
    if file is None:
        raise Http404
    return Draft(file)
