"""What made-up providers did, counted from their own ledgers, trays and the journal.

Guarantee: nothing is taken from the rows: a remedy that was handed out twice is seen here.
"""

from collections import Counter
from pathlib import Path

from recalldesk.demo.providers.ledger import lines_of
from recalldesk.remedies import journal
from recalldesk.remedies.batches.marks import read_mark
from recalldesk.remedies.providers.codes.given import GIVEN, WITHDRAWN


def effects_in(folder: Path) -> Counter[str]:
    """How often each remedy took effect, by its id or the mark of its line; what was cancelled
    counts no more."""
    found = Counter[str]()
    withdrawn = {line["remedy"] for line in journal.lines(WITHDRAWN)}
    given = {(line["remedy"], line["code"]) for line in journal.lines(GIVEN)}
    found.update(remedy for remedy, _ in given if remedy not in withdrawn)
    names: dict[str, str] = {}
    for line in lines_of(folder / "tremendous.jsonl"):
        if line["effect"] == "order":
            names[line["order"]] = line["external_id"]
            found[line["external_id"]] += 1
        elif line["effect"] == "cancel":
            found[names[line["order"]]] -= 1
    shipped: dict[str, str] = {}
    for line in lines_of(folder / "easypost.jsonl"):
        if line["effect"] == "label":
            shipped[line["shipment"]] = line["reference"]
            found[line["reference"]] += 1
        elif line["effect"] == "refund" and line["shipment"] in shipped:
            found[shipped[line["shipment"]]] -= 1
    for name in ("warehouse", "bank"):
        for line in lines_of(folder / f"{name}.jsonl"):
            found[read_mark(line["mark"])] += 1
    return found
