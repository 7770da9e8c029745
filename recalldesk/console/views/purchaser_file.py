"""The order files of a recall, one of them, and its rejected lines to send back.

Guarantee: a rejected line is shown as its shape; as it came only after somebody said why, and the
log has it.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import CONTENT_TYPES
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_shown import (
    counted_words,
    file_shown,
    purchases_shown,
    reading_facts,
)
from recalldesk.console.purchaser_words import reject_in_words
from recalldesk.console.purchasers_asked import address, place_in, recall_asked, recall_of_file
from recalldesk.purchasers.errors import NoSuchFile, OrdersRefused
from recalldesk.purchasers.looking import NoReasonGiven, RejectedRow, rejected_shapes, show_rejected
from recalldesk.purchasers.reads.files import (
    MOST_COUNTED,
    RejectedLine,
    file_page,
    files_listed,
    rejects_of,
)
from recalldesk.purchasers.reads.purchases import PurchaseFilters, purchases_listed
from recalldesk.purchasers.states import FileKind
from recalldesk.purchasers.taking_back import take_back_file

PURCHASES_SHOWN = 20


@require_safe
def order_files(request: DeskRequest) -> HttpResponse:
    """The files of a recall, the newest first."""
    asked = recall_asked(request, request.GET.dict())
    values: dict[str, Any] = {
        "asked": asked,
        "may_import": request.user.may(Permission.IMPORT_ORDERS),
    }
    if asked.recall is not None:
        slug, after = asked.recall.slug, place_in(request.GET)
        shown = files_listed(asked.recall, by=request.user, after=after)
        values |= {
            "rows": [file_shown(row, slug) for row in shown.rows],
            "count": counted_words(shown.count, MOST_COUNTED),
            "first_url": address("order_files", recall=slug) if after else "",
            "after_url": address("order_files", recall=slug, after=str(shown.after))
            if shown.after
            else "",
        }
    return page(request, "purchasers/files.html", values)


@require_safe
def order_file(request: DeskRequest, number: int) -> HttpResponse:
    """One file: its law, its rejects, what was found in it."""
    may_import = request.user.may(Permission.IMPORT_ORDERS)
    recall = recall_of_file(request, number)
    after = place_in(request.GET)
    rows = rejected_shapes(recall, number, by=request.user, after=after) if may_import else ()
    return _file(request, number, rows)


@require_POST
def order_file_full(request: DeskRequest, number: int) -> HttpResponse:
    """The same, with its rejected lines as they came."""
    recall = recall_of_file(request, number)
    reason, after = request.POST.get("reason", ""), place_in(request.POST)
    try:
        rows = show_rejected(
            recall=recall, number=number, by=request.user, reason=reason, after=after
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except NoSuchFile as missing:
        raise Http404 from missing
    except NoReasonGiven as problem:
        shapes = rejected_shapes(recall, number, by=request.user, after=after)
        return _file(request, number, shapes, {"problem": problem}, status=422)
    return _file(request, number, rows, {"is_full": True})


def _file(
    request: DeskRequest,
    number: int,
    rejects: tuple[RejectedRow, ...],
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    recall = recall_of_file(request, number)
    after = place_in(request.POST if request.method == "POST" else request.GET)
    seen = file_page(recall, number, by=request.user, after=after)
    found = purchases_listed(
        recall, PurchaseFilters(file=number), by=request.user, size=PURCHASES_SHOWN
    )
    lines: tuple[RejectedLine | RejectedRow, ...] = rejects or seen.rejects
    values = {
        "row": file_shown(seen.row, recall.slug),
        "cells": _cells(seen.row, recall.slug),
        "facts": reading_facts(seen.row, seen.reading),
        "reasons": [(reject_in_words(word), f"{n:,}") for word, n in seen.reasons.items()],
        "rejected": seen.row.rejected,
        "rejects": [
            (each.number, reject_in_words(each.reason), getattr(each, "row", "")) for each in lines
        ],
        "after": after,
        "first_url": f"{address('order_file', number)}#rejects" if after else "",
        "after_url": f"{address('order_file', number, after=str(seen.after))}#rejects"
        if seen.after
        else "",
        "are_rejects_kept": seen.are_rejects_kept,
        "purchases": purchases_shown(found.rows),
        "more_url": address("purchasers", recall=recall.slug, file=str(number)),
        "may_import": request.user.may(Permission.IMPORT_ORDERS),
        "may_see": request.user.may(Permission.SEE_PERSONAL),
    }
    return page(request, "purchasers/file.html", values | (more or {}), status=status)


def _cells(row: Any, slug: str) -> list[tuple[str, str, str]]:
    """The figures that lead to rows: name, number, address."""
    file = str(row.number)
    is_back = row.kind is FileKind.RETURNS
    rows = address("purchasers", recall=slug, file=file) if row.purchases and not is_back else ""
    named = "Products of orders that came back" if is_back else "Purchases of affected products"
    return [
        (named, f"{row.purchases:,}", rows),
        ("Lines of other products", f"{row.lines_of_others:,}", ""),
        ("Rejected lines", f"{row.rejected:,}", "#rejects" if row.rejected else ""),
    ]


@require_POST
def order_file_take_back(request: DeskRequest, number: int) -> HttpResponse:
    """Takes a file back."""
    recall, reason = recall_of_file(request, number), request.POST.get("reason", "")
    try:
        done = take_back_file(recall=recall, number=number, by=request.user, reason=reason)
    except OrdersRefused as problem:
        shapes = rejected_shapes(recall, number, by=request.user)
        return _file(request, number, shapes, {"problem": problem}, status=422)
    messages.success(
        request,
        f"File {number} is taken back. Purchases that no other file names: {done.gone:,};"
        f" that others name, and that stay: {done.kept:,}.",
    )
    return HttpResponseRedirect(address("order_file", number), status=303)


@require_POST
def order_rejects(request: DeskRequest, number: int) -> HttpResponseBase:
    """The lines that were not taken, as a file to be sent back."""
    found = rejects_of(recall_of_file(request, number), number, by=request.user)
    if not found.count:
        raise Http404
    response = StreamingHttpResponse(found.parts, content_type=CONTENT_TYPES[SheetForm.CSV])
    name = f"rejects-of-order-file-{number}{found.suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
