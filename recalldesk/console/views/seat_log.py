"""The log as an authority sees it: how far it is sealed, its newest signed head, and whether it
verifies. What the rows say is shown to nobody here: they are of all recalls."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from recalldesk.audit.errors import LogProblem
from recalldesk.audit.findings import Kind, Verified
from recalldesk.audit.heads import newest_head
from recalldesk.audit.reads import sealed_so_far
from recalldesk.audit.verifying import verify
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.seat_named import ask_url, seen_recall_or_404

MOST_AT_ONCE = 300_000
"""Rows of the log that are verified while a page waits; a longer log is verified by command."""
WORDS = {kind: kind.value.replace("_", " ") for kind in Kind}


@require_http_methods(["GET", "HEAD", "POST"])
def seat_log(request: DeskRequest, slug: str) -> HttpResponse:
    """The page; a POST verifies the log now."""
    recall = seen_recall_or_404(slug, by=request.user)
    sealed = sealed_so_far()
    values: dict[str, Any] = {
        "recall": recall,
        "ask_url": ask_url(request, recall),
        "sealed": sealed,
        "head": newest_head(),
        "may_verify": sealed.rows <= MOST_AT_ONCE,
        "most": f"{MOST_AT_ONCE:,}",
    }
    if request.method == "POST" and values["may_verify"]:
        try:
            values |= _verified(verify())
        except LogProblem as problem:
            values["problem"] = problem
    return page(request, "seat/log.html", values)


def _verified(found: Verified) -> dict[str, Any]:
    return {
        "verified": found,
        "is_whole": found.is_whole,
        "counts": [(WORDS[kind], count) for kind, count in found.findings.counts.items()],
    }
