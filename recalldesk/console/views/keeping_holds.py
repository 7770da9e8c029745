"""Legal holds at the desk: one is placed, looked at, lifted."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.keeping_forms import EVERY_RECALL, HoldForm, ReasonForm
from recalldesk.console.views.keeping import slugs
from recalldesk.foundation.problem import Problem
from recalldesk.keeping import overview
from recalldesk.keeping.errors import HoldRefused
from recalldesk.keeping.holding import HoldAsked, lift_hold, place_hold
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.states import Thing
from recalldesk.keeping.things import thing_at, thing_named
from recalldesk.recalls.reads import LONGEST_NUMBER, recall_named

PAGES = {
    Thing.FILING: "console:claim",
    Thing.INCIDENT: "console:incident",
    Thing.PURCHASER: "console:purchaser",
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """The form, and the hold that it places."""
    if request.method != "POST":
        first = {name: request.GET.get(name, "") for name in ("thing", "name", "recall")}
        return page(
            request, "keeping/hold_new.html", {"form": HoldForm(initial=first, recalls=slugs())}
        )
    form = HoldForm(request.POST, recalls=slugs())
    if form.is_valid():
        try:
            placed = place_hold(
                asked=_asked(form), reason=form.cleaned_data["reason"], by=request.user
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The hold is in force.")
            return redirect("console:hold", placed.pk)
    return page(request, "keeping/hold_new.html", {"form": form}, status=422)


def _asked(form: HoldForm) -> HoldAsked:
    """What the hold is to name. Raises KeepingProblem."""
    typed = form.cleaned_data
    thing = Thing(typed["thing"]) if typed["thing"] else None
    if thing is not None and typed["recall"]:
        raise HoldRefused("One thing and a recall are both named.", "Place two holds.")
    if thing is None and typed["name"]:
        raise HoldRefused(
            "One thing is named, and not what it is.", "Choose claim, incident or another."
        )
    if thing is None and not typed["recall"]:
        raise HoldRefused(
            "No recall is chosen, and no one thing.",
            "Choose a recall; “Every recall” holds all that there is.",
        )
    is_of_one = typed["recall"] and typed["recall"] != EVERY_RECALL
    return HoldAsked(
        recall=recall_named(typed["recall"]) if is_of_one else None,
        country=typed["country"],
        kind=Kind(typed["kind"]) if typed["kind"] else None,
        thing=thing,
        found=thing_named(thing, typed["name"]) if thing else None,
    )


@require_safe
def hold(request: DeskRequest, number: int) -> HttpResponse:
    """One hold, and the form that lifts it."""
    return _page(request, number, ReasonForm())


def _page(
    request: DeskRequest, number: int, form: ReasonForm, *, status: int = 200
) -> HttpResponse:
    seen = overview.hold_seen(number, by=request.user) if number < 10**LONGEST_NUMBER else None
    if seen is None:
        raise Http404
    values = {
        "seen": seen,
        "named": _address(seen.hold),
        "waiting": overview.waiting_under(seen.hold),
        "form": form,
        "may_hold": request.user.may(Permission.HOLD_DATA),
    }
    return page(request, "keeping/hold.html", values, status=status)


def _address(hold: LegalHold) -> str:
    """The page of the one thing that a hold names; empty where it names several, nothing is left,
    or a partner, who has a page for each recall."""
    if hold.thing not in PAGES or hold.thing_id is None:
        return ""
    found = thing_at(Thing(hold.thing), hold.thing_id)
    if found is None:
        return ""
    asked = (found.name, 1) if hold.thing == Thing.FILING else (found.number,)
    return reverse(PAGES[Thing(hold.thing)], args=asked)


@require_POST
def lift(request: DeskRequest, number: int) -> HttpResponse:
    """Lifts it."""
    form = ReasonForm(request.POST)
    if form.is_valid() and number < 10**LONGEST_NUMBER:
        try:
            lift_hold(number=number, reason=form.cleaned_data["reason"], by=request.user)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The hold is lifted. What waited for that is erased now.")
            return redirect("console:hold", number)
    return _page(request, number, form, status=422)
