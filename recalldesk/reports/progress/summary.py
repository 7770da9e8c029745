"""A summary for an authority that has no form of its own: tables of the same cells.

Guarantee: it says of itself that no official form stands behind it; each number in it is that of
the rows which its cell opens.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.inquiries.seats import require_seat
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.counting import count_figures
from recalldesk.reports.progress.figures import Figure, Numbers
from recalldesk.reports.progress.forms import ReportForm
from recalldesk.reports.progress.head import document_for
from recalldesk.reports.progress.moving import keep_moves
from recalldesk.reports.progress.publicity import publicity_of
from recalldesk.reports.progress.words import home_page, number


@dataclass(frozen=True)
class Section:
    """A table: figures of the period and so far; or `facts`, each with what is known of it."""

    title: str
    figures: tuple[Figure, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outline:
    """What an authority's summary holds. `says`: what it is, and that it is no official form;
    `is_wanted`: whether a recall has a country of that authority."""

    form: ReportForm
    title: str
    says: str
    make: Callable[[Document, str], Sequence[Section]]
    is_wanted: Callable[[Document], bool]


@dataclass(frozen=True)
class Summary:
    """One, computed."""

    outline: Outline
    recall: str
    version: int
    period: Period
    sections: tuple[Section, ...]
    numbers: Mapping[str, Numbers]
    counted_at: datetime

    @property
    def is_over(self) -> bool:
        """Whether the period was over when it was counted."""
        return self.counted_at >= self.period.ends_at

    @property
    def definitions(self) -> Mapping[str, list[str]]:
        """What figures count: each text once, with the titles that it is of."""
        found: dict[str, list[str]] = {}
        for section in self.sections:
            for figure in section.figures:
                found.setdefault(figure.says, []).append(figure.title)
        return found


def summary_of(recall: Recall, period: Period, outline: Outline, *, by: Staff) -> Summary:
    """Computes it. Raises NotPermitted, NoSeat, NoReport."""
    require_seat(by, recall)
    document, version = document_for(recall)
    counted_at = clock.now()
    keep_moves(recall)
    sections = tuple(outline.make(document, home_page(publicity_of(recall, period).home_page)))
    figures = [figure for section in sections for figure in section.figures]
    return Summary(
        outline,
        recall.slug,
        version,
        period,
        sections,
        count_figures(recall, period, figures),
        counted_at,
    )


def units_in(document: Document, countries: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The units of each country, as the recall file states them, and who answers there."""
    return tuple(
        (
            f"{each.country}: {each.regulator}"
            + (f", {each.case_number}" * bool(each.case_number)),
            f"{'about ' * each.units_are_about}{number(each.units)} units",
        )
        for each in document.jurisdictions
        if each.country in countries
    )


def as_json(summary: Summary) -> bytes:
    """The summary as a file."""
    return (json.dumps(_told(summary), ensure_ascii=False, indent=2) + "\n").encode()


def _told(summary: Summary) -> dict[str, Any]:
    return {
        "form": summary.outline.form.value,
        "title": summary.outline.title,
        "says": summary.outline.says,
        "recall": summary.recall,
        "version": summary.version,
        "period": {"from": str(summary.period.first), "to": str(summary.period.last)},
        "counted_at": summary.counted_at.isoformat(timespec="seconds"),
        "sections": [
            {
                "title": section.title,
                "facts": dict(section.facts),
                "figures": {
                    figure.name: {
                        "title": figure.title,
                        "period": summary.numbers[figure.name].in_period,
                        "so-far": summary.numbers[figure.name].so_far,
                        "counts": figure.says,
                    }
                    for figure in section.figures
                },
            }
            for section in summary.sections
        ],
    }
