"""The report as a PDF, set by typst with the fonts that it brings along; no network is asked.

Guarantees: texts reach the template as data, never as its language; how a point stands is said in
words and by a sign, never by colour alone. The PDF is tagged for screen readers (PDF/UA-1).
"""

import json
from pathlib import Path
from typing import Any, Literal

import typst

from recalldesk.drill.paper.as_json import told
from recalldesk.drill.readiness.report import Readiness
from recalldesk.foundation.showable import showable

TEMPLATE = Path(__file__).with_name("readiness.typ")
PAPERS = ("us-letter", "a4")


def as_pdf(found: Readiness, *, paper: str = PAPERS[0]) -> bytes:
    """The PDF."""
    return _set(found, paper, "pdf")[0]


def as_pictures(found: Readiness, *, paper: str = PAPERS[0]) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(found, paper, "png")


def _set(found: Readiness, paper: str, form: Literal["pdf", "png"]) -> list[bytes]:
    report = _showable(told(found)) | {
        "launch": found.launch_in_words,
        "made": f"{found.at:%Y-%m-%d %H:%M} UTC",
        "figures": [list(each) for each in found.figures],
        "paper": paper,
    }
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format=form,
        ppi=80,
        sys_inputs={"report": json.dumps(report)},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=int(found.at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _showable(value: Any) -> Any:
    """Every text of a value as the fonts can show it."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, dict):
        return {name: _showable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_showable(each) for each in value]
    return value
