"""The copied recall goes live in the sandbox, by two made-up people and through the real actions.

Guarantee: what keeps a version back is overridden here in words that say that it is a drill; the
firm's own approvals are not touched, and are judged apart.
"""

import csv
import io
import secrets
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from recalldesk.accounts.models import Staff
from recalldesk.pictures.actions import PictureFile, take_pictures
from recalldesk.pictures.reads import missing_pictures
from recalldesk.recalls.actions import apply_recall_file, override_notice_finding
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.recalls.linting import open_errors
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.remedies.providers.codes.importing.run import import_codes
from recalldesk.remedies.providers.codes.pools import open_pool
from recalldesk.units.actions import approve_for_publication, override_finding, publish_version
from recalldesk.units.publication import standing_findings
from recalldesk.units.taking import take_serials

WHY = "A drill in a sandbox: nobody reads this notice."
CODES = "DRILL"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def publish(
    order: Mapping[str, Any], folder: Path, *, author: Staff, approver: Staff
) -> LiveRecall:
    """Brings in lists and pictures, and makes the version live."""
    version = apply_recall_file(text=order["text"], by=author).version
    recall = version.recall
    for each in order["lists"]:
        path = folder / each["file"]
        take_serials(recall=recall, path=path, by=author, list_name=each["name"], made=each["made"])
    _bring_pictures(version, folder, author)
    version.refresh_from_db()
    errors = {error.finding.name: WHY for error in open_errors(version)}
    version = approve_for_publication(version=version, by=approver, overrides=errors)
    _override(version, author, approver)
    publish_version(version=version, by=approver)
    live = live_recall(recall.slug)
    assert live is not None  # it was published in the line before
    _stock_codes(live, recall, folder, owners=int(order["wanted"]["owners"]), by=author)
    return live


def _override(version: RecallVersion, author: Staff, approver: Staff) -> None:
    for error in open_errors(version):
        override_notice_finding(version=version, finding=error.finding, by=approver, reason=WHY)
    for standing in standing_findings(version):
        if standing.finding.can_be_overridden:
            for person in (author, approver):
                override_finding(version=version, finding=standing.finding, by=person, note=WHY)


def _bring_pictures(version: RecallVersion, folder: Path, by: Staff) -> None:
    """The recall's own; a plain sheet in the place of one that never came."""
    files = [
        PictureFile(name, partial(_picture, folder, name)) for name in missing_pictures(version)
    ]
    if files:
        take_pictures(recall=version.recall, files=files, by=by)


def _picture(folder: Path, name: str) -> bytes:
    path = folder / name
    if path.is_file():
        return path.read_bytes()
    sheet = Image.new("RGB", (1200, 900), "#d9d6cf")
    ImageDraw.Draw(sheet).text((60, 60), f"MADE UP: {name}", fill="#222222", font_size=48)
    kept = io.BytesIO()
    sheet.save(kept, "JPEG")
    return kept.getvalue()


def _stock_codes(live: LiveRecall, recall: Recall, folder: Path, *, owners: int, by: Staff) -> None:
    """A pool of made-up codes for each remedy that the firm's own codes are for."""
    for remedy in live.document.remedies:
        if remedy.provider_name is not ProviderName.CODES or remedy.value is None:
            continue
        named = remedy.ordering.pool if remedy.ordering else ""
        pool = open_pool(
            recall=recall,
            name=named or f"drill-{remedy.key}"[:60],
            value=Decimal(remedy.value.amount),
            currency=remedy.value.currency,
            by=by,
        )
        path = folder / f"codes-{remedy.key}.csv"
        with path.open("w", encoding="ascii", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("code",))
            rows.writerows((_code(),) for _ in range(owners + 20))
        import_codes(pool=pool, path=path, by=by)


def _code() -> str:
    return CODES + "".join(secrets.choice(LETTERS) for _ in range(12))
