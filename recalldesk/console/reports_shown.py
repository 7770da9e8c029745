"""A report as a page shows it: each number with the address of its rows.

Guarantee: a row leads on only to what the person may open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from recalldesk.accounts.models import Staff
from recalldesk.console.frame import may_open
from recalldesk.console.reports_asked import query_of
from recalldesk.incidents.tally.figures import When
from recalldesk.recalls.models import Recall
from recalldesk.reports.progress.cells import corrected, incidents
from recalldesk.reports.progress.figures import CellOf, Figure, Section, Span, Told
from recalldesk.reports.progress.report import Report
from recalldesk.reports.progress.words import affected, number


@dataclass(frozen=True)
class ShownNumber:
    """A number; `of` says which for whoever hears the link."""

    shown: str
    url: str = ""
    of: str = ""


@dataclass(frozen=True)
class ShownLine:
    """A row of a table of the form."""

    title: str
    cells: tuple[ShownNumber, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Definition:
    """What figures count, said once for all that count alike."""

    titles: str
    says: str


class ShownReport:
    """The tables of a report, in the order of the form."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def corrected(self) -> list[ShownLine]:
        """Section I."""
        whole = self._report.affected
        units = {corrected.BY_LEVEL[level].name: each for level, each in whole.levels.items()}
        units[corrected.TOTAL.name] = whole.total
        return [
            ShownLine(
                figure.title,
                (ShownNumber(affected(units[figure.name], whole)), *self._both(figure)),
                is_total=figure is corrected.TOTAL,
            )
            for figure in corrected.FIGURES
        ]

    def incidents(self) -> list[ShownLine]:
        """Section II."""
        return [
            ShownLine(
                title,
                tuple(
                    self._number(incidents.BY_KIND[kind, when], Span.PERIOD)
                    for when in (When.BEFORE, When.AFTER)
                ),
            )
            for kind, title in incidents.KINDS.items()
        ]

    def notified(self) -> list[ShownLine]:
        """Section III, the first table."""
        return self._lines(self._report.figures(Section.NOTIFIED))

    def contacted(self) -> list[ShownLine]:
        """Section III, the second table."""
        return self._lines(self._report.figures(Section.CONTACTED))

    def publicity(self) -> list[ShownLine]:
        """Section III: hits, posts of the networks that have any, looks at auction sites."""
        return self._lines(self._report.figures(Section.PUBLICITY))

    def beside(self) -> list[ShownLine]:
        """What the form has no cell for."""
        return self._lines([each for each in self._report.shown if each.is_beside])

    def definitions(self) -> Mapping[str, list[Definition]]:
        """By section."""
        found: dict[str, dict[str, list[str]]] = {}
        for figure in self._report.shown:
            said = found.setdefault(figure.section.value, {})
            said.setdefault(figure.says, []).append(figure.title)
        return {
            section: [Definition(", ".join(titles), says) for says, titles in said.items()]
            for section, said in found.items()
        }

    def _lines(self, figures: Sequence[Figure]) -> list[ShownLine]:
        return [ShownLine(each.title, self._both(each)) for each in figures]

    def _both(self, figure: Figure) -> tuple[ShownNumber, ShownNumber]:
        return self._number(figure, Span.PERIOD), self._number(figure, Span.SO_FAR)

    def _number(self, figure: Figure, span: Span) -> ShownNumber:
        words = "this period" if span is Span.PERIOD else "so far"
        cell = CellOf(figure, span)
        report = self._report
        url = reverse("console:progress_rows", args=[report.head.recall, cell.name])
        return ShownNumber(
            number(report.numbers[figure.name].of(span)),
            f"{url}?{query_of(report.period)}",
            f"{figure.title}, {words}",
        )


def row_address(told: Told, recall: Recall, by: Staff) -> str:
    """Where what a row is about is shown; empty where there is no page that the person may open."""
    make = _LEADS.get(told.kind)
    if make is None or not told.key:
        return ""
    url = make(recall, told.key)
    return url if may_open(by, url) else ""


def _claim(_: Recall, key: str) -> str:
    reference, position = key.split("/")
    return reverse("console:claim", kwargs={"reference": reference, "position": int(position)})


def _notice(recall: Recall, key: str) -> str:
    wave, notice = key.split("/")
    return reverse("console:wave_notice", args=[recall.slug, int(wave), int(notice)])


_LEADS: Mapping[str, Callable[[Recall, str], str]] = {
    "claim": _claim,
    "notice": _notice,
    "correction_report": lambda _, key: reverse("console:correction_report", args=[int(key)]),
    "incident": lambda _, key: reverse("console:incident", kwargs={"number": int(key)}),
    "order_file": lambda _, key: reverse("console:order_file", args=[int(key)]),
    "contact": lambda _, key: reverse("console:contact", args=[int(key)]),
}
