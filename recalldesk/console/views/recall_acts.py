"""What is done with a version at the desk: by the same actions as the commands."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.recall_named import version_or_404
from recalldesk.console.version_shown import language_name, open_among
from recalldesk.console.views.recall_version import version_page
from recalldesk.foundation.problem import Problem
from recalldesk.notices.previews import link_to
from recalldesk.recalls.actions import override_notice_finding
from recalldesk.recalls.approval import send_back, send_for_approval
from recalldesk.recalls.linting import NoticeFinding, notice_findings_of
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.actions import approve_for_publication, override_finding
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.publication import standing_findings
from recalldesk.units.publishing import ask_to_publish

LONGEST = 2_000


@require_POST
def send(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Sends a draft to those who may approve it."""
    version = version_or_404(slug, number)
    word = _typed(request, "word")
    return _done(
        request,
        version,
        lambda: send_for_approval(version=version, by=request.user, word=word),
        "It is sent. Those who may approve it get a mail.",
    )


@require_POST
def send_it_back(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Sends it back to whoever sent it."""
    version = version_or_404(slug, number)
    reason = _typed(request, "reason")
    return _done(
        request,
        version,
        lambda: send_back(version=version, by=request.user, reason=reason),
        "It is sent back. Whoever sent it gets a mail.",
    )


@require_POST
def approve(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Approves what the page showed, with a reason for each error of the notice that is open."""
    version = version_or_404(slug, number)

    def act() -> object:
        stamp = request.POST.get("stamp", "")
        if not stamp:
            raise PublicationRefused("The page is not whole.", "Open it again; nothing was done.")
        return approve_for_publication(
            version=version,
            by=request.user,
            note=_typed(request, "note"),
            overrides=_reasons(request, notice_findings_of(version)),
            stamp=stamp,
        )

    return _done(request, version, act, "It is approved. From now on it cannot change.")


def _reasons(request: DeskRequest, found: tuple[NoticeFinding, ...]) -> dict[str, str]:
    """The reason for each open error that is overridden, by its name: its own, or that for all."""
    for_all = _typed(request, "why-all")
    given = {
        each.finding.name: _typed(request, f"why-{each.finding.digest}") or for_all
        for each in open_among(found)
    }
    return {name: why for name, why in given.items() if why}


@require_POST
def override(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """One of two people overrides what holds publication back, as they saw it."""
    version = version_or_404(slug, number)
    digest = request.POST.get("finding", "")

    def act() -> object:
        found = [each.finding for each in standing_findings(version)]
        meant = next((each for each in found if each.digest == digest), None)
        if meant is None:
            raise PublicationRefused(
                "What held it back changed since you looked.", "Look at what stands there now."
            )
        return override_finding(
            version=version, finding=meant, by=request.user, note=_typed(request, "reason")
        )

    return _done(request, version, act, "Your override counts.")


@require_POST
def override_notice(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """The approver overrides what the linter finds."""
    version = version_or_404(slug, number)
    digest = request.POST.get("finding", "")

    def act() -> object:
        found = [each.finding for each in notice_findings_of(version)]
        meant = next((each for each in found if each.digest == digest), None)
        if meant is None:
            raise PublicationRefused(
                "The linter does not find that any more.", "Look at what stands there now."
            )
        return override_notice_finding(
            version=version, finding=meant, by=request.user, reason=_typed(request, "reason")
        )

    return _done(request, version, act, "Your override counts.")


@require_POST
def publish(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Has a worker publish it; the page waits for that."""
    version = version_or_404(slug, number)
    return _done(request, version, lambda: ask_to_publish(version=version, by=request.user), "")


@require_POST
def link(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Makes a link by which somebody without an account sees the page as it would be."""
    version = version_or_404(slug, number)
    try:
        made = link_to(version=version, by=request.user)
    except Problem as problem:
        return version_page(request, version, problem=problem)
    if request.POST.get("open"):
        address = dict(made.addresses).get(request.POST["open"], made.addresses[0][1])
        return HttpResponseRedirect(urlsplit(address).path, status=303)  # where the desk is
    values = {
        "version": version,
        "link": made,
        "addresses": [(language_name(code), address) for code, address in made.addresses],
    }
    return page(request, "recall_link.html", values)


def _typed(request: DeskRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:LONGEST]


def _done(
    request: DeskRequest, version: RecallVersion, act: Callable[[], object], said: str
) -> HttpResponse:
    """Back to the page; or the page with why not, and with all that was typed."""
    try:
        act()
    except Problem as problem:
        fresh = version_or_404(version.recall.slug, version.number)
        return version_page(request, fresh, problem=problem, typed=request.POST.dict())
    if said:
        messages.success(request, said)
    address = reverse("console:recall_version", args=[version.recall.slug, version.number])
    return HttpResponseRedirect(address, status=303)
