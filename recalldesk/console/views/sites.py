"""Collection sites: the list, one site with what owners say of it, and what the desk learned."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.site_forms import NewSiteForm, SiteForm
from recalldesk.disposal.actions import (
    change_site,
    close_site,
    look_at_refusal,
    note_asked,
    open_site,
)
from recalldesk.disposal.entering import enter_site
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.reads import (
    PAGE,
    SitesAsked,
    countries_of_sites,
    refusals_of,
    refusals_waiting,
    site_or_none,
    sites_listed,
)
from recalldesk.disposal.states import Takes
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.reads import live_recalls

STANDINGS = (
    ("", "open"),
    ("refused", "turned somebody away"),
    ("unchecked", "nobody asked there"),
    ("closed", "closed"),
)
LONGEST = 60
FURTHEST_PAGE = 1_000


@require_safe
def sites(request: DeskRequest) -> HttpResponse:
    """A page of the list."""
    sent = request.GET.dict()
    asked = SitesAsked(
        text=sent.get("q", "").replace("\0", "")[:LONGEST].strip(),
        country=sent.get("country", "").replace("\0", "")[:2],
        takes=sent.get("takes", "") if sent.get("takes") in Takes.values else "",
        standing=sent.get("standing", "") if sent.get("standing") in dict(STANDINGS) else "",
    )
    pages = Paginator(sites_listed(asked, by=request.user), PAGE)
    number = sent.get("page", "1")
    shown = pages.get_page(
        min(int(number), FURTHEST_PAGE) if number.isascii() and number.isdecimal() else 1
    )
    named = {
        "q": asked.text,
        "country": asked.country,
        "takes": asked.takes,
        "standing": asked.standing,
    }
    values = {
        "asked": asked,
        "pages": shown,
        "count": pages.count,
        "query": urlencode({name: value for name, value in named.items() if value}),
        "countries": countries_of_sites(),
        "takes": Takes.choices,
        "standings": STANDINGS,
        "waiting": refusals_waiting(),
        "may_manage": request.user.may(Permission.MANAGE_SITES),
    }
    return page(request, "sites.html", values)


@require_safe
def site(request: DeskRequest, number: int) -> HttpResponse:
    """One site."""
    found = _found(number)
    return _shown(request, found, SiteForm.of(found))


@require_POST
def site_change(request: DeskRequest, number: int) -> HttpResponse:
    """Its fields, written anew."""
    found = _found(number)
    form = SiteForm.of(found, request.POST)
    if form.is_valid():
        try:
            change_site(site_id=number, values=form.values, by=request.user)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It is written.")
            return redirect("console:site", number)
    return _shown(request, found, form, status=422)


@require_POST
def site_act(request: DeskRequest, number: int) -> HttpResponse:
    """What one of the buttons of its page says."""
    asked, by = request.POST.get("do", ""), request.user
    refusal = request.POST.get("refusal", "")
    try:
        if asked in Takes.values:
            note_asked(site_id=number, takes=Takes(asked), by=by)
            said = "What they said is noted, as of today."
        elif asked == "close":
            close_site(site_id=number, by=by)
            said = "The site is closed: no owner is shown it."
        elif asked == "open":
            open_site(site_id=number, by=by)
            said = "The site is open again."
        elif refusal.isascii() and refusal.isdecimal() and len(refusal) < 19:
            look_at_refusal(refusal_id=int(refusal), by=by, set_aside=asked == "set_aside")
            said = "It is looked at."
        else:
            raise Http404
    except Problem as problem:
        raise Http404 from problem
    messages.success(request, said)
    return redirect("console:site", number)


@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: DeskRequest) -> HttpResponse:
    """The form for a site that no list names."""
    form = NewSiteForm(request.POST or None, initial={"country": _first_country()})
    if request.method == "POST" and form.is_valid():
        try:
            kept = enter_site(said=form.said, by=request.user)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The site is kept, and shown to owners.")
            return redirect("console:site", kept.pk)
    return page(request, "site_new.html", {"form": form}, status=422 if form.errors else 200)


def _first_country() -> str:
    return next((each.document.countries[0] for each in live_recalls()), "")


def _found(number: int) -> CollectionSite:
    found = site_or_none(number)
    if found is None:
        raise Http404
    return found


def _shown(
    request: DeskRequest, found: CollectionSite, form: SiteForm, *, status: int = 200
) -> HttpResponse:
    values: dict[str, Any] = {
        "site": found,
        "by_desk": [str(form.fields[name].label) for name in found.by_desk if name in form.fields],
        "refusals": refusals_of(found),
        "takes": Takes.choices,
        "form": form,
        "may_manage": request.user.may(Permission.MANAGE_SITES),
    }
    return page(request, "site.html", values, status=status)
