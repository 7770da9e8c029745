"""What the firm does about authorities: gives and ends seats, reads their questions, answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import StaffProblem
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.recall_named import recall_or_404
from recalldesk.console.seat_forms import AnswerForm, PromiseForm, SeatForm
from recalldesk.console.views.seat_questions import attachment_or_404
from recalldesk.evidence.enclosures.errors import MOST_FILES, FileRefused
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.inquiries.answering import answer, promise
from recalldesk.inquiries.errors import InquiryProblem, NoSuchQuestion, NotAnswered
from recalldesk.inquiries.giving import SeatAsked, end_seat, give_seat
from recalldesk.inquiries.reads import (
    SeenQuestion,
    question_seen,
    questions_seen,
    seats_listed,
    standing_of,
)
from recalldesk.recalls.reads import LONGEST_NUMBER, every_recall

NONCE = 24
TOO_LARGE = "A file has more than 10 MB. Send a smaller one."


@require_safe
def seats(request: DeskRequest) -> HttpResponse:
    """The questions, the seats, and the form for another."""
    return _page(request, _form())


def _form(sent: QueryDict | None = None) -> SeatForm:
    return SeatForm(sent, recalls=[each.slug for each in every_recall()])


def _page(request: DeskRequest, form: SeatForm, *, status: int = 200) -> HttpResponse:
    asked = questions_seen(by=request.user)
    values = {
        "open": [each for each in asked if each.is_open],
        "closed": [each for each in asked if not each.is_open],
        "seats": [(each, standing_of(each)) for each in seats_listed(by=request.user)],
        "form": form,
        "may_invite": request.user.may(Permission.MANAGE_STAFF),
    }
    return page(request, "seat/seats.html", values, status=status)


@require_POST
def seat_give(request: DeskRequest) -> HttpResponse:
    """Gives a seat; who is not here yet is invited."""
    form = _form(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    try:
        seat = give_seat(
            email=typed["email"],
            name=typed["name"],
            asked=SeatAsked(
                recall_or_404(typed["recall"]),
                typed["authority"],
                typed["begins_on"],
                typed["until"],
            ),
            by=request.user,
            site=f"{request.scheme}://{request.get_host()}",
        )
    except (StaffProblem, InquiryProblem) as problem:
        form.add_error(None, str(problem))
        return _page(request, form, status=422)
    told = "They are told by mail." if seat.person.is_active else "The invitation is on its way."
    messages.success(request, f"{seat.person.name} has a seat at {seat.recall.slug}. {told}")
    return redirect("console:seats")


@require_POST
def seat_end(request: DeskRequest, number: int) -> HttpResponse:
    """Ends a seat at once."""
    if number >= 10**LONGEST_NUMBER:
        raise Http404
    try:
        seat = end_seat(number=number, by=request.user)
        messages.success(request, f"The seat of {seat.person.name} at {seat.recall.slug} is ended.")
    except InquiryProblem as problem:
        messages.warning(request, str(problem))
    return redirect("console:seats")


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def authority_question(request: DeskRequest, number: int) -> HttpResponse:
    """A question; its answer, and the day by which it comes."""
    found = _question_or_404(request, number)
    posted = request.POST if request.method == "POST" else None
    is_day = posted is not None and "day" in posted
    answering, promising = (
        AnswerForm(None if is_day else posted),
        PromiseForm(posted if is_day else None),
    )
    if posted is None:
        return _question(request, found, answering, promising)
    form = promising if is_day else answering
    if form.is_valid():
        try:
            messages.success(request, _done(request, number, form.cleaned_data))
            return redirect("console:authority_question", number)
        except NotAnswered as problem:
            form.add_error(None, str(problem))
        except PhotoRefused:
            form.add_error(None, TOO_LARGE)
        except FileRefused as problem:
            form.add_error(None, f"{problem} {problem.hint}")
    return _question(request, found, answering, promising, status=422)


@require_safe
def attachment(request: DeskRequest, number: int, file: int) -> HttpResponse:
    """A file that was attached, to be kept; each time stands in the log."""
    return attachment_or_404(request, number, file)


def _done(request: DeskRequest, number: int, typed: dict[str, Any]) -> str:
    """Keeps the day or the answer with its files; returns what to say of it. Raises NotAnswered,
    FileRefused, PhotoRefused."""
    if "day" in typed:
        promise(number=number, day=typed["day"], by=request.user)
        return "The authority is told the day."
    nonce = request.POST.get("nonce", "")[:64]
    files = [each.chunks() for each in request.FILES.getlist("attachments")]
    answer(number=number, text=typed["text"], by=request.user, nonce=nonce, files=files)
    return "The answer is kept, and the authority is told."


def _question(
    request: DeskRequest,
    found: SeenQuestion,
    answering: AnswerForm,
    promising: PromiseForm,
    *,
    status: int = 200,
) -> HttpResponse:
    values = {
        "question": found,
        "answering": answering,
        "promising": promising,
        "nonce": request.POST.get("nonce", "")[:64] or get_random_string(NONCE),
        "choose_again": bool(request.FILES),
        "most_files": MOST_FILES,
    }
    return page(request, "seat/answer.html", values, status=status)


def _question_or_404(request: DeskRequest, number: int) -> SeenQuestion:
    if number >= 10**LONGEST_NUMBER:
        raise Http404
    try:
        return question_seen(number, by=request.user)
    except NoSuchQuestion as none:
        raise Http404 from none
