"""The draft of a Full Report under Section 15(b), on a page and as a PDF."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.incident_figures_asked import IncidentsAsked, incidents_asked
from recalldesk.console.incident_shown import address_of
from recalldesk.foundation.problem import Problem
from recalldesk.reports.section15b.as_pdf import as_pdf
from recalldesk.reports.section15b.drafting import draft_of, draft_with_accounts
from recalldesk.reports.section15b.parts import RULE, Item


@require_safe
def section15b(request: DeskRequest) -> HttpResponse:
    """The page: each item with what is known and what is missing. Without what people told."""
    return _page(request, incidents_asked(request, request.GET.dict()))


def _page(
    request: DeskRequest, asked: IncidentsAsked, problem: Problem | None = None
) -> HttpResponse:
    values: dict[str, Any] = {
        "asked": asked,
        "rule": RULE,
        "problem": problem,
        "may_see_health": request.user.may(Permission.SEE_HEALTH),
    }
    if asked.recall is not None:
        try:
            draft = draft_of(asked.recall, by=request.user)
        except Problem as none:
            values["none"] = none
        else:
            values |= {
                "draft": draft,
                "items": [_shown(item, asked.recall.slug) for item in draft.items],
                "reports": [(row, address_of(row.number)) for row in draft.reports],
            }
    return page(request, "section15b.html", values, status=422 if problem else 200)


def _shown(item: Item, slug: str) -> tuple[Item, list[tuple[str, str, str]]]:
    """An item, and what is known for it: the text, from where, and where its rows are."""
    return item, [
        (
            each.text,
            each.source,
            f"{reverse('console:incident_rows', args=[each.figure.name])}?recall={slug}"
            if each.figure
            else "",
        )
        for each in item.known
    ]


@require_POST
def section15b_pdf(request: DeskRequest) -> HttpResponse:
    """The PDF; with what people told where that is asked for, by whoever may see it."""
    asked = incidents_asked(request, request.POST.dict())
    if asked.recall is None or asked.said:
        return _page(request, asked)
    try:
        if request.POST.get("accounts"):
            reason = request.POST.get("reason", "")
            draft = draft_with_accounts(asked.recall, by=request.user, reason=reason)
        else:
            draft = draft_of(asked.recall, by=request.user)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _page(request, asked, problem)
    response = HttpResponse(as_pdf(draft), content_type="application/pdf")
    name = f"section-15b-draft-{asked.recall.slug}-{draft.made_at:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
