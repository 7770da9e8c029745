"""What a partner gave back, replaced or repaired for its own customers: one by one, or by file.

Guarantees: every line of a file is accounted for on the page; what was not taken goes back to the
partner that sent it, as a file, and to nobody else; a file stands in the clear for a moment only;
which serials are recalled is told of so many a day.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.passing_files import folder_for_a_moment
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.portal.partner.forms import ReasonForm, RefundFileForm, RefundForm, measures
from recalldesk.portal.partner.visitor import AtRecall, lead_to, recall_page
from recalldesk.portal.partner.words import (
    ALREADY,
    MEASURES,
    NOT_KEPT,
    ROWS,
    STOCK_PROBLEMS,
    checked_enough,
    looked_enough,
)
from recalldesk.portal.uploading.photos_busy import busy_page
from recalldesk.portal.uploading.receiving import few_at_once
from recalldesk.portal.views.answering import page
from recalldesk.remedies.corrections.importing.run import CorrectionsTaken
from recalldesk.remedies.corrections.states import Measure, RowReason
from recalldesk.remedies.errors import AlreadyReported, CorrectionRefused
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.partners.telling_serials import may_be_told
from recalldesk.stock.reads.counts import refunds_of
from recalldesk.stock.refunding import (
    RefundRefused,
    RefundSaid,
    files_of,
    import_refunds,
    line_of,
    rejects_of,
    report_refund,
    take_back_refund,
)
from recalldesk.units.errors import UnitsError

MOST_SHOWN = 50
MOST_BYTES = 20_000_000
FILE = "file"


@few_at_once(busy_page)
@recall_page(posts=True)
def refunds(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """The forms, and what was told."""
    if request.method != "POST":
        return _shown(request, at)
    if FILE in request.FILES or "do_file" in request.POST or "look" in request.POST:
        return _by_file(request, at)
    form = RefundForm(data=request.POST)
    day = form.day_in("happened_on")
    if day is None:
        form.say("happened_on", STOCK_PROBLEMS[StockProblem.NO_DAY])
    if form.text("measure") not in dict(measures()):
        form.say("measure", ROWS[RowReason.NO_MEASURE])
    if not form.errors and form.text("serial") and not may_be_told(at.partner, 1):
        form.say("serial", checked_enough())
    if form.errors or day is None:
        return _shown(request, at, form=form, status=422)
    said = RefundSaid(
        Measure(form.text("measure")),
        day,
        serial=form.text("serial"),
        units=form.text("units"),
        reference=form.text("reference"),
    )
    try:
        report_refund(
            recall=at.recall, partner=at.partner, said=said, by=at.partner, nonce=form.nonce
        )
    except RefundRefused as refused:
        form.say(refused.field, ROWS[refused.reason])
    except StockRefused as refused:
        form.show_refused(refused)
    except AlreadyReported:
        form.say("serial", ALREADY)
    except CorrectionRefused:
        form.say("", NOT_KEPT)
    else:
        return lead_to(f"{at.address('partner_refunds')}?told=1")
    return _shown(request, at, form=form, status=422)


def _by_file(request: HttpRequest, at: AtRecall) -> HttpResponse:
    form = RefundFileForm(data=request.POST)
    only_look = "look" in request.POST
    try:
        taken = _taken(request, at, form, only_look=only_look)
    except _NoFile as amiss:
        return _shown(request, at, file_form=form, amiss=str(amiss), status=422)
    if only_look and not may_be_told(at.partner, taken.lines):
        return _shown(request, at, file_form=form, amiss=looked_enough(), status=429)
    rejected = [(each, ROWS[each.reason]) for each in taken.rejects[:MOST_SHOWN]]
    values = {
        "at": at,
        "subject": at.subject,
        "document": at.document,
        "taken": taken,
        "rejected": rejected,
        "more_rejected": len(taken.rejects) - len(rejected),
        "only_look": only_look,
    }
    frame = at.frame(request, at.address("partner_refunds"))
    return page(request, "partner/refund_file.html", values, frame=frame)


class _NoFile(Exception):
    """Why no file is read, in words for the page."""


def _taken(
    request: HttpRequest, at: AtRecall, form: RefundFileForm, *, only_look: bool
) -> CorrectionsTaken:
    upload = next(iter(request.FILES.getlist(FILE)), None)
    measure = form.text("usual_measure")
    if upload is None or not upload.size:
        raise _NoFile(gettext("Choose the file first."))
    if upload.size > MOST_BYTES:
        raise _NoFile(gettext("The file has more than 20 MB. Send it in parts."))
    if measure not in dict(measures()):
        raise _NoFile(gettext("Say what the customers got."))
    try:
        with folder_for_a_moment(settings.PASSING_FOLDER) as folder:
            path = _laid_down(folder, upload)
            return import_refunds(
                recall=at.recall,
                partner=at.partner,
                path=path,
                by=at.partner,
                usual_day=form.day_in("usual_day"),
                usual_measure=Measure(measure),
                only_look=only_look,
            )
    except StockRefused as refused:
        raise _NoFile(str(STOCK_PROBLEMS[refused.kind])) from refused
    except (PhotoRefused, RequestDataTooBig) as refused:
        raise _NoFile(gettext("The file has more than 20 MB. Send it in parts.")) from refused
    except (CorrectionRefused, UnitsError) as refused:
        raise _NoFile(
            gettext(
                "We cannot read this file. Its first line must name the columns, one of them"
                " “serial” or “units”; save it as CSV or XLSX with one sheet."
            )
        ) from refused


def _laid_down(folder: Path, upload: Any) -> Path:
    path = folder / "refunds"
    with path.open("xb") as file:
        for piece in upload.chunks():
            file.write(piece)
    return path


def _shown(
    request: HttpRequest,
    at: AtRecall,
    *,
    form: RefundForm | None = None,
    file_form: RefundFileForm | None = None,
    amiss: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = refunds_of(at.recall, at.partner).filter(takes_back=None)
    values = {
        "at": at,
        "subject": at.subject,
        "document": at.document,
        "form": form or RefundForm(),
        "file_form": file_form or RefundFileForm(prefix=None),
        "amiss": amiss,
        "was_told": "told" in request.GET,
        "rows": [_row(each) for each in rows[:MOST_SHOWN]],
        "files": files_of(at.partner, at.recall)[:MOST_SHOWN],
    }
    frame = at.frame(request, at.address("partner_refunds"))
    return page(request, "partner/refunds.html", values, frame=frame, status=status)


def _row(report: ReportedCorrection) -> dict[str, Any]:
    return {
        "report": report,
        "measure": MEASURES.get(Measure(report.measure), report.measure),
        "is_taken_back": hasattr(report, "taken_back_by"),
    }


@recall_page(posts=True)
def refund(request: HttpRequest, at: AtRecall, number: int) -> HttpResponse:
    """One of them, and how it is taken back."""
    report = refunds_of(at.recall, at.partner).filter(pk=number, takes_back=None).first()
    if report is None:
        raise Http404(number)
    form, status = ReasonForm(), 200
    if request.method == "POST":
        form, status = ReasonForm(data=request.POST), 422
        if not form.text("note"):
            form.say("note", STOCK_PROBLEMS[StockProblem.NO_REASON])
        else:
            take_back_refund(
                number=report.pk, partner=at.partner, by=at.partner, note=form.text("note")
            )
            return lead_to(at.address("partner_refund", report.pk))
    values = {
        "at": at,
        "subject": at.subject,
        "document": at.document,
        "form": form,
        "row": _row(report),
    }
    frame = at.frame(request, at.address("partner_refund", report.pk))
    return page(request, "partner/refund.html", values, frame=frame, status=status)


@recall_page()
def rejected(request: HttpRequest, at: AtRecall, number: int) -> HttpResponse:
    """The lines of a file that were not taken, to be put right and sent again."""
    try:
        rejects = rejects_of(at.partner, number)
        heads = (
            Heading(gettext("Line")),
            Heading(gettext("What is wrong")),
            Heading(gettext("The line as it came"), is_exact=True),
        )
        told = ((each.number, str(ROWS[RowReason(each.reason)]), line_of(each)) for each in rejects)
        content = b"".join(csv_parts(heads, told))
    except StockRefused as refused:
        raise Http404(number) from refused
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="not-taken-{number}.csv"'
    return response
