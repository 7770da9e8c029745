"""Which recall an address of the pages of purchasers asks for, and whose a number is.

Guarantee: what is no recall of ours is said, and what is shown instead stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.urls import reverse

from recalldesk.console.recall_named import looked_at_last, stay_on
from recalldesk.purchasers.models import OrderFile, Purchaser, SamePersonQuestion
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall, live_recalls

LONGEST_NUMBER = 18
LONGEST_SHOP = 200
NO_SHOP = "-"
"""In an address: files whose mapping names no shop."""


@dataclass(frozen=True)
class RecallAsked:
    """`recall` is None where there is none at all. `said`: what was put right of the address."""

    recall: Recall | None
    recalls: tuple[str, ...]
    said: str


def recall_asked(request: HttpRequest, query: Mapping[str, str]) -> RecallAsked:
    """The recall that is named; else the one looked at last, that of the file that came last, the
    one that was published last, or any."""
    recalls = tuple(every_recall())
    named = query.get("recall", "").strip()
    recall = next((each for each in recalls if each.slug == named), None)
    said = ""
    if recall is None:
        last = looked_at_last(request)
        recall = next((each for each in recalls if each.slug == last), None) or _usual(recalls)
        if named and recall is not None:
            said = f"“{named[:40]}” is no recall that we know: this is {recall.slug}."
    else:
        stay_on(request, recall.slug)
    return RecallAsked(recall, tuple(each.slug for each in recalls), said)


def _usual(recalls: tuple[Recall, ...]) -> Recall | None:
    newest = OrderFile.objects.order_by("-pk").values_list("recall_id", flat=True).first()
    usual = newest or next((each.recall_id for each in live_recalls()), None)
    return next((each for each in recalls if each.pk == usual), None) or next(iter(recalls), None)


def rows_asked(request: HttpRequest) -> tuple[Recall, Channel | None] | None:
    """Whose rows an address asks for, and of which channel; None where it names what is none."""
    query = request.GET.dict()
    found, channel = recall_asked(request, query), query.get("channel", "")
    if channel not in {"", *Channel.values} or found.recall is None or found.said:
        return None
    return found.recall, Channel(channel) if channel else None


def shop_asked(request: HttpRequest) -> str | None:
    """The shop that an address names: empty where its files name none, None where it names none."""
    shop = request.GET.get("shop", "")[:LONGEST_SHOP]
    return "" if shop == NO_SHOP else shop or None


def shop_in_address(shop: str | None) -> str:
    """The same as an address says it."""
    return NO_SHOP if shop == "" else shop or ""


def recall_of_file(request: HttpRequest, number: int) -> Recall:
    """Whose file it is. Raises Http404."""
    return _recall_of(request, OrderFile, number)


def recall_of_purchaser(request: HttpRequest, number: int) -> Recall:
    """Whose purchaser it is. Raises Http404."""
    return _recall_of(request, Purchaser, number)


def recall_of_question(request: HttpRequest, number: int) -> Recall:
    """Whose question it is. Raises Http404."""
    return _recall_of(request, SamePersonQuestion, number)


def _recall_of(request: HttpRequest, model: type[Model], number: int) -> Recall:
    """Numbers of these rows lead to their recall, so that an address names a row and no more; the
    desk stays on it."""
    if number >= 10**LONGEST_NUMBER:
        raise Http404
    recall = Recall.objects.filter(
        pk__in=model._default_manager.filter(pk=number).values("recall_id")
    ).first()
    if recall is None:
        raise Http404
    stay_on(request, recall.slug)
    return recall


def place_in(query: Mapping[str, str]) -> int:
    """Behind which number a page begins; 0 where it is the first."""
    after = query.get("after", "")
    is_place = after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER
    return int(after) if is_place else 0


def address(name: str, *args: object, **query: str) -> str:
    """An address of these pages; what is empty stands not in its query."""
    said = urlencode({key: value for key, value in query.items() if value})
    return reverse(f"console:{name}", args=args) + (f"?{said}" if said else "")
