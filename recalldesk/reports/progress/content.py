"""The report as one value that can be written down: what JSON has, and what is frozen when filed.

Guarantee: the same report gives the same bytes; no name of staff or of an owner is in it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from recalldesk.recalls.models import Recall
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells.every import FIGURES
from recalldesk.reports.progress.counting import marks_of
from recalldesk.reports.progress.figures import Span
from recalldesk.reports.progress.forms import ReportForm
from recalldesk.reports.progress.publicity import Publicity
from recalldesk.reports.progress.report import Report
from recalldesk.reports.progress.words import found, home_page, notes, stock

WRITTEN_AS = 1
"""The form of this value. Another one gets the next number; what was filed stays as it was."""
Content = Mapping[str, Any]


def content_of(report: Report) -> dict[str, Any]:
    """The report: its head, its figures with their words, and what it says beside them."""
    head, publicity = report.head, report.publicity
    return {
        "written_as": WRITTEN_AS,
        "form": ReportForm.CPSC.value,
        "period": {"from": str(report.period.first), "to": str(report.period.last)},
        "counted_at": report.counted_at.isoformat(timespec="seconds"),
        "head": {
            "recall": head.recall,
            "version": head.version,
            "case_number": head.case_number,
            "compliance_officer": head.compliance_officer,
            "regulator": head.regulator,
            "firm": head.firm,
            "product": head.product,
            "countries": list(head.countries),
        },
        "notes": notes(report),
        "affected": {
            **{level.value: units for level, units in report.affected.levels.items()},
            "total": report.affected.total,
            "is_about": report.affected.is_about,
        },
        "figures": {
            figure.name: {
                "section": figure.section.value,
                "title": figure.title,
                "is_beside": figure.is_beside,
                Span.PERIOD.value: report.numbers[figure.name].in_period,
                Span.SO_FAR.value: report.numbers[figure.name].so_far,
                "counts": figure.says,
            }
            for figure in FIGURES
        },
        "stock": stock(report),
        "home_page": home_page(publicity.home_page),
        "networks": _networks(publicity),
        "auction_sites": _auction_sites(publicity),
    }


def _networks(publicity: Publicity) -> list[dict[str, Any]]:
    return [
        {
            "network": each.network.value,
            "posts": each.posts,
            "reactions": each.reactions,
            "comments": each.comments,
            "shares": each.shares,
            "read_on": str(each.read_on or ""),
        }
        for each in publicity.networks
    ]


def _auction_sites(publicity: Publicity) -> list[dict[str, Any]]:
    return [
        {
            "look": each.number,
            "site": each.site,
            "looked_on": str(each.checked_on),
            "found": found(each),
            "action": each.action,
            "outcome": each.outcome,
        }
        for each in publicity.looks
    ]


def with_rows(
    content: Content, recall: Recall, period: Period, *, with_digests: bool = False
) -> dict[str, Any]:
    """The same with what is frozen of the rows behind it: of each part of each ledger how many
    there were, what they add, the greatest number, and a digest where it is asked for."""
    return dict(content) | {
        "rows": {
            span.value: {
                ledger: {
                    part: {
                        "rows": mark.rows,
                        "adds": mark.adds,
                        "last": mark.last,
                        "digest": mark.digest,
                    }
                    for part, mark in sorted(marks.items())
                }
                for ledger, marks in marks_of(
                    recall, period, span, with_digests=with_digests
                ).items()
            }
            for span in Span
        }
    }


def written(content: Content) -> str:
    """As text, always the same."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def as_json(report: Report) -> bytes:
    """The report as a file."""
    return (json.dumps(content_of(report), ensure_ascii=False, indent=2) + "\n").encode()


def digest_of(text: str) -> str:
    """The SHA-256 of a text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
