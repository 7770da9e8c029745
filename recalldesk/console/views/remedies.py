"""Remedies that wait for a person: stopped orders, failing providers, budgets that are used up."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.models import Claim
from recalldesk.claims.remedies_offered import remedies_in
from recalldesk.claims.remedying import again, bounced
from recalldesk.claims.remedying.stopped import came_to_nothing, stopped_orders
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.console.claim_going import number_in
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.wording import said
from recalldesk.remedies.models import DayBudget
from recalldesk.remedies.placing import budgets, circuits, dead_letters, holds, unconnected
from recalldesk.remedies.states import Stopped

LONGEST = 2_000
NOT_DONE = (
    "The provider did not do it. Its answer stands beside the order; one that left the list has "
    "reached its owner, or is on its way."
)


@require_safe
def remedies(request: DeskRequest) -> HttpResponse:
    """The lists."""
    after, beyond = (_number(request, name) for name in ("after", "beyond"))
    stopped = stopped_orders(after=after)
    nothing = came_to_nothing(after=beyond)
    held = DayBudget.objects.filter(held_since__isnull=False, released_at__isnull=True)
    values = {
        "stopped": stopped,
        "bounced": Stopped.BOUNCED,
        "nothing": [(each, _offered(each.claim_id)) for each in nothing],
        "failing": circuits.failing(),
        "unconnected": unconnected.unconnected(),
        "is_held": holds.is_held(),
        "budgets": held.select_related("recall", "agreed_by").order_by("-day")[:20],
        "may_release": request.user.may(Permission.RELEASE_BUDGET),
        "may_list": request.user.may(Permission.EXPORT_LIST),
    }
    return page(request, "remedies.html", values)


@require_POST
def order_act(request: DeskRequest, number: int) -> HttpResponse:
    """Sends a stopped order on, or again, or cancels it."""
    note = request.POST.get("note", "")[:LONGEST]
    acts: dict[str, Callable[[], object]] = {
        "send_on": lambda: dead_letters.send_on(order_id=number, by=request.user, note=note),
        "cancel": lambda: dead_letters.cancel(order_id=number, by=request.user, note=note),
        "send_again": lambda: bounced.send_bounced(
            claim_id=number_in(request, "claim"), by=request.user, note=note
        ),
    }
    return _done(request, acts.get(request.POST.get("do", "")))


@require_POST
def order_anew(request: DeskRequest) -> HttpResponse:
    """Gives a claim whose remedy came to nothing another one."""
    return _done(
        request,
        lambda: again.order_anew(
            claim_id=number_in(request, "claim"),
            by=request.user,
            key=request.POST.get("remedy", ""),
            note=request.POST.get("note", "")[:LONGEST],
        ),
    )


@require_POST
def provider_try(request: DeskRequest) -> HttpResponse:
    """Has a provider tried again that is left alone."""
    name = request.POST.get("provider", "")
    return _done(request, lambda: circuits.try_again(name, by=request.user))


@require_POST
def provider_stop(request: DeskRequest) -> HttpResponse:
    """Has orders stopped that wait for a provider which is not connected."""
    name, note = request.POST.get("provider", ""), request.POST.get("note", "")[:LONGEST]
    return _done(
        request, lambda: unconnected.stop_waiting(provider=name, by=request.user, note=note)
    )


@require_POST
def budget_release(request: DeskRequest, number: int) -> HttpResponse:
    """One of two people releases a day's budget."""
    note = request.POST.get("note", "")[:LONGEST]
    return _done(request, lambda: budgets.agree(budget_id=number, by=request.user, note=note))


def _done(request: DeskRequest, act: Callable[[], object] | None) -> HttpResponse:
    if act is None:
        return redirect_to("console:remedies")
    try:
        done = act()
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        if done is False:
            messages.error(request, NOT_DONE)
        else:
            messages.success(request, "Done.")
    return redirect_to("console:remedies")


def _offered(claim_id: int) -> list[tuple[str, str]]:
    claim = Claim.objects.select_related("filing__version").get(pk=claim_id)
    document = document_of(claim.filing.version)
    offered = remedies_in(document, claim.filing.country)
    return [(each.key, said(each.title, document, "en")) for each in offered]


def _number(request: DeskRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
