"""Checks to be printed: a page each, as PDF, for the printer of checks; no network is asked.

Guarantee: what people wrote reaches the template as data, never as its language.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from recalldesk.foundation.showable import is_right_to_left, showable
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.batches.marks import spaced
from recalldesk.remedies.providers.refund.account import FirmAccount
from recalldesk.remedies.providers.refund.in_words import in_words

TEMPLATE = Path(__file__).with_name("checks.typ")


def checks_as_pdf(head: Head, entries: Sequence[Entry], account: FirmAccount) -> bytes:
    """A check a page, in the order of the list."""
    told = {
        "file": head.reference,
        "payer": _cell(account.holder),
        "day": f"{head.at:%Y-%m-%d}",
        "checks": [_check(head, entry) for entry in entries],
    }
    made: Any = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        sys_inputs={"told": json.dumps(told)},
        timestamp=int(head.at.timestamp()),
    )
    return bytes(made)


def _check(head: Head, entry: Entry) -> dict[str, Any]:
    recipient = entry.wanted.recipient
    return {
        "mark": spaced(entry.mark),
        "payee": _cell(recipient.name),
        "lines": [_cell(each) for each in recipient.address_lines],
        "country": recipient.address.get("country_code", ""),
        "amount": f"{head.currency} {entry.amount:,.2f}",
        "words": in_words(entry.amount),
        "memo": _cell(f"Refund, recall {entry.wanted.recall}"),
    }


def _cell(text: str) -> dict[str, Any]:
    return {"text": showable(text), "rtl": is_right_to_left(text)}
