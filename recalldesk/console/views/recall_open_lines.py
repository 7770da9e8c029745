"""Rejected lines of a file of serials, settled at the desk as by the command.

Guarantee: what is settled is what the page showed; who brought the file in settles none of it.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recalldesk.audit.states import Reason
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import recall_or_404
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.models import Recall
from recalldesk.units.actions import settle_rejects
from recalldesk.units.errors import UnitsError
from recalldesk.units.imported import OpenFile, files_with_open_lines, open_lines
from recalldesk.units.models import SerialReject

SHOWN = 200
EVERY = "every"
HOW = ((Reason.CORRECTED, "It came again in another file"), (Reason.NOT_A_UNIT, "It names no unit"))


class SettlingForm(forms.Form):
    """Why lines are no longer open."""

    how = forms.ChoiceField(
        label="Why they are no longer open",
        choices=[("", "Choose"), *((reason.value, words) for reason, words in HOW)],
        error_messages={"required": "Choose why."},
    )
    reason = forms.CharField(
        label="In your words, for the log",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say it in your words."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recall_open_lines(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The open lines of a file; sent, those that were chosen, or all that were shown."""
    recall = recall_or_404(slug)
    if request.method == "POST":
        return _settled(request, recall, number)
    return _page(request, _file_or_404(request, recall, number), SettlingForm())


def _file_or_404(request: DeskRequest, recall: Recall, number: int) -> OpenFile:
    files = files_with_open_lines(recall, by=request.user)
    found = next((each for each in files if each.file.pk == number), None)
    if found is None:
        raise Http404
    return found


def _settled(request: DeskRequest, recall: Recall, number: int) -> HttpResponse:
    form = SettlingForm(request.POST)
    try:
        count = _settle(request, recall, number, form) if form.is_valid() else None
    except Problem as problem:
        return _page(request, _file_or_404(request, recall, number), form, problem)
    if count is None:
        return _page(request, _file_or_404(request, recall, number), form)
    if count:
        messages.success(request, f"{count} line{'s are' if count > 1 else ' is'} settled.")
    else:
        messages.warning(request, "Nothing was left to settle: somebody did it before.")
    left = {each.file.pk for each in files_with_open_lines(recall, by=request.user)}
    name = "console:recall_open_lines" if number in left else "console:recall_serials"
    where = [recall.slug, number] if number in left else [recall.slug]
    return HttpResponseRedirect(reverse(name, args=where), status=303)


def _settle(request: DeskRequest, recall: Recall, number: int, form: SettlingForm) -> int:
    chosen = _numbers(request, "shown" if request.POST.get("do") == EVERY else "line")
    if not chosen:
        raise UnitsError("No line is chosen.", "Tick those that you settle.")
    return settle_rejects(
        rejects=SerialReject.objects.filter(
            serial_import__version__recall=recall, serial_import=number, pk__in=chosen
        ),
        reason=Reason(form.cleaned_data["how"]),
        by=request.user,
        note=form.cleaned_data["reason"],
    )


def _numbers(request: DeskRequest, name: str) -> set[int]:
    """The lines named; what is no number of one is none."""
    given = request.POST.getlist(name)[:SHOWN]
    return {int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 19}


def _page(
    request: DeskRequest, file: OpenFile, form: SettlingForm, problem: Problem | None = None
) -> HttpResponse:
    values: dict[str, Any] = {
        "slug": file.file.version.recall.slug,
        "open": file,
        "lines": open_lines(file.file, by=request.user, most=SHOWN),
        "chosen": _numbers(request, "line"),
        "form": form,
        "problem": problem,
        "every": EVERY,
    }
    wrong = problem is not None or bool(form.errors)
    return page(request, "recall_open_lines.html", values, status=422 if wrong else 200)
