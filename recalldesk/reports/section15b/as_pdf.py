"""The draft as a PDF, set by typst with the fonts that it brings along; no network is asked.

Guarantee: what people wrote reaches the template as data, never as its language. The PDF is tagged
for screen readers, with its title and language (PDF/UA-1).
"""

import json
from pathlib import Path
from typing import Any, Literal

import typst

from recalldesk.foundation.showable import is_right_to_left, showable
from recalldesk.reports.section15b.parts import RULE, Account, Draft, Item

TEMPLATE = Path(__file__).with_name("section15b.typ")


def as_pdf(draft: Draft) -> bytes:
    """The PDF."""
    return _set(draft, "pdf")[0]


def as_pictures(draft: Draft) -> list[bytes]:
    """Its pages as PNG, for whoever wants to look at them."""
    return _set(draft, "png")


def _set(draft: Draft, form: Literal["pdf", "png"]) -> list[bytes]:
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format=form,
        ppi=80,
        sys_inputs={"draft": json.dumps(_told(draft))},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=int(draft.made_at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "title": f"Draft of a Full Report, {RULE}: {draft.recall}",
        "rule": RULE,
        "recall": draft.recall,
        "case": showable(draft.case_number),
        "version": draft.version,
        "made": showable(f"{draft.made_by}, {draft.made_at:%Y-%m-%d %H:%M} UTC"),
        "missing": draft.missing_count,
        "made_up": [showable(each) for each in draft.made_up],
        "items": [_item(item) for item in draft.items],
        "reports": [
            [
                str(row.number),
                showable(row.happened),
                row.happened_on,
                str(row.told_on or ""),
                f"{row.known_since:%Y-%m-%d %H:%M}",
                showable(row.reported),
            ]
            for row in draft.reports
        ],
        "accounts": [_account(each) for each in draft.accounts],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "asks": item.asks,
        "known": [
            {"text": _cell(each.text), "source": showable(each.source)} for each in item.known
        ],
        "missing": [showable(each) for each in item.missing],
    }


def _account(account: Account) -> dict[str, Any]:
    paragraphs = [part for part in account.told.replace("\r\n", "\n").split("\n") if part.strip()]
    return {
        "number": f"{account.number}"
        + (f" (told again of {account.same_as})" if account.same_as else ""),
        "hurt": [_cell(each) for each in account.hurt],
        "paragraphs": [_cell(each) for each in paragraphs],
    }


def _cell(text: str) -> dict[str, Any]:
    return {"text": showable(text), "rtl": is_right_to_left(text)}
