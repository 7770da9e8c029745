"""The list of purchases of affected products, and the search of who bought one.

Guarantee: nothing of a person stands in an address or, unmasked, on either page; what is typed into
the search travels in the body of a form.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_shown import counted_words, found_shown, purchases_shown
from recalldesk.console.purchaser_words import CHANNELS, STRENGTHS
from recalldesk.console.purchasers_asked import RecallAsked, address, recall_asked
from recalldesk.console.queue_choices import Choice
from recalldesk.purchasers.reads.purchases import (
    MOST_COUNTED,
    MOST_FOUND,
    CoveredOrNot,
    PurchaseFilters,
    Reached,
    filters_in,
    purchasers_found,
    purchases_listed,
    query_of,
)
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, newest_version

REACHED = {
    Reached.OWN: "by their own contact",
    Reached.ALIAS: "by an alias only",
    Reached.NO: "by nothing",
}
COVERED = {CoveredOrNot.YES: "in the recall", CoveredOrNot.NO: "no more in it"}


@require_safe
def purchasers(request: DeskRequest) -> HttpResponse:
    """A page of the list."""
    sent = request.GET.dict()
    asked = recall_asked(request, sent)
    filters, is_refused = filters_in(sent)
    values: dict[str, Any] = {
        "asked": asked,
        "filters": filters,
        "is_narrowed": filters != PurchaseFilters(),
        "is_refused": is_refused,
    }
    if asked.recall is not None:
        shown = purchases_listed(
            asked.recall, filters, by=request.user, after=sent.get("after", "")
        )
        here = _to(asked, filters)
        values |= {
            "purchases": purchases_shown(shown.rows),
            "count": counted_words(shown.count, MOST_COUNTED),
            "choices": _choices(asked, asked.recall, filters),
            "first_url": here if sent.get("after") else "",
            "after_url": _to(asked, filters, after=shown.after) if shown.after else "",
        }
    return page(request, "purchasers/matches.html", values)


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def purchaser_search(request: DeskRequest) -> HttpResponse:
    """The field, and below it who was found."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = recall_asked(request, sent.dict())
    values: dict[str, Any] = {"asked": asked, "is_asked": False}
    if request.method == "POST" and asked.recall is not None:
        text = request.POST.get("q", "")
        found = purchasers_found(asked.recall, text, by=request.user)
        values |= {
            "is_asked": bool(text.strip()),
            "text": text,
            "found": [found_shown(each) for each in found],
            "is_more": len(found) >= MOST_FOUND,
        }
    return page(request, "purchasers/search.html", values)


def _to(asked: RecallAsked, filters: PurchaseFilters, *, after: str = "") -> str:
    """The address of a page of the list."""
    named = address("purchasers", recall=asked.recall.slug if asked.recall else "")
    query = query_of(filters, after=after)
    return f"{named}&{query}" if query else named


def _choices(asked: RecallAsked, recall: Recall, filters: PurchaseFilters) -> list[Choice]:
    """What the list can be narrowed to."""
    version = live_version(recall) or newest_version(recall)
    products = [each.key for each in document_of(version).products] if version else []
    found = [
        _choice("channel", "Channel", filters.channel, "every channel", CHANNELS),
        _choice("strength", "Match", filters.strength, "strong and weak", STRENGTHS),
        _choice("product", "Product", filters.product, "any", {each: each for each in products}),
        _choice("reached", "Reached", filters.reached, "or not", REACHED),
        _choice("covered", "Covered", filters.covered, "or not", COVERED),
    ]
    if len(asked.recalls) > 1:
        slugs = tuple((slug, slug) for slug in asked.recalls)
        found.insert(0, Choice("recall", "Recall", recall.slug, slugs))
    return found


def _choice(name: str, label: str, chosen: Any, without: str, options: Mapping[Any, str]) -> Choice:
    """One filter; what stands in the address and not among the options is an option too."""
    offered = {str(value): words for value, words in options.items()}
    if chosen:
        offered.setdefault(str(chosen), str(chosen))
    return Choice(name, label, str(chosen or ""), (("", without), *offered.items()))
