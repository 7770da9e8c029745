"""What a partner's own programs tell: stock, and what its customers got.

Guarantees: a key tells for its own partner only, of recalls of which that partner was told; the
same question sent again, by its own name, counts once; no answer holds a serial.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from recalldesk.accounts.api_keys import KnownKey
from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import KeyRight
from recalldesk.api.batch import ApiKey
from recalldesk.api.schemas import Problem
from recalldesk.api.stock_schemas import (
    RefundKept,
    RefundReport,
    StockKept,
    StockTold,
)
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Measure
from recalldesk.stock.reads.notices import notices_of, partner_numbered
from recalldesk.stock.refunding import RefundSaid, report_refund
from recalldesk.stock.reporting import StockSaid, nonce_of, report_stock
from recalldesk.stock.states import Kind, Through

ERRORS = (400, 401, 403, 404, 409, 411, 413, 422, 503)
DOCUMENTED = dict.fromkeys(ERRORS, Problem)

router = Router()


@router.post(
    "/stock",
    auth=ApiKey(),
    response={200: StockKept, **DOCUMENTED},
    summary="Tell stock",
    operation_id="tell_stock",
)
def tell_stock(request: HttpRequest, told: StockTold, response: HttpResponse) -> Any:
    """Keep a count, or what was returned or destroyed; for partners with a key."""
    partner = _partner(request)
    report = report_stock(
        recall=_recall(partner, told.recall),
        partner=partner,
        said=StockSaid(
            Kind(told.kind),
            told.units,
            told.happened_on,
            product=told.product or "",
            came_back=told.came_back,
            reference=told.reference,
        ),
        by=partner,
        through=Through.API,
        nonce=nonce_of("api", partner.pk, told.name),
    )
    response["Cache-Control"] = "no-store"
    return {
        "number": report.pk,
        "recall": told.recall,
        "kind": report.kind,
        "product": report.product,
        "units": report.units,
        "happened_on": report.happened_on,
        "told_at": report.at,
        "counts_as_corrected": report.correction_id is not None,
    }


@router.post(
    "/refunds",
    auth=ApiKey(),
    response={200: RefundKept, **DOCUMENTED},
    summary="Tell what a customer got",
    operation_id="tell_refund",
)
def tell_refund(request: HttpRequest, told: RefundReport, response: HttpResponse) -> Any:
    """Keep that a customer's unit was refunded, replaced or repaired; for partners with a key."""
    partner = _partner(request)
    report = report_refund(
        recall=_recall(partner, told.recall),
        partner=partner,
        said=RefundSaid(
            Measure(told.measure),
            told.happened_on,
            serial=told.serial or "",
            units=str(told.units) if told.units is not None else "",
            reference=told.reference,
        ),
        by=partner,
        nonce=nonce_of("api", partner.pk, told.name),
    )
    response["Cache-Control"] = "no-store"
    return {
        "number": report.pk,
        "recall": told.recall,
        "measure": report.measure,
        "units": report.units,
        "happened_on": report.happened_on,
        "told_at": report.at,
    }


def _partner(request: HttpRequest) -> Partner:
    """For whom the key speaks. Raises KeyMayNot."""
    key: KnownKey = request.auth  # type: ignore[attr-defined]  # set by ninja from what ApiKey gave
    key.require(KeyRight.STOCK)
    partner = partner_numbered(key.partner_id) if key.partner_id is not None else None
    if partner is None or not partner.is_active:
        raise Http404  # it ended this very moment: its keys are revoked with it
    return partner


def _recall(partner: Partner, slug: str) -> Recall:
    """One of which the partner was told; any other is not there."""
    for notice in notices_of(partner):
        if notice.recall.slug == slug:
            return notice.recall
    raise Http404
