"""The report as a PDF, set by typst with the fonts that it brings along; no network is asked.

Guarantees: texts reach the template as data, never as its language; each picture stands above its
table and says in words what it shows. The PDF is tagged for screen readers (PDF/UA-1).
"""

import json
import re
from pathlib import Path
from typing import Any, Literal

import typst

from recalldesk.foundation.showable import showable
from recalldesk.reports.charts.drawing import NotDrawn, drawer
from recalldesk.reports.effectiveness.definitions import STEPS, Part
from recalldesk.reports.effectiveness.figures import Effectiveness
from recalldesk.reports.effectiveness.pictures import picture_of
from recalldesk.reports.effectiveness.tables import Table, tables_of

TEMPLATE = Path(__file__).with_name("effectiveness.typ")
WIDEST = 500.0
INKS = {
    "var(--act)": "#1f4e8c",
    "var(--tint)": "#dfe8f3",
    "var(--soft)": "#5b5f66",
    "var(--line)": "#d8d5cf",
    "var(--ink)": "#1d1f23",
    "var(--sheet)": "#ffffff",
}
"""On paper the tokens of the stylesheet are these."""


def as_pdf(found: Effectiveness) -> bytes:
    """The PDF."""
    return _set(found, "pdf")[0]


def as_pictures(found: Effectiveness) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(found, "png")


def _set(found: Effectiveness, form: Literal["pdf", "png"]) -> list[bytes]:
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format=form,
        ppi=80,
        sys_inputs={"report": json.dumps(_told(found))},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=int(found.at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _told(found: Effectiveness) -> dict[str, Any]:
    return {
        "title": f"Effectiveness of the recall {found.recall}",
        "product": showable(found.product),
        "recall": found.recall,
        "version": found.version,
        "made": f"{found.at:%Y-%m-%d %H:%M} UTC",
        "gift_cards": found.gift_cards,
        "steps": [list(step) for step in STEPS],
        "tables": [_table(table, found) for table in tables_of(found)],
    }


def _table(table: Table, found: Effectiveness) -> dict[str, Any]:
    svg, says, keys = "", "", list[dict[str, Any]]()
    picture = picture_of(table, found)
    if picture is not None:
        try:
            svg = drawer().draw(
                picture.spec, name=f"paper-{table.part}", title=table.definition.title, says=""
            )
            says = picture.says
            keys = [
                {"name": each.name, "fill": _ink(each.fill), "edge": _ink(each.edge)}
                for each in picture.keys
            ]
        except NotDrawn:
            svg = ""
    return {
        "title": table.definition.title,
        "counts": table.definition.says,
        "is_steps": table.part is Part.FROM_NOTICE,
        "svg": _on_paper(svg),
        "width": _width(svg),
        "says": says,
        "keys": keys,
        "heads": [showable(head) for head in table.heads],
        "lines": [
            {
                "title": showable(line.title),
                "numbers": [each.shown for each in line.numbers],
                "total": line.is_total,
            }
            for line in table.lines
        ],
    }


def _width(svg: str) -> float:
    """In points: texts of all pictures are as large on paper."""
    found = re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ', svg)
    return min(WIDEST, 0.62 * float(found[1])) if found else 0


def _ink(token: str) -> str:
    return INKS.get(token, "")


def _on_paper(svg: str) -> str:
    for token, ink in INKS.items():
        svg = svg.replace(token, ink)
    return svg
