"""Address labels as PDF, set by typst; no network is asked.

Guarantee: what people wrote reaches the template as data, never as its language; a character that
no font has stands as its number, so that whoever packs sees that something is missing.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from recalldesk.foundation.showable import is_right_to_left, showable
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.batches.marks import spaced

TEMPLATE = Path(__file__).with_name("labels.typ")


def labels_as_pdf(head: Head, entries: Sequence[Entry]) -> bytes:
    """A label a page, 100 x 150 mm, in the order of the list."""
    told = {
        "file": head.reference,
        "sender": [_cell(each.strip()) for each in settings.ENVIRONMENT.sender_lines.split("|")],
        "labels": [_label(entry) for entry in entries],
    }
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        sys_inputs={"told": json.dumps(told)},
        timestamp=int(head.at.timestamp()),
    )
    return bytes(made)


def _label(entry: Entry) -> dict[str, Any]:
    wanted, recipient = entry.wanted, entry.wanted.recipient
    goods = (wanted.options.get("parcel") or {}).get("dangerous_goods") or {}
    country = recipient.address.get("country_code", "")
    signs = [goods.get("un_number", ""), goods.get("packing_instruction", "")]
    if goods.get("ground_only"):
        signs.append("ground only")
    return {
        "mark": spaced(entry.mark),
        "lines": [_cell(each) for each in (recipient.name, *recipient.address_lines)],
        "country": country,
        "article": showable(str(wanted.options.get("article") or "")),
        "goods": showable(" · ".join(each for each in signs if each)),
    }


def _cell(text: str) -> dict[str, Any]:
    return {"text": showable(text), "rtl": is_right_to_left(text)}
