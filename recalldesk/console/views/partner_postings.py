"""Where a partner hung up the notice: entered for it, its photos, taken down, taken back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.models import Partner
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.partner_forms import DownForm, PostingForm
from recalldesk.console.partner_shown import posting_values
from recalldesk.console.recall_named import recall_or_404
from recalldesk.console.views.claim import picture_of
from recalldesk.console.views.partner import partner_or_404, shown
from recalldesk.evidence.errors import NoPicture, PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.recalls.models import Recall
from recalldesk.stock.errors import StockRefused
from recalldesk.stock.models import Posting
from recalldesk.stock.posted_photos import send_photo, shown_photo
from recalldesk.stock.posting import post_notice, take_back_posting, take_down_notice
from recalldesk.stock.reads.partners import posting_numbered
from recalldesk.stock.states import Through


@takes_files
@require_POST
def new(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """That the notice hangs somewhere, with a photo where there is one."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    form = PostingForm(request.POST, auto_id="posted_%s")
    bound: dict[str, forms.Form] = {"posted_form": form}
    if not form.is_valid():
        return shown(request, recall, found, bound)
    try:
        kept = post_notice(
            recall=recall,
            partner=found,
            by=request.user,
            through=Through.DESK,
            **form.cleaned_data,
        )
    except StockRefused as refused:
        form.show(refused)
        return shown(request, recall, found, bound)
    upload = _photo_in(request)
    problem = _sent(request, kept, upload) if upload is not None else ""
    if problem:
        messages.warning(request, f"The place is kept. The photo is not: {problem}")
        return redirect("console:partner_posting", slug, number, kept.pk)
    messages.success(request, "Kept: the notice hangs there.")
    return redirect("console:partner", slug, number)


@require_safe
def posting(request: DeskRequest, slug: str, number: int, row: int) -> HttpResponse:
    """One place, with its photos."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    return _page(request, recall, found, _own(recall, found, row))


@takes_files
@require_POST
def photo(request: DeskRequest, slug: str, number: int, row: int) -> HttpResponse:
    """A photo of it that came later."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    own, upload = _own(recall, found, row), _photo_in(request)
    problem = "Choose the photo first." if upload is None else _sent(request, own, upload)
    if problem:
        return _page(request, recall, found, own, problem=problem)
    messages.success(request, "The photo is kept. It is shown once it is looked through.")
    return redirect("console:partner_posting", slug, number, row)


@require_POST
def down(request: DeskRequest, slug: str, number: int, row: int) -> HttpResponse:
    """That it was taken down."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    own, form = _own(recall, found, row), DownForm(request.POST, auto_id="down_%s")
    if form.is_valid():
        try:
            take_down_notice(posting=own, until=form.cleaned_data["until"], by=request.user)
        except StockRefused as refused:
            form.show(refused)
        else:
            messages.success(request, "Kept: it was taken down.")
            return redirect("console:partner_posting", slug, number, row)
    return _page(request, recall, found, own, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: DeskRequest, slug: str, number: int, row: int) -> HttpResponse:
    """Asks why, and takes it back."""
    recall, found, problem = recall_or_404(slug), partner_or_404(number), ""
    own = _own(recall, found, row)
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\0", "")
        try:
            take_back_posting(
                number=own.pk, by=request.user, through=Through.DESK, note=note, partner=found
            )
        except StockRefused as refused:
            problem = f"{refused} {refused.hint}"
        else:
            messages.success(request, "It is taken back: it counts no more.")
            return redirect("console:partner_posting", slug, number, row)
    values = {
        "recall": recall,
        "partner": found,
        "problem": problem,
        "title": f"Take back: the notice hangs at {own.place}",
        "button": "Take it back",
        "says": "It stays to be read. Another row says from now on that it counts no more.",
    }
    return page(request, "partners/reason.html", values, status=422 if problem else 200)


@require_safe
def picture(request: DeskRequest, slug: str, number: int, row: int, photo_id: int) -> HttpResponse:
    """One of its photos; the log says who looked."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    own = _own(recall, found, row)
    try:
        return picture_of(shown_photo(posting=own, photo_id=photo_id, by=request.user))
    except NoPicture as none:
        raise Http404(photo_id) from none


def _page(
    request: DeskRequest,
    recall: Recall,
    found: Partner,
    own: Posting,
    *,
    form: DownForm | None = None,
    problem: str = "",
) -> HttpResponse:
    values = posting_values(recall, found, own, request.user)
    values |= {"down_form": form or DownForm(auto_id="down_%s"), "problem": problem}
    is_wrong = form is not None or bool(problem)
    return page(request, "partners/posting.html", values, status=422 if is_wrong else 200)


def _own(recall: Recall, found: Partner, row: int) -> Posting:
    """A notice of this partner and recall; of any other there is none."""
    own = posting_numbered(row)
    if own is None or (own.partner_id, own.recall_id) != (found.pk, recall.pk):
        raise Http404(row)
    return own


def _photo_in(request: DeskRequest) -> SealedUpload | None:
    upload = next(iter(request.FILES.getlist("photo")), None)
    return upload if isinstance(upload, SealedUpload) and upload.size else None


def _sent(request: DeskRequest, own: Posting, upload: SealedUpload) -> str:
    """Why a photo was not taken; empty once it is kept."""
    try:
        send_photo(posting=own, chunks=upload.chunks(), by=request.user)
    except (PhotoRefused, StockRefused) as refused:
        return f"{refused} {refused.hint}"
    return ""
