"""One field for a scanner: it types the code and presses Enter, and one large answer stands there.

Guarantees: it works without a script; what was scanned stands in the page itself, signed, and is
kept nowhere else: closing the page forgets it. What cannot be answered, or is more than a partner
is told a day, is said to be treated as recalled.
"""

from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import KeyRight
from recalldesk.accounts.reads import rights_of
from recalldesk.foundation.sheets import Heading
from recalldesk.portal.frame import general_frame
from recalldesk.portal.partner.answers import GRAVEST_FIRST, Teller, Told, read_code
from recalldesk.portal.partner.checking import cells_of, csv_file
from recalldesk.portal.partner.visitor import partner_page
from recalldesk.portal.partner.words import checked_enough
from recalldesk.portal.views.answering import page
from recalldesk.stock.partners.telling_serials import may_be_told
from recalldesk.units.naming import LONGEST_SERIAL

SALT = "recalldesk.portal.partner.scans"
MOST_KEPT = 500
"""Scans of a session that stand in the page; the oldest go first."""


@partner_page(posts=True)
def scan(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The field, the last answer, and what was scanned before."""
    past = _past(request.POST.get("past", "")) if request.method == "POST" else []
    if request.method == "POST" and "csv" in request.POST:
        return _as_csv(past)
    values: dict[str, Any] = {"partner": partner}
    text = str(request.POST.get("serial", "")).strip()[: LONGEST_SERIAL + 1]
    is_over = bool(text) and not may_be_told(partner, 1)
    if is_over:
        values["amiss"] = checked_enough()
    elif text:
        told = _told(text, partner)
        past = [told, *past][:MOST_KEPT]
        values["told"] = told
    values |= {
        "past": past,
        "counts": _counts(past),
        "signed": signing.dumps([_kept(each) for each in past], salt=SALT, compress=True),
    }
    frame = general_frame(request, reverse("portal:partner_scan"))
    status = 429 if is_over else 200
    return page(request, "partner/scan.html", values, frame=frame, status=status)


def _told(text: str, partner: Partner) -> Told:
    """The answer; a scan counts as a second look only where the partner's key has that right."""
    serial, symbology = read_code(text)
    if not serial:
        return Teller().tell(text)
    may_settle = symbology and KeyRight.SCANNER in rights_of(partner)
    return Teller().tell(serial, scanned_as=symbology if may_settle else "")


def _kept(told: Told) -> list[Any]:
    return [told.serial, told.verdict, told.words, told.recalls, told.second, told.versions]


def _past(signed: str) -> list[Told]:
    """What the page brought back; nothing of it where somebody changed it."""
    try:
        rows = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return []
    return [
        Told(serial, verdict, words, tuple(recalls), second, tuple(map(tuple, versions)))
        for serial, verdict, words, recalls, second, versions in rows
    ]


def _counts(past: list[Told]) -> list[tuple[Told, int]]:
    by_verdict = {each.verdict: each for each in past}
    return [
        (by_verdict[verdict], sum(each.verdict == verdict for each in past))
        for verdict in GRAVEST_FIRST
        if verdict in by_verdict
    ]


def _as_csv(past: list[Told]) -> HttpResponse:
    heads = (
        Heading(gettext("Serial number"), is_exact=True),
        Heading(gettext("Answer")),
        Heading(gettext("What to do")),
        Heading(gettext("Recall")),
        Heading(gettext("Checked")),
    )
    name = f"scans-{datetime.now(UTC):%Y-%m-%d}.csv"
    return csv_file((heads, (cells_of(each) for each in reversed(past))), name)
