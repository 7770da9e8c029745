"""The report as a PDF, in the order of the form, set by typst with the fonts that it brings along.

Guarantees: no network is asked; what people wrote reaches the template as data, never as its
language; the PDF is tagged for screen readers (PDF/UA-1); the same report gives the same bytes.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import typst

from recalldesk.foundation.showable import showable
from recalldesk.incidents.tally.figures import When
from recalldesk.reports.progress.cells import corrected, incidents
from recalldesk.reports.progress.figures import Figure, Section
from recalldesk.reports.progress.report import Report
from recalldesk.reports.progress.words import (
    DASH,
    FORM,
    SO_FAR_SAYS,
    TITLE,
    affected,
    both,
    found,
    home_page,
    notes,
    number,
    stock,
)

TEMPLATE = Path(__file__).with_name("progress.typ")


def as_pdf(report: Report, *, digest: str = "", revision: int = 0) -> bytes:
    """The PDF. `digest`: the SHA-256 of what was frozen; `revision`: of the filing, 0 for none."""
    return _set(report, "pdf", digest, revision)[0]


def as_pictures(report: Report) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(report, "png", "", 0)


def _set(report: Report, form: Literal["pdf", "png"], digest: str, revision: int) -> list[bytes]:
    told = _told(report) | {"digest": digest, "revision": revision}
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format=form,
        ppi=80,
        sys_inputs={"report": json.dumps(told)},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=int(report.counted_at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _told(report: Report) -> dict[str, Any]:
    head = report.head
    return {
        "title": f"{TITLE}: {head.recall}",
        "heading": TITLE,
        "form": FORM,
        "recall": head.recall,
        "version": str(head.version),
        "counted": f"{report.counted_at:%Y-%m-%d %H:%M} UTC",
        "head": [
            ["Case number", showable(head.case_number) or DASH],
            ["Period", f"from {report.period.first} to {report.period.last}"],
            ["Compliance officer", showable(head.compliance_officer) or DASH],
            ["Firm", showable(head.firm)],
            ["Product", showable(head.product)],
        ],
        "notes": [showable(each) for each in notes(report)],
        "corrected": _corrected(report),
        "incidents": _incidents(report),
        "notified": _pairs(report, report.figures(Section.NOTIFIED)),
        "contacted": _pairs(report, report.figures(Section.CONTACTED)),
        "home": showable(home_page(report.publicity.home_page)),
        "hits": both(report.numbers["web-hits"]),
        "networks": [
            [str(each.network.label), number(each.posts), number(each.reactions)]
            for each in report.publicity.networks
        ],
        "looks": [
            [showable(each.site), str(each.checked_on), found(each), each.action, each.outcome]
            for each in report.publicity.looks
        ],
        "beside": _pairs(report, [each for each in report.shown if each.is_beside]),
        "stock": stock(report),
        "so_far": SO_FAR_SAYS,
        "definitions": _definitions(report),
    }


def _corrected(report: Report) -> list[list[str]]:
    rows = [
        [
            figure.title,
            affected(report.affected.levels[level], report.affected),
            *both(report.numbers[figure.name]),
        ]
        for level, figure in corrected.BY_LEVEL.items()
    ]
    total = report.numbers[corrected.TOTAL.name]
    return [*rows, ["Total", affected(report.affected.total, report.affected), *both(total)]]


def _incidents(report: Report) -> list[list[str]]:
    return [
        [
            title,
            *(
                number(report.numbers[incidents.BY_KIND[kind, when].name].in_period)
                for when in (When.BEFORE, When.AFTER)
            ),
        ]
        for kind, title in incidents.KINDS.items()
    ]


def _pairs(report: Report, figures: Sequence[Figure]) -> list[list[str]]:
    return [[figure.title, *both(report.numbers[figure.name])] for figure in figures]


def _definitions(report: Report) -> list[dict[str, Any]]:
    """By section; each text once, with the titles that it is of."""
    found: dict[str, dict[str, list[str]]] = {}
    for figure in report.shown:
        said = found.setdefault(figure.section.value, {})
        said.setdefault(showable(figure.says), []).append(figure.title)
    return [
        {"section": section, "said": [[", ".join(titles), says] for says, titles in said.items()]}
        for section, said in found.items()
    ]
