"""Several claims decided alike: first what would become of each, then the decision.

Guarantee: nothing is decided before the preview was seen, and each claim by what was seen of it.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from recalldesk.claims.desk.bulk import (
    MOST_AT_ONCE,
    Foreseen,
    Outcome,
    approve_many,
    ask_many,
    foresee,
)
from recalldesk.claims.desk.templates import TITLES, Template
from recalldesk.claims.desk_queue.filters import query_of
from recalldesk.claims.models import Claim
from recalldesk.claims.states import DecisionKind
from recalldesk.console import claim_undo
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.claim_going import filters_of, see, to_queue
from recalldesk.console.claim_shown import address_of, name_of
from recalldesk.console.queue_words import reason_in_short

KINDS = {"approve": DecisionKind.APPROVE, "ask": DecisionKind.ASK_OWNER}
PHOTOS_FIRST = [each for each in Template if each not in (Template.CALL, Template.WAIT)]


@require_POST
def several(request: DeskRequest) -> HttpResponse:
    """The preview of what was chosen; with `sure`, the decision and what became of each."""
    filters = filters_of(request)
    kind = KINDS.get(request.POST.get("do", ""), DecisionKind.APPROVE)
    chosen = [int(each) for each in request.POST.getlist("claim") if _is_number(each)]
    if not chosen:
        messages.error(request, "Choose some claims first.")
        return see(to_queue(filters))
    if len(chosen) > MOST_AT_ONCE:
        messages.error(request, f"At most {MOST_AT_ONCE} claims at once.")
        return see(to_queue(filters))
    values: dict[str, Any] = {
        "query": query_of(filters),
        "queue_url": to_queue(filters),
        "do": "ask" if kind is DecisionKind.ASK_OWNER else "approve",
        "template": request.POST.get("template", ""),
        "templates": [(each.value, TITLES[each]) for each in PHOTOS_FIRST],
    }
    template = values["template"]
    if "sure" in request.POST and (values["do"] == "approve" or template in set(PHOTOS_FIRST)):
        outcomes = _decided(request, kind, chosen, template)
        if not all(each.why_not for each in outcomes):
            claim_undo.forget_all(request)
        return page(request, "claims_done.html", values | _named(outcomes))
    found = foresee(claim_ids=chosen, kind=kind, by=request.user)
    return page(request, "claims_several.html", values | _foreseen(found))


def _decided(
    request: DeskRequest, kind: DecisionKind, chosen: list[int], template: str
) -> tuple[Outcome, ...]:
    """Decides what was ticked, each by the stamp that the preview showed."""
    stamps = {pk: request.POST.get(f"seen-{pk}", "") for pk in chosen}
    seen = {pk: int(stamp) for pk, stamp in stamps.items() if _is_number(stamp)}
    if kind is DecisionKind.ASK_OWNER:
        return ask_many(seen=seen, by=request.user, template=template)
    return approve_many(seen=seen, by=request.user)


def _foreseen(found: tuple[Foreseen, ...]) -> dict[str, Any]:
    rows = [
        {
            "claim_id": each.claim_id,
            "reference": each.reference,
            "seen": each.seen,
            "why_not": each.why_not,
            "reasons": ", ".join(reason_in_short(tag) for tag in each.tags),
        }
        for each in found
    ]
    return {
        "goes": [row for row in rows if not row["why_not"]],
        "stays": [row for row in rows if row["why_not"]],
    }


def _named(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    """What became of each claim, by its name."""
    ids = [each.claim_id for each in outcomes]
    claims: Mapping[int, Claim] = Claim.objects.select_related("filing").in_bulk(ids)
    rows = [
        {
            "name": name_of(claim.filing.reference, claim.position),
            "url": address_of(claim.filing.reference, claim.position),
            "why_not": each.why_not,
        }
        for each in outcomes
        if (claim := claims.get(each.claim_id)) is not None
    ]
    return {
        "done": [row for row in rows if not row["why_not"]],
        "left": [row for row in rows if row["why_not"]],
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
