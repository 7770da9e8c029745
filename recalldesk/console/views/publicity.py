"""What is done in public for a recall: home page, posts, auction sites, hits."""

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.publicity_shown import Shown
from recalldesk.console.recall_named import looked_at_last, stay_on
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.foundation import clock
from recalldesk.inquiries.seats import note_look, recalls_seen_by
from recalldesk.publicity.logs.run import HitsTaken
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recalls
from recalldesk.reports.desk_figures.period import period_in


@require_safe
def any_recall(request: DeskRequest) -> HttpResponse:
    """To the page of the recall that was looked at last, or of the newest one."""
    seen = {each.slug for each in recalls_seen_by(request.user)}
    usual = [looked_at_last(request), *(each.slug for each in live_recalls()), *sorted(seen)]
    slug = next((each for each in usual if each in seen), None)
    if slug is None:
        return page(request, "publicity/none.html")
    return redirect("console:publicity", slug)


@require_safe
def publicity(request: DeskRequest, slug: str) -> HttpResponse:
    """The page of one recall."""
    recall = seen_recall_or_404(slug, by=request.user)
    stay_on(request, slug)
    note_look(request.user, recall, rows="what is done in public")
    return shown(request, recall)


def shown(
    request: DeskRequest,
    recall: Recall,
    bound: Mapping[str, forms.Form] | None = None,
    *,
    taken: HitsTaken | None = None,
    problem: str = "",
) -> HttpResponse:
    """The page, with forms that were sent and not taken, or with what became of a log."""
    now = clock.now()
    period, said = period_in(request.GET.dict(), today=now.date())
    values = Shown(recall, request.user, period, now, bound).values()
    values |= {
        "recalls": [each.slug for each in recalls_seen_by(request.user)],
        "said": said,
        "taken": taken,
        "ask_url": ask_url(request, recall),
        "problem": problem,
    }
    is_wrong = bound is not None and taken is None
    return page(request, "publicity/page.html", values, status=422 if is_wrong else 200)
