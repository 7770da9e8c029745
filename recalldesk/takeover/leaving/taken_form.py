"""Claims and notices in the form that `recalldesk takeover` reads, for whoever goes on elsewhere.

Guarantee: whoever reads these files knows each claim, its remedy with the provider's reference, and
each notice; a remedy that a provider may have is said to be unknown, so that nobody orders it anew.
"""

import json
from collections.abc import Iterator, Mapping

from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.foundation.sheets import Cell
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.headings import ADDRESS_COLUMNS, COLUMNS
from recalldesk.takeover.mapping import NAME
from recalldesk.takeover.models import TakenClaim
from recalldesk.takeover.said import UNKNOWN
from recalldesk.takeover.states import FileOf

AT_ONCE = 500
MAPPING = 'system = "Recalldesk"\n'
MAPPING_NAME = NAME
GIVEN = (NoticeState.SENT, NoticeState.BOUNCED, NoticeState.REFUSED)
LAST_MOVE = ("delivered_at", "sent_at", "ordered_at")
Row = dict[str, str]


def claim_rows(recall: Recall, photos: Mapping[int, list[str]]) -> Iterator[list[Cell]]:
    """Each claim that was sent. `photos`: names of files, by their set."""
    rows = Claim.objects.filter(recall=recall).exclude(state=ClaimState.DRAFT)
    rows = rows.select_related("filing", "remedy__order").order_by("filing_id", "position")
    for claim in rows.iterator(chunk_size=AT_ONCE):
        said = _claim(claim) | {"photos": ";".join(photos.get(claim.evidence_id, ()))}
        yield [said.get(name, "") for name in COLUMNS[FileOf.CLAIMS]]


def _claim(claim: Claim) -> Row:
    filing = claim.filing
    address = opened(filing, "sealed_address")
    given = json.loads(address) if address else {}
    return {
        "reference": filing.reference,
        "unit": str(claim.position),
        "state": claim.state,
        "filed_on": f"{filing.filed_at:%Y-%m-%d}" if filing.filed_at else "",
        "serial": opened(claim, "sealed_serial"),
        "product": claim.product,
        "name": opened(filing, "sealed_name"),
        "email": opened(filing, "sealed_email"),
        "phone": opened(filing, "sealed_phone"),
        **{name: given.get(name, "") for name in ADDRESS_COLUMNS},
        "country": filing.country,
        "language": filing.language,
        "remedy": filing.remedy_key,
        **_remedy(claim),
    }


def _remedy(claim: Claim) -> Row:
    remedy = claim.remedy
    if remedy is None:
        return {}
    order: Order | None = getattr(remedy, "order", None)
    if order is None and remedy.state == RemedyState.CANCELLED:
        return {}  # it was taken back before anything was ordered
    if order is None:
        is_owed = remedy.state == RemedyState.WAITING and not _may_be_paid(claim, remedy)
        return {"remedy": remedy.key, "remedy_state": "waiting" if is_owed else UNKNOWN}
    is_known = remedy.state not in (RemedyState.ORDERING, RemedyState.WAITING)
    moved = next((at for name in LAST_MOVE if (at := getattr(order, name)) is not None), None)
    return {
        "remedy": remedy.key,
        "remedy_state": remedy.state if is_known else UNKNOWN,
        "remedy_amount": "" if order.amount is None else f"{order.amount:.2f}",
        "remedy_currency": order.currency,
        "remedy_provider": order.provider,
        "remedy_reference": order.reference or (str(order.remedy_id) if is_known else ""),
        "remedy_on": f"{moved:%Y-%m-%d}" if moved else "",
    }


def _may_be_paid(claim: Claim, remedy: Remedy) -> bool:
    """Whether a system before this one may have sent it, or said so, and no line said by what."""
    taken = TakenClaim.objects.filter(claim=claim, is_paid=True, claim__remedy__taken_over=None)
    return remedy.held == Held.MAYBE_SENT or (remedy.held == Held.TAKEN_OVER and taken.exists())


def notice_rows(recall: Recall) -> Iterator[list[Cell]]:
    """Each notice that was given, or came back."""
    rows = DirectNotice.objects.filter(recall_id=recall.pk, state__in=GIVEN).order_by("pk")
    for notice in rows.iterator(chunk_size=AT_ONCE):
        said = _notice(notice)
        yield [said.get(name, "") for name in COLUMNS[FileOf.NOTICES]]


def _notice(notice: DirectNotice) -> Row:
    to = opened(notice, "sealed_to")
    is_address = notice.kind == ContactKind.ADDRESS
    given = json.loads(to) if is_address and to else {}
    at = notice.sent_at or notice.ended_at
    state = "delivered" if notice.delivered_at else notice.state
    return {
        "contact": "" if is_address else to,
        "way": notice.way,
        "told_on": f"{at:%Y-%m-%d}" if at else "",
        "state": notice.state if notice.state != NoticeState.SENT else state,
        **{name: str(given.get(name, "")) for name in ADDRESS_COLUMNS},
        "country": notice.country or str(given.get("country_code", "")),
        "language": notice.language,
    }
