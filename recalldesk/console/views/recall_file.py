"""A recall's file as a whole: taken, brought in, written as text; and the start of a new recall."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files, takes_long_forms
from recalldesk.console.recall_draft import Draft, draft_or_404
from recalldesk.console.views.recall_editing import frame_of, saved_words
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.uploading import SealedUpload
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.editing.choice_words import word_of
from recalldesk.recalls.errors import RecallFileProblems, RecallProblem
from recalldesk.recalls.keeping import ChangedMeanwhile, begin_recall, keep_text, never_complete
from recalldesk.recalls.recall_file import LONGEST, raw_of
from recalldesk.recalls.starting import check_name, empty_text, starting_text

MOST_FILE_BYTES = 4 * LONGEST
LONGEST_LINE_SHOWN = 160
EMPTY, MADE_UP, FILE = "empty", "made-up", "file"


class NewRecallForm(forms.Form):
    """How a recall begins."""

    slug = forms.CharField(
        label="Name in addresses",
        required=False,
        max_length=80,
        help_text="Small letters, digits and single hyphens, such as kettle-k20. It never changes. "
        "With a file of yours: the name that the file says.",
    )
    start = forms.ChoiceField(
        label="Start from",
        initial=EMPTY,
        widget=forms.RadioSelect,
        choices=[
            (EMPTY, "Nothing: each section says what it needs"),
            (MADE_UP, "The made-up kettle: whole, to be written over"),
            (FILE, "A file of yours, chosen below"),
        ],
    )
    languages = forms.MultipleChoiceField(
        label="Languages, where you start from nothing",
        required=False,
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
        choices=[(each, word_of("languages", each)) for each in LANGUAGES],
    )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def recall_new(request: DeskRequest) -> HttpResponse:
    """The start of a recall: its name, and from what it is begun."""
    form = NewRecallForm(request.POST if request.method == "POST" else None)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            slug, text = _start(request, form.cleaned_data)
            kept = begin_recall(slug=slug, text=text, by=request.user)
            messages.success(request, f"{slug} is begun. {saved_words(kept)}")
            return HttpResponseRedirect(reverse("console:recall_edit", args=[slug]), status=303)
        except Problem as refused:
            problem = refused
    status = 422 if problem or form.errors else 200
    values = {"form": form, "problem": problem, "begun": never_complete()}
    return page(request, "recall_new.html", values, status=status)


def _start(request: DeskRequest, chosen: dict[str, Any]) -> tuple[str, str]:
    """The name and the text of the new recall."""
    slug = chosen["slug"].strip()
    if chosen["start"] == MADE_UP:
        return slug, starting_text(slug)
    if chosen["start"] == EMPTY:
        return slug, empty_text(slug, tuple(chosen["languages"]) or LANGUAGES[:1])
    text = _text_sent(request)
    try:
        named = raw_of(text).get("recall")
    except RecallFileProblems:
        named = None
    slug = slug or (named if isinstance(named, str) else "")
    check_name(slug)
    return slug, text


def _text_sent(request: DeskRequest) -> str:
    """The text of the file that was chosen. Raises RecallProblem."""
    sent = request.FILES.get("file")
    if not isinstance(sent, SealedUpload):
        raise RecallProblem("No file was chosen.", "Choose the recall file first.")
    try:
        content = b"".join(sent.chunks())
    except PhotoRefused:
        content = b" " * (MOST_FILE_BYTES + 1)
    if len(content) > MOST_FILE_BYTES:
        raise RecallProblem("The file is too large for a recall file.", "Serials come in by Units.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecallProblem(
            "The file is not written in UTF-8.",
            "Save it as UTF-8 in your editor, and send it again.",
        ) from error


@takes_long_forms
@require_http_methods(["GET", "HEAD", "POST"])
def recall_file(request: DeskRequest, slug: str) -> HttpResponse:
    """The whole file as text."""
    draft = draft_or_404(slug)
    if request.method != "POST":
        return _file(request, draft)
    return _kept(request, draft, _with_its_line_ends(request.POST.get("text", ""), draft))


def _with_its_line_ends(text: str, draft: Draft) -> str:
    """A browser sends every line's end as two characters; the file keeps its own."""
    plain = text.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if "\r\n" in draft.file.text else plain


@takes_files
@require_POST
def recall_file_upload(request: DeskRequest, slug: str) -> HttpResponse:
    """The whole file, from one that is sent."""
    draft = draft_or_404(slug)
    try:
        text = _text_sent(request)
    except Problem as problem:
        return _file(request, draft, problem=problem)
    return _kept(request, draft, text)


def _kept(request: DeskRequest, draft: Draft, text: str) -> HttpResponse:
    slug, seen = draft.file.slug, request.POST.get("seen", "")
    try:
        require(request.user, Permission.EDIT_RECALL)
        kept = keep_text(slug=slug, text=text, seen=seen, by=request.user)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except ChangedMeanwhile as problem:
        return _file(request, draft_or_404(slug), text=text, problem=problem, has_theirs=True)
    except Problem as problem:
        return _file(request, draft, text=text, problem=problem)
    messages.success(request, saved_words(kept))
    return HttpResponseRedirect(reverse("console:recall_file", args=[slug]), status=303)


def _file(
    request: DeskRequest,
    draft: Draft,
    *,
    text: str | None = None,
    problem: Problem | None = None,
    has_theirs: bool = False,
) -> HttpResponse:
    lines = draft.file.text.split("\n")
    values = frame_of(request, draft) | {
        "text": draft.file.text if text is None else text,
        "has_theirs": has_theirs,
        "problem": problem,
        "lined": [
            (each, lines[each.line - 1].strip()[:LONGEST_LINE_SHOWN] if each.line else "")
            for each in draft.problems
        ],
    }
    status = 409 if has_theirs else 422 if problem else 200
    return page(request, "recall_file.html", values, status=status)


@require_safe
def recall_file_taken(request: DeskRequest, slug: str) -> HttpResponse:
    """The file, to be kept elsewhere."""
    draft = draft_or_404(slug)
    response = HttpResponse(draft.file.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{draft.file.slug}.toml"'
    return response
