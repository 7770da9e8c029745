"""Contacts that are not written to, and how one is written to again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_shown import counted_words
from recalldesk.console.purchasers_asked import address, recall_asked
from recalldesk.console.queue_choices import Choice
from recalldesk.console.wave_words import SUPPRESSIONS, WAYS
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.models import Suppressed
from recalldesk.outreach.reads.not_written_to import MOST_COUNTED, SilentContact, not_written_to
from recalldesk.outreach.states import Suppression, Way
from recalldesk.outreach.suppressing import lift

LONGEST_NUMBER = 18


@require_safe
def silent_contacts(request: DeskRequest) -> HttpResponse:
    """A page of the list."""
    return _listed(request)


@require_POST
def silent_contact_lift(request: DeskRequest, number: int) -> HttpResponse:
    """It is written to again."""
    row = None
    if number < 10**LONGEST_NUMBER:
        row = Suppressed.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    try:
        lift(suppressed=row, by=request.user, reason=request.POST.get("reason", ""))
    except Problem as problem:
        return _listed(request, {"problem": problem, "problem_at": number}, status=422)
    messages.success(request, "This contact is written to again, from the next wave on.")
    return HttpResponseRedirect(address("not_written_to"), status=303)


def _listed(
    request: DeskRequest, more: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    sent = request.GET.dict()
    asked = recall_asked(request, sent)
    way = Way(sent["way"]) if sent.get("way") in Way.values else None
    named = sent.get("reason")
    reason = Suppression(named) if named in Suppression.values else None
    lifted = sent.get("lifted") == "yes"
    values: dict[str, Any] = {
        "asked": asked,
        "lifted": lifted,
        "is_narrowed": bool(way or reason),
        "choices": _choices(way, reason),
        "may_lift": request.user.may(Permission.REACH_OWNERS),
    }
    if asked.recall is not None:
        shown = not_written_to(
            asked.recall,
            by=request.user,
            way=way,
            reason=reason,
            lifted=lifted,
            after=sent.get("after", ""),
        )
        here = {
            "recall": asked.recall.slug,
            "way": way or "",
            "reason": reason or "",
            "lifted": "yes" if lifted else "",
        }
        values |= {
            "rows": [_row(each) for each in shown.rows],
            "count": counted_words(shown.count, MOST_COUNTED),
            "first_url": address("not_written_to", **here) if sent.get("after") else "",
            "after_url": address("not_written_to", **here, after=shown.after)
            if shown.after
            else "",
            "other_url": address("not_written_to", **{**here, "lifted": "" if lifted else "yes"}),
        }
    return page(request, "waves/not_written_to.html", values | (more or {}), status=status)


def _row(row: SilentContact) -> dict[str, Any]:
    return {
        "row": row,
        "way": WAYS[row.way],
        "why": SUPPRESSIONS[row.reason],
        "holds": f"in {row.recall}" if row.recall else "in every recall",
        "notice_url": address("wave_notice", *row.notice) if row.notice else "",
        "notice": row.notice[2] if row.notice else "",
    }


def _choices(way: Way | None, reason: Suppression | None) -> list[Choice]:
    return [
        Choice("way", "Way", str(way or ""), (("", "every way"), *_named(WAYS))),
        Choice("reason", "Why", str(reason or ""), (("", "any reason"), *_named(SUPPRESSIONS))),
    ]


def _named(words: Any) -> list[tuple[str, str]]:
    return [(str(value), said) for value, said in words.items()]
