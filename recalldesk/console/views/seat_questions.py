"""Questions of an authority: asked, read with their answers, taken back. All are kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.seat_forms import QuestionForm
from recalldesk.console.seat_named import seen_recall_or_404
from recalldesk.evidence.enclosures.errors import FileNotShown
from recalldesk.evidence.enclosures.recognising import TYPES
from recalldesk.evidence.enclosures.states import FileKind
from recalldesk.foundation.page_policy import A_FILE
from recalldesk.inquiries.asking import ask, withdraw
from recalldesk.inquiries.attaching import attachment_bytes, file_name
from recalldesk.inquiries.errors import NoSeat, NoSuchQuestion, NotAsked
from recalldesk.inquiries.reads import SeenQuestion, question_seen, questions_seen
from recalldesk.inquiries.wording import LONGEST_ADDRESS, question_in
from recalldesk.recalls.reads import LONGEST_NUMBER

NONCE = 24


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: DeskRequest, slug: str) -> HttpResponse:
    """All of them, and the form for another."""
    if request.method == "POST":
        form = QuestionForm(request.POST)
        asked = _asked(request, slug, form) if form.is_valid() else None
        if asked is not None:
            messages.success(request, "The firm is told. You get a mail once it is answered.")
            return redirect("console:seat_question", slug, asked)
        return _page(request, slug, form, status=422)
    about = request.GET.get("about", "")[:LONGEST_ADDRESS]
    return _page(request, slug, QuestionForm(initial={"about": about}))


def _page(
    request: DeskRequest, slug: str, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    recall = seen_recall_or_404(slug, by=request.user)
    values = {
        "recall": recall,
        "questions": questions_seen(by=request.user, recall=recall),
        "form": form,
        "nonce": request.POST.get("nonce", "")[:64] or get_random_string(NONCE),
    }
    return page(request, "seat/questions.html", values, status=status)


def _asked(request: DeskRequest, slug: str, form: QuestionForm) -> int | None:
    """The number of the question; None where it was not taken, and the form says why."""
    recall = seen_recall_or_404(slug, by=request.user)
    typed = form.cleaned_data
    try:
        return ask(
            by=request.user,
            recall=recall,
            said=question_in(typed["subject"], typed["text"], typed["about"]),
            wanted_by=typed["wanted_by"],
            nonce=request.POST.get("nonce", "")[:64],
        ).pk
    except NoSeat as none:
        raise Http404 from none
    except NotAsked as problem:
        form.add_error(None, str(problem))
        return None


@require_safe
def question(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """One of them, with its answers."""
    recall = seen_recall_or_404(slug, by=request.user)
    values = {
        "recall": recall,
        "question": _question_or_404(request, slug, number),
        "at_seat": True,
    }
    return page(request, "seat/question.html", values)


@require_safe
def attachment(request: DeskRequest, slug: str, number: int, file: int) -> HttpResponse:
    """A file that the firm attached, to be kept; each time stands in the log."""
    seen_recall_or_404(slug, by=request.user)
    _question_or_404(request, slug, number)
    return attachment_or_404(request, number, file)


def attachment_or_404(request: DeskRequest, number: int, file: int) -> HttpResponse:
    """A clean file of a question that the person may read. Raises Http404."""
    if max(number, file) >= 10**LONGEST_NUMBER:
        raise Http404
    try:
        found, content = attachment_bytes(number=file, question=number, by=request.user)
    except FileNotShown as none:
        raise Http404(file) from none
    response = HttpResponse(content, content_type=TYPES[FileKind(found.kind)])
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    response["Content-Security-Policy"] = A_FILE
    return response


@require_POST
def question_withdraw(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Takes it back; it stays to be read."""
    seen_recall_or_404(slug, by=request.user)
    _question_or_404(request, slug, number)
    try:
        withdraw(number=number, by=request.user)
        messages.success(request, "The question is withdrawn. It stays here.")
    except (NoSuchQuestion, NoSeat) as none:
        raise Http404 from none
    except NotAsked as problem:
        messages.warning(request, str(problem))
    return redirect("console:seat_question", slug, number)


def _question_or_404(request: DeskRequest, slug: str, number: int) -> SeenQuestion:
    try:
        found = question_seen(number, by=request.user)
    except NoSuchQuestion as none:
        raise Http404 from none
    if found.recall != slug:
        raise Http404
    return found
