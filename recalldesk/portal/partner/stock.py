"""A partner's stock: what it has, what it sent back or destroyed, and each row that it told.

Guarantees: a certificate is handed out to its own partner alone, as a file to be kept; what is
taken back stays on the page and says so.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.evidence.enclosures.errors import FileNotShown, FileProblem, FileRefused
from recalldesk.evidence.enclosures.recognising import TYPES
from recalldesk.evidence.enclosures.states import FileKind, FileState
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.page_policy import A_FILE
from recalldesk.portal.partner.forms import CountForm, MovedForm, ReasonForm, units_name
from recalldesk.portal.partner.visitor import AtRecall, lead_to, recall_page
from recalldesk.portal.partner.words import (
    FILE_PROBLEMS,
    FILES,
    KINDS,
    NO_COUNT,
    STOCK_PROBLEMS,
)
from recalldesk.portal.uploading.photos_busy import busy_page
from recalldesk.portal.uploading.receiving import few_at_once
from recalldesk.portal.views.answering import page
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.stock.certificates.scanning import certificate_bytes, file_name
from recalldesk.stock.certificates.taking import add_certificate, report_movement
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import Stock, report_numbered, reports_of, stock_of
from recalldesk.stock.reads.partners import file_numbered
from recalldesk.stock.reporting import StockSaid, report_counts, take_back_stock
from recalldesk.stock.states import LEVELS, MOVEMENTS, Kind, Through

MOST_SHOWN = 50
FILE = "certificate"


def _rows(at: AtRecall) -> list[dict[str, Any]]:
    """What was told last, each row with its words."""
    return [_row(at, report) for report in reports_of(at.recall, at.partner)[:MOST_SHOWN]]


def _row(at: AtRecall, report: StockReport) -> dict[str, Any]:
    product = at.document.product_by_key.get(report.product)
    return {
        "report": report,
        "kind": KINDS[Kind(report.kind)],
        "product": product.names[0] if product else report.product,
        "is_taken_back": hasattr(report, "taken_back_by"),
        "files": [(each, FILES[FileState(each.state)]) for each in report.files.all()],
    }


def _values(at: AtRecall) -> dict[str, Any]:
    return {
        "at": at,
        "subject": at.subject,
        "stock": stock_of(at.recall, [at.partner]).get(at.partner.pk, Stock()),
        "rows": _rows(at),
        "document": at.document,
    }


@recall_page(posts=True)
def counts(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """How many the partner has: the newest counts hold."""
    products = at.document.products
    if request.method != "POST":
        return _counted(request, at, CountForm(products=products))
    form = CountForm(products=products, data=request.POST)
    told: list[StockSaid] = []
    day = form.day_in("day")
    if day is None:
        form.say("day", STOCK_PROBLEMS[StockProblem.NO_DAY])
    for product in products:
        for kind in LEVELS:
            units = form.units_in(units_name(product.key, kind))
            if units is None:
                continue
            if units < 0:
                form.say(units_name(product.key, kind), NO_COUNT)
            elif day is not None:
                told.append(StockSaid(kind, units, day, product=product.key))
    if not told and not form.errors:
        form.say(units_name(products[0].key), NO_COUNT)
    if form.errors:
        return _counted(request, at, form, status=422)
    try:
        report_counts(
            recall=at.recall,
            partner=at.partner,
            told=told,
            by=at.partner,
            through=Through.PAGE,
            nonce=form.nonce,
        )
    except StockRefused as refused:
        form.show_refused(refused, {"happened_on": "day"})
        return _counted(request, at, form, status=422)
    return lead_to(f"{at.address('partner_counts')}?told=1")


def _counted(
    request: HttpRequest, at: AtRecall, form: CountForm, status: int = 200
) -> HttpResponse:
    values = _values(at) | {"form": form, "was_told": "told" in request.GET}
    frame = at.frame(request, at.address("partner_counts"))
    return page(request, "partner/counts.html", values, frame=frame, status=status)


@few_at_once(busy_page)
@recall_page(posts=True)
def moved(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """What was sent back or destroyed, with its certificate where there is one."""
    products = at.document.products
    if request.method != "POST":
        return _moved_shown(request, at, MovedForm(products=products))
    form = MovedForm(products=products, data=request.POST)
    said = _moved_said(form)
    if form.errors or said is None:
        return _moved_shown(request, at, form, status=422)
    upload = next(iter(request.FILES.getlist(FILE)), None)
    try:
        report = report_movement(
            recall=at.recall,
            partner=at.partner,
            said=said,
            chunks=upload.chunks() if upload is not None and upload.size else None,
            by=at.partner,
            through=Through.PAGE,
            nonce=form.nonce,
        )
    except StockRefused as refused:
        form.show_refused(refused)
    except FileRefused as refused:
        return _moved_shown(request, at, form, amiss=FILE_PROBLEMS[refused.kind], status=422)
    except PhotoRefused:
        amiss = FILE_PROBLEMS[FileProblem.TOO_LARGE]
        return _moved_shown(request, at, form, amiss=amiss, status=422)
    except CorrectionRefused:
        form.say("", STOCK_PROBLEMS[StockProblem.NOT_PUBLISHED])
    else:
        return lead_to(f"{at.address('partner_row', report.pk)}?told=1")
    return _moved_shown(request, at, form, status=422)


def _moved_said(form: MovedForm) -> StockSaid | None:
    """What the form says; None where a part of it is missing, which is then said beside it."""
    kind, units, day = form.text("kind"), form.units_in("units"), form.day_in("happened_on")
    if kind not in [each.value for each in MOVEMENTS]:
        form.say("kind", STOCK_PROBLEMS[StockProblem.WHICH_KIND])
    if units is None or units < 1:
        form.say("units", STOCK_PROBLEMS[StockProblem.NO_UNITS])
    if day is None:
        form.say("happened_on", STOCK_PROBLEMS[StockProblem.NO_DAY])
    if form.errors or units is None or day is None:
        return None
    return StockSaid(
        Kind(kind),
        units,
        day,
        product=form.text("product"),
        came_back=form.is_ticked("came_back"),
        reference=form.text("reference"),
    )


def _moved_shown(
    request: HttpRequest, at: AtRecall, form: MovedForm, amiss: object = "", status: int = 200
) -> HttpResponse:
    values = _values(at) | {
        "form": form,
        "amiss": amiss,
        "came_back": form.is_ticked("came_back"),
        "refunds_url": at.address("partner_refunds"),
    }
    frame = at.frame(request, at.address("partner_moved"))
    return page(request, "partner/moved.html", values, frame=frame, status=status)


@few_at_once(busy_page)
@recall_page(posts=True)
def row(request: HttpRequest, at: AtRecall, number: int) -> HttpResponse:
    """One row: its certificates, and how it is taken back."""
    report = _own(at, number)
    form = ReasonForm(data=request.POST) if request.method == "POST" else ReasonForm()
    amiss: object = ""
    if request.method == "POST" and "take_back" in request.POST:
        try:
            take_back_stock(
                number=report.pk,
                by=at.partner,
                through=Through.PAGE,
                note=form.text("note"),
                partner=at.partner,
            )
            return lead_to(at.address("partner_row", report.pk))
        except StockRefused as refused:
            form.show_refused(refused)
    elif request.method == "POST":
        amiss = _add(request, at, report)
        if not amiss:
            return lead_to(at.address("partner_row", report.pk))
    values = {
        "at": at,
        "subject": at.subject,
        "form": form,
        "amiss": amiss,
        "row": _row(at, report),
        "document": at.document,
        "is_movement": report.kind in MOVEMENTS,
        "was_told": "told" in request.GET,
    }
    frame = at.frame(request, at.address("partner_row", report.pk))
    status = 200 if request.method != "POST" else 422
    return page(request, "partner/row.html", values, frame=frame, status=status)


def _add(request: HttpRequest, at: AtRecall, report: StockReport) -> object:
    """Takes a certificate; what is wrong with it, or nothing."""
    upload = next(iter(request.FILES.getlist(FILE)), None)
    if upload is None:
        return FILE_PROBLEMS[FileProblem.EMPTY]
    try:
        add_certificate(report=report, chunks=upload.chunks(), by=at.partner, through=Through.PAGE)
    except FileRefused as refused:
        return FILE_PROBLEMS[refused.kind]
    except StockRefused as refused:
        return STOCK_PROBLEMS[refused.kind]
    except PhotoRefused:
        return FILE_PROBLEMS[FileProblem.TOO_LARGE]
    return ""


def _own(at: AtRecall, number: int) -> StockReport:
    """A row of this partner and recall; of any other there is none."""
    report = report_numbered(number)
    is_own = (
        report is not None
        and report.partner_id == at.partner.pk
        and report.recall_id == at.recall.pk
        and report.takes_back_id is None
    )
    if report is None or not is_own:
        raise Http404(number)
    return report


@recall_page()
def certificate(request: HttpRequest, at: AtRecall, number: int) -> HttpResponse:
    """A certificate, as a file to be kept."""
    file = file_numbered(number)
    if file is None or file.recall_id != at.recall.pk:
        raise Http404(number)
    try:
        content = certificate_bytes(file=file, by=at.partner)
    except FileNotShown as problem:
        raise Http404(number) from problem
    response = HttpResponse(content, content_type=TYPES[FileKind(file.kind)])
    response["Content-Disposition"] = f'attachment; filename="{file_name(file)}"'
    response["Content-Security-Policy"] = A_FILE
    return response
