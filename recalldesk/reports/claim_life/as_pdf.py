"""A claim's life as a PDF, set by typst with the fonts that it brings along; no network is asked.

Guarantee: what people wrote reaches the template as data, never as its language: whatever somebody
writes, it is shown and nothing else.
"""

import json
from pathlib import Path
from typing import Any, Literal

import typst

from recalldesk.foundation.showable import is_right_to_left, showable
from recalldesk.reports.claim_life.parts import TEXT, ClaimLife, Layout, Record, Section
from recalldesk.reports.claim_life.words import shown

TEMPLATE = Path(__file__).with_name("claim_life.typ")


def as_pdf(life: ClaimLife) -> bytes:
    """The PDF."""
    return _set(life, "pdf")[0]


def as_pictures(life: ClaimLife) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(life, "png")


def _set(life: ClaimLife, form: Literal["pdf", "png"]) -> list[bytes]:
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format=form,
        ppi=80,
        sys_inputs={"life": json.dumps(_told(life))},
        timestamp=int(life.exported_at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _told(life: ClaimLife) -> dict[str, Any]:
    return {
        "title": f"Claim {life.reference}",
        "recall": showable(life.recall),
        "exported": showable(f"{life.exported_by}, {shown(life.exported_at)}"),
        "reason": _cell(life.reason),
        "masked": not life.shows_personal,
        "head": life.head,
        "sections": [_section(section) for section in life.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "layout": section.layout.value,
        "columns": [
            {"title": column.title, "weight": column.weight, "code": column.is_code}
            for column in section.columns
        ],
        "records": [_record(section, record) for record in section.records],
        "none": section.none,
        "explanation": section.explanation,
    }


def _record(section: Section, record: Record) -> dict[str, Any]:
    cells = [_cell(shown(record.get(column.key))) for column in section.columns]
    told: dict[str, Any] = {"cells": cells}
    if section.layout is Layout.TEXTS:
        said = shown(record.get(TEXT)).replace("\r\n", "\n")
        told["paragraphs"] = [_cell(each) for each in said.split("\n") if each.strip()]
    return told


def _cell(text: str) -> dict[str, Any]:
    return {"text": showable(text), "rtl": is_right_to_left(text)}
