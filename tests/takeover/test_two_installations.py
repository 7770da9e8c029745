"""A recall leaves one installation and comes into another, by real commands in two data folders:
as many claims, remedies and notices, the same sums, and nobody is paid."""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recalldesk.demo.former_system import former_claims, ledger_lines, write_former_system
from recalldesk.demo.providers.tremendous import BASE
from recalldesk.foundation import clock
from tests.made_pictures import picture
from tests.now_and_then import now_and_then
from tests.operating.installed import Installed
from tests.programs import data_folder
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.takeover.former import kettles, text_of_cards

pytestmark = now_and_then

CLAIMS, AMOUNT, SLUG = 60, "39.90", "kettle-k20"
ANA, BEN = ("--as", "ana@desk.example"), ("--as", "ben@desk.example")
WHY = ("--reason", "Made up: we go elsewhere.")
COUNTED = {
    "claims.Claim": ("state", "product", "found", "holds_unit"),
    "remedies.Remedy": ("state", "key", "held"),
    "remedies.Order": ("provider", "reference", "amount", "currency"),
    "outreach.DirectNotice": ("way", "state", "sent_at", "country"),
    "claims.Filing": ("name", "email", "phone", "country", "filed_at"),
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MadeUp]:
    claims = former_claims(kettles(), seed=5, today=clock.now().date())
    write_former_system(tmp_path / "former", claims, amount=AMOUNT)
    lines = "\n".join(ledger_lines(claims, amount=AMOUNT)) + "\n"
    (tmp_path / "tremendous.jsonl").write_text(lines, encoding="utf-8")
    with made_up("tremendous", tmp_path, base=BASE) as running:
        yield running


def installed(home: Path, recall: Path, serials: Path, *column: str) -> Installed:
    """A fresh installation with the recall published."""
    found = Installed(home).prepared()
    people = (("ana", "administrator"), ("ben", "recall_manager"))
    for name, role in people:
        words = ("staff", "add", f"{name}@desk.example", "--name", f"{name} Made-Up")
        more = (*ANA, "--new-password-from", *PASSWORD) if name == "ben" else ()
        found.runs(*words, "--role", role, *more, **PASSWORD)
    runs = (
        ("recall", "apply", str(recall), *BEN),
        ("serials", "import", SLUG, str(serials), *column, *BEN),
        ("recall", "approve", SLUG, *ANA),
        ("recall", "publish", SLUG, *BEN),
    )
    for each in runs:
        found.runs(*each, **PASSWORD)
    return found


PASSWORD = {"RECALLDESK_STAFF_PASSWORD": "a made-up password of both"}


def said(folder: Path) -> dict[str, Any]:
    """What an export's tables count and sum up to."""
    found: dict[str, Any] = {}
    for table, columns in COUNTED.items():
        lines = (folder / f"tables/{table}.jsonl").read_text().splitlines()
        rows = [json.loads(line) for line in lines]
        found[table] = Counter(tuple(str(row[each]) for each in columns) for row in rows)
    lines = (folder / "tables/remedies.Order.jsonl").read_text().splitlines()
    found["sum"] = sum(Decimal(json.loads(each)["amount"] or 0) for each in lines)
    return found


def test_what_leaves_here_comes_in_there_and_nobody_is_paid(tmp_path: Path, server: MadeUp) -> None:
    recall, serials = tmp_path / "kettle.toml", tmp_path / "serials.csv"
    (tmp_path / "k20-front.jpg").write_bytes(picture())
    recall.write_text(text_of_cards(), encoding="utf-8")
    serials.write_text("serial\n" + "\n".join(kettles()) + "\n", encoding="utf-8")
    asked = {"RECALLDESK_TREMENDOUS_KEY": KEY, "RECALLDESK_TREMENDOUS_ADDRESS": server.address}
    with data_folder() as home, data_folder() as other_home:
        here = installed(home, recall, serials)
        here.runs("takeover", SLUG, str(tmp_path / "former"), *ANA, **PASSWORD)
        left, again = tmp_path / "left", tmp_path / "again"
        here.runs("leave", SLUG, "--to", str(left), *WHY, *ANA, **PASSWORD)
        version, entries = left / "recall/version-1.toml", left / "tables/units.SerialEntry.csv"
        there = installed(other_home, version, entries, "--column", "serial")
        taken = there.runs("takeover", SLUG, str(left), *ANA, **PASSWORD)
        assert "+ 0 rejected" in taken
        there.runs("leave", SLUG, "--to", str(again), *WHY, *ANA, **PASSWORD)
        assert said(again) == said(left)
        assert sum(said(left)["claims.Claim"].values()) == CLAIMS
        placed = len(server.lines("order"))
        there.runs("remedies", "reconcile", code=0, **asked)
        there.runs("takeover", SLUG, str(left), *ANA, **PASSWORD)
        assert len(server.lines("order")) == placed
