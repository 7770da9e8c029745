"""What a partner tells by phone or letter is entered for it, and taken back where it was wrong."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from recalldesk.accounts.models import Partner
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.partner_forms import (
    AnswerForm,
    CountsForm,
    MovementForm,
    RefundForm,
    SaidForm,
)
from recalldesk.console.partner_shown import products_of
from recalldesk.console.recall_named import recall_or_404
from recalldesk.console.views.partner import partner_or_404, shown
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall
from recalldesk.stock.certificates.taking import report_movement
from recalldesk.stock.errors import StockRefused
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import report_numbered
from recalldesk.stock.reads.partners import partner_in
from recalldesk.stock.refunding import report_refund
from recalldesk.stock.reporting import report_counts, take_back_stock
from recalldesk.stock.states import Through
from recalldesk.stock.telling import acknowledge

TOO_LARGE = "The certificate has more than 10 MB. Send a smaller one."


@require_POST
def answer(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """That it stopped selling."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    notice = partner_in(recall, found).standing.notice
    if notice is None:
        raise Http404(number)
    form = AnswerForm(products_of(recall), request.POST, auto_id="answer_%s")

    def enter() -> None:
        acknowledge(
            notice=notice,
            by=request.user,
            said_by=form.cleaned_data["said_by"],
            on_hand=form.on_hand,
            through=Through.DESK,
            nonce=form.cleaned_data["nonce"],
        )

    said = f"Kept: {found.name} stopped selling."
    return _answered(request, recall, found, {"answer_form": form}, enter, said)


@require_POST
def counts(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """How many it has."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    form = CountsForm(products_of(recall), request.POST, auto_id="counts_%s")
    if form.is_valid() and not form.told_on(form.cleaned_data["day"]):
        form.add_error(None, "Write at least one count; 0 is one, too.")

    def enter() -> None:
        report_counts(
            recall=recall,
            partner=found,
            told=form.told_on(form.cleaned_data["day"]),
            by=request.user,
            through=Through.DESK,
            nonce=form.cleaned_data["nonce"],
        )

    return _answered(request, recall, found, {"counts_form": form}, enter, "The counts are kept.")


@takes_files
@require_POST
def moved(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """What it sent back or destroyed, with its certificate where there is one."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    form = MovementForm(products_of(recall), request.POST, auto_id="moved_%s")
    upload = next(iter(request.FILES.getlist("certificate")), None)

    def enter() -> None:
        report_movement(
            recall=recall,
            partner=found,
            said=form.said,
            chunks=upload.chunks() if upload is not None and upload.size else None,
            by=request.user,
            through=Through.DESK,
            nonce=form.cleaned_data["nonce"],
        )

    return _answered(request, recall, found, {"moved_form": form}, enter, "The units are kept.")


@require_POST
def refund(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """What it gave back, replaced or repaired for its customers."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    form = RefundForm(request.POST, auto_id="refund_%s")

    def enter() -> None:
        report_refund(
            recall=recall,
            partner=found,
            said=form.said,
            by=request.user,
            nonce=form.cleaned_data["nonce"],
        )

    said = "Kept: it counts among the corrections, at the consumers’ level."
    return _answered(request, recall, found, {"refund_form": form}, enter, said)


def _answered(
    request: DeskRequest,
    recall: Recall,
    found: Partner,
    bound: dict[str, SaidForm],
    enter: Callable[[], None],
    said: str,
) -> HttpResponse:
    (form,) = bound.values()
    if form.is_valid():
        try:
            enter()
        except PhotoRefused:
            form.add_error(None, TOO_LARGE)
        except Problem as refused:
            form.show(refused)
        else:
            messages.success(request, said)
            return redirect("console:partner", recall.slug, found.pk)
    kept: dict[str, forms.Form] = {**bound}
    return shown(request, recall, found, kept)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: DeskRequest, slug: str, number: int, row: int) -> HttpResponse:
    """Asks why, and takes a row back."""
    recall, found, problem = recall_or_404(slug), partner_or_404(number), ""
    report = own_row_or_404(recall, found, row)
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\0", "")
        try:
            take_back_stock(
                number=report.pk,
                by=request.user,
                through=Through.DESK,
                note=note,
                partner=found,
            )
        except StockRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"Row {row} is taken back: it counts no more.")
            return redirect("console:partner", slug, number)
    values = {
        "recall": recall,
        "partner": found,
        "problem": problem,
        "title": f"Take back row {report.pk}",
        "button": "Take it back",
        "says": "It stays where it is. Another row says from now on that it counts no more, and"
        " takes its correction back with it; figures of days before do not change.",
    }
    return page(request, "partners/reason.html", values, status=422 if problem else 200)


def own_row_or_404(recall: Recall, found: Partner, row: int) -> StockReport:
    """A row of this partner and recall; of any other there is none."""
    report = report_numbered(row)
    if report is None or report.takes_back_id is not None:
        raise Http404(row)
    if (report.partner_id, report.recall_id) != (found.pk, recall.pk):
        raise Http404(row)
    return report
