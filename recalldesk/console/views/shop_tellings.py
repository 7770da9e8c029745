"""Shops that tell their customers themselves: which orders, with which words, what they say."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.purchasers_asked import recall_asked
from recalldesk.console.recall_named import recall_or_404
from recalldesk.console.sent_back import read_sent
from recalldesk.console.wave_papers_asked import LARGEST
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.models import ShopTelling
from recalldesk.outreach.reading_back import ReadBack
from recalldesk.outreach.shops.asking import (
    LONGEST_SHOP,
    ask_shop,
    live_version_of,
    take_orders,
    telling_numbered,
)
from recalldesk.outreach.shops.errors import NoSuchTelling, TellingRefused
from recalldesk.outreach.shops.orders import OrdersAsked, orders_counted, products_of
from recalldesk.outreach.shops.reading import keep_counts, read_orders
from recalldesk.outreach.shops.reads import telling_shown, tellings_of
from recalldesk.outreach.shops.texts import ShopText, standard_text
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall

TICKS = ("everybody", "weak", "again")
CHANNEL_CHOICES = [
    (each.value, words[:1].upper() + words[1:] if " " in words else words)
    for each, words in CHANNELS.items()
]


@require_safe
def shop_tellings(request: DeskRequest) -> HttpResponse:
    """The lists that shops were given."""
    asked = recall_asked(request, request.GET.dict())
    values = {
        "asked": asked,
        "rows": tellings_of(asked.recall, by=request.user) if asked.recall else (),
        "may_ask": request.user.may(Permission.WRITE_WAVES),
    }
    return page(request, "shops/list.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def shop_telling_new(request: DeskRequest, slug: str) -> HttpResponse:
    """Which orders, and with which words; by POST the list is made."""
    recall = recall_or_404(slug)
    sent = request.POST if request.method == "POST" else request.GET
    try:
        published = live_version_of(recall)
    except TellingRefused as lacking:
        return page(request, "shops/new.html", {"recall": recall, "problem": lacking}, status=409)
    language = sent.get("language", "")
    if language not in published.document.languages:
        language = published.document.languages[0]
    asked = _asked(sent.dict())
    shop = sent.get("shop", "").strip()[:LONGEST_SHOP] or asked.channel.label
    text = standard_text(
        published,
        language=language,
        shop=shop,
        products=products_of(recall, asked),
        weak=asked.weak,
    )
    problem: Problem | None = None
    if request.method == "POST" and request.POST.get("do") == "make":
        text = ShopText(language, request.POST.get("subject", ""), request.POST.get("body", ""))
        try:
            made = ask_shop(recall=recall, asked=asked, shop=shop, text=text, by=request.user)
        except TellingRefused as refused:
            problem = refused
        else:
            messages.success(request, f"List {made.number} is made: {made.orders:,} orders.")
            return _to(made)
    values: dict[str, Any] = {
        "recall": recall,
        "channels": CHANNEL_CHOICES,
        "languages": published.document.languages,
        "language": language,
        "asked": asked,
        "shop": shop,
        "text": text,
        "counted": orders_counted(recall, asked),
        "problem": problem,
    }
    return page(request, "shops/new.html", values, status=422 if problem else 200)


@require_safe
def shop_telling(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """One list."""
    return _telling(request, _named(recall_or_404(slug), number))


@require_POST
def shop_telling_take(request: DeskRequest, slug: str, number: int) -> HttpResponseBase:
    """Its orders, to hand to the shop."""
    telling = _named(recall_or_404(slug), number)
    form = request.POST.get("form", "")
    try:
        made = take_orders(
            telling=telling,
            by=request.user,
            reason=request.POST.get("reason", ""),
            form=SheetForm(form) if form in SheetForm.values else SheetForm.CSV,
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _telling(request, telling, {"problem": problem}, status=422)
    return handed_out(made)


@takes_files
@require_POST
def shop_telling_read(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """What the shop says of each order."""
    telling = _named(recall_or_404(slug), number)

    def reader(path: Path, only_look: bool) -> ReadBack:
        return read_orders(telling=telling, path=path, by=request.user, only_look=only_look)

    shown, problem = read_sent(request, reader)
    more = {"shown": shown, "problem": problem}
    return _telling(request, telling, more, status=422 if problem else 200)


@require_POST
def shop_telling_counts(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """What the shop says in two numbers."""
    telling = _named(recall_or_404(slug), number)
    try:
        keep_counts(
            telling=telling,
            told=_count(request.POST.get("told", "")),
            failed=_count(request.POST.get("failed", "")),
            on=_day(request.POST.get("on", "")),
            by=request.user,
        )
    except TellingRefused as problem:
        return _telling(request, telling, {"problem": problem}, status=422)
    messages.success(request, "The shop’s word is kept.")
    return _to(telling)


def _telling(
    request: DeskRequest,
    telling: ShopTelling,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    telling = ShopTelling.objects.select_related("recall", "made_by").get(pk=telling.pk)
    values: dict[str, Any] = {
        "telling": telling_shown(telling, by=request.user),
        "may_ask": request.user.may(Permission.WRITE_WAVES),
        "forms": SheetForm.choices,
        "today": clock.now().date().isoformat(),
    }
    return page(request, "shops/telling.html", values | (more or {}), status=status)


def _named(recall: Recall, number: int) -> ShopTelling:
    try:
        if number >= LARGEST:
            raise Http404
        return telling_numbered(recall, number)
    except NoSuchTelling as missing:
        raise Http404 from missing


def _to(telling: ShopTelling) -> HttpResponse:
    address = reverse("console:shop_telling", args=[telling.recall.slug, telling.number])
    return HttpResponseRedirect(address, status=303)


def _asked(sent: dict[str, str]) -> OrdersAsked:
    named = sent.get("channel", "")
    channel = Channel(named) if named in Channel.values else Channel.AMAZON
    return OrdersAsked(channel, **{name: bool(sent.get(name)) for name in TICKS})


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise TellingRefused("How many were told, and how many not?", "Write both as digits.")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TellingRefused("On which day were they told?", "Give the day.") from None
