"""Erasures before their day at the desk: one person asks, another agrees or refuses."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.keeping_forms import EarlyForm, ReasonForm
from recalldesk.foundation.problem import Problem
from recalldesk.keeping import early as erasing
from recalldesk.keeping import overview
from recalldesk.keeping.states import Thing
from recalldesk.keeping.things import thing_named
from recalldesk.recalls.reads import LONGEST_NUMBER


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """The form, and what is asked for with it."""
    if request.method != "POST":
        first = {name: request.GET.get(name, "") for name in ("thing", "name")}
        return page(request, "keeping/early_new.html", {"form": EarlyForm(initial=first)})
    form = EarlyForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        thing = Thing(typed["thing"])
        try:
            asked = erasing.ask_early(
                thing=thing,
                found=thing_named(thing, typed["name"]),
                reason=typed["reason"],
                by=request.user,
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It waits for a second person.")
            return redirect("console:early", asked.pk)
    return page(request, "keeping/early_new.html", {"form": form}, status=422)


@require_safe
def early(request: DeskRequest, number: int) -> HttpResponse:
    """What goes and what stays, who asked, and the form that decides."""
    return _page(request, number, ReasonForm())


def _page(
    request: DeskRequest, number: int, form: ReasonForm, *, status: int = 200
) -> HttpResponse:
    seen = overview.one_early(number, by=request.user) if number < 10**LONGEST_NUMBER else None
    if seen is None:
        raise Http404
    values = {
        "seen": seen,
        "form": form,
        "is_own": seen.early.asked_by_id == request.user.pk,
        "may_erase": request.user.may(Permission.ERASE_EARLY),
    }
    return page(request, "keeping/early.html", values, status=status)


@require_POST
def decide(request: DeskRequest, number: int) -> HttpResponse:
    """Agrees, and erases; or refuses."""
    form = ReasonForm(request.POST)
    if form.is_valid() and number < 10**LONGEST_NUMBER:
        agrees = request.POST.get("do") == "agree"
        try:
            chosen = erasing.agree if agrees else erasing.refuse
            chosen(number=number, reason=form.cleaned_data["reason"], by=request.user)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It is erased." if agrees else "Nothing is erased.")
            return redirect("console:early", number)
    return _page(request, number, form, status=422)
