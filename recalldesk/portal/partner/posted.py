"""Where a partner hung up the notice, with a photo.

Guarantee: a photo is shown to its own partner alone, as the copy that was drawn anew.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.evidence.errors import FileMissing, NoPicture, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import PICTURE_TYPE, picture_bytes
from recalldesk.evidence.states import WAITING, PhotoKind, PhotoState
from recalldesk.evidence.words import Words
from recalldesk.foundation.page_policy import A_FILE
from recalldesk.portal.partner.forms import PostedForm, day_in
from recalldesk.portal.partner.visitor import AtRecall, lead_to, recall_page
from recalldesk.portal.partner.words import STOCK_PROBLEMS
from recalldesk.portal.uploading.photos_busy import busy_page
from recalldesk.portal.uploading.receiving import Place, few_at_once, receive_one
from recalldesk.portal.views.answering import page
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import Posting
from recalldesk.stock.posted_photos import photos_of_posting, shown_photo
from recalldesk.stock.posting import post_notice, take_down_notice
from recalldesk.stock.reads.partners import posting_numbered, postings_of
from recalldesk.stock.states import Through

MOST_SHOWN = 50


@few_at_once(busy_page)
@recall_page(posts=True)
def posted(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """The form, and where the notice hangs already."""
    if request.method != "POST":
        return _shown(request, at, PostedForm())
    if "posting" in request.POST:
        return _again(request, at)
    form = PostedForm(data=request.POST)
    since, until = form.day_in("since"), form.day_in("until")
    if since is None:
        form.say("since", STOCK_PROBLEMS[StockProblem.NO_DAY])
    if form.text("until") and until is None:
        form.say("until", STOCK_PROBLEMS[StockProblem.NO_DAY])
    if form.errors or since is None:
        return _shown(request, at, form, status=422)
    try:
        posting = post_notice(
            recall=at.recall,
            partner=at.partner,
            place=form.text("place"),
            since=since,
            until=until,
            by=at.partner,
            through=Through.PAGE,
            nonce=form.nonce,
        )
    except StockRefused as refused:
        form.show_refused(refused)
        return _shown(request, at, form, status=422)
    refused_photo = _photo(request, posting)
    if refused_photo is not None:
        return _shown(request, at, PostedForm(), refused=refused_photo, status=422)
    return lead_to(at.address("partner_posted"))


def _again(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """A notice that hangs already: another photo of it, or that it was taken down."""
    posting = _own(at, request.POST.get("posting", ""))
    form = PostedForm()
    refused_photo = _photo(request, posting)
    if "taken_down" in request.POST:
        day = day_in(request.POST.get("taken_down", ""))
        try:
            if day is None:
                raise StockRefused(StockProblem.NO_DAY)
            take_down_notice(posting=posting, until=day, by=at.partner)
        except StockRefused as refused:
            words = Words(STOCK_PROBLEMS[refused.kind], STOCK_PROBLEMS[refused.kind])
            return _shown(request, at, form, refused=words, status=422)
    if refused_photo is not None:
        return _shown(request, at, form, refused=refused_photo, status=422)
    return lead_to(at.address("partner_posted"))


def _own(at: AtRecall, said: str) -> Posting:
    is_number = said.isascii() and said.isdecimal() and len(said) < 16
    posting = posting_numbered(int(said)) if is_number else None
    if posting is None or posting.partner_id != at.partner.pk or posting.recall != at.recall:
        raise Http404(said)
    return posting


def _photo(request: HttpRequest, posting: Posting) -> Words | None:
    """Takes the photo that came, if any; why it was not taken."""
    upload = next(iter(request.FILES.getlist("photo")), None)
    if upload is None or not upload.size or posting.evidence is None:
        return None
    outcome = receive_one(request, Place(posting.evidence, PhotoKind.OTHER), upload.chunks())
    return None if isinstance(outcome, Photo) else outcome


def _shown(
    request: HttpRequest,
    at: AtRecall,
    form: PostedForm,
    *,
    refused: Words | None = None,
    status: int = 200,
) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {
            "posting": each,
            "photos": [(photo, photo.state in WAITING) for photo in photos_of_posting(each)],
            "is_taken_back": hasattr(each, "taken_back_by"),
        }
        for each in postings_of(at.recall, at.partner)[:MOST_SHOWN]
    ]
    values = {
        "at": at,
        "subject": at.subject,
        "document": at.document,
        "form": form,
        "refused": refused,
        "rows": rows,
        "clean": PhotoState.CLEAN,
    }
    frame = at.frame(request, at.address("partner_posted"))
    return page(request, "partner/posted.html", values, frame=frame, status=status)


@recall_page()
def picture(request: HttpRequest, at: AtRecall, number: int, photo_id: int) -> HttpResponse:
    """A photo of a posted notice."""
    posting = _own(at, str(number))
    try:
        content = picture_bytes(shown_photo(posting=posting, photo_id=photo_id, by=at.partner))
    except (NoPicture, FileMissing, StoreUnreachable) as problem:
        raise Http404(photo_id) from problem
    response = HttpResponse(content, content_type=PICTURE_TYPE)
    response["Content-Disposition"] = "inline; filename=photo.jpg"
    response["Content-Security-Policy"] = A_FILE
    return response
