"""A summary as a PDF, set by typst with the fonts that it brings along; no network is asked.

Guarantee: what people wrote reaches the template as data, never as its language (PDF/UA-1).
"""

import json
from pathlib import Path
from typing import Any, Literal

import typst

from recalldesk.foundation.showable import showable
from recalldesk.reports.progress.summary import Summary
from recalldesk.reports.progress.words import SO_FAR_SAYS, both

TEMPLATE = Path(__file__).with_name("summary.typ")


def as_pdf(summary: Summary) -> bytes:
    """The PDF."""
    return _set(summary, "pdf")[0]


def as_pictures(summary: Summary) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(summary, "png")


def _set(summary: Summary, form: Literal["pdf", "png"]) -> list[bytes]:
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format=form,
        ppi=80,
        sys_inputs={"summary": json.dumps(_told(summary))},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=int(summary.counted_at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _told(summary: Summary) -> dict[str, Any]:
    period = summary.period
    return {
        "title": summary.outline.title,
        "says": summary.outline.says,
        "recall": summary.recall,
        "period": f"{period.first} to {period.last}",
        "counted": f"{summary.counted_at:%Y-%m-%d %H:%M} UTC",
        "version": str(summary.version),
        "running": not summary.is_over,
        "so_far": SO_FAR_SAYS,
        "sections": [
            {
                "title": section.title,
                "facts": [[showable(each) for each in fact] for fact in section.facts],
                "rows": [
                    [figure.title, *both(summary.numbers[figure.name])]
                    for figure in section.figures
                ],
            }
            for section in summary.sections
        ],
        "definitions": [
            [", ".join(titles), showable(says)] for says, titles in summary.definitions.items()
        ],
    }
