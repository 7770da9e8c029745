"""How the cells of a report read, the same on the page, in the PDF and in the workbook. Pure."""

import re

from recalldesk.publicity.reads import HomePage
from recalldesk.reports.progress.figures import Numbers
from recalldesk.reports.progress.head import Affected, Head
from recalldesk.reports.progress.publicity import AuctionLook
from recalldesk.reports.progress.report import Report

TITLE = "Monthly Progress Report for Corrective Action Plans"
FORM = "CPSC, form of 10/2015"
DASH = "—"
NOT_STATED = "not stated in the recall file"
NOT_ANSWERED = "Nobody has answered yet."
SO_FAR_SAYS = "So far: from the beginning up to the last day of the period."


def number(count: int | None) -> str:
    """1,200; a dash for what is not known."""
    return DASH if count is None else f"{count:,}"


def affected(units: int | None, whole: Affected) -> str:
    """A number of units affected, and whether it is rounded."""
    return f"about {units:,}" if units is not None and whole.is_about else number(units)


def both(numbers: Numbers) -> tuple[str, str]:
    """Of the period, and so far."""
    return number(numbers.in_period), number(numbers.so_far)


def home_page(answer: HomePage | None) -> str:
    """Whether the home page leads to the recall; if not, why."""
    if answer is None:
        return NOT_ANSWERED
    if not answer.is_linked:
        return f"No. {answer.why_not}"
    place = str(answer.place.label).lower() if answer.place else ""
    lacks = f" But {', and '.join(answer.lacks)}." if answer.lacks else ""
    return f"Yes, since {answer.since}: “{answer.link_text}”, {place}, on {answer.page}.{lacks}"


def found(look: AuctionLook) -> str:
    """Whether the product was found."""
    if not look.is_found:
        return "No"
    return f"Yes, {look.listings:,} listing{'' if look.listings == 1 else 's'}"


def stock(report: Report) -> str:
    """What partners have left, by their newest counts up to the end of the period."""
    left = report.stock
    if left.counted_at is None:
        return "No partner had told by the end of the period what it has."
    return (
        f"At the end of the period partners had {number(left.on_hand)} on hand and "
        f"{number(left.quarantined)} kept apart, by their newest counts, the last of "
        f"{left.counted_at:%Y-%m-%d}."
    )


def notes(report: Report) -> list[str]:
    """What whoever reads the figures must know of them."""
    said = []
    if not report.is_over:
        said.append(
            f"Counted on {report.counted_at:%Y-%m-%d %H:%M} UTC, before the period was over: the "
            "figures may still change."
        )
    said += countries(report.head)
    if report.head.made_up:
        parts = dict.fromkeys(re.split(r"[.\[]", each)[0] for each in report.head.made_up)
        entries = (
            "1 entry" if len(report.head.made_up) == 1 else f"{len(report.head.made_up)} entries"
        )
        said.append(
            f"Parts of the recall file are made up, as it says itself: {entries} of "
            f"{', '.join(parts)}."
        )
    return said


def countries(head: Head) -> list[str]:
    """That several countries stand in one figure."""
    if len(head.countries) < 2:
        return []
    named = ", ".join(head.countries)
    return [f"The figures are of all countries of the recall together: {named}."]
