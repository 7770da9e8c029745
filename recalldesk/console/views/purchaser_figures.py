"""Figures of purchasers by channel, and the rows behind each, on pages and as a file."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_figures_shown import (
    BY_NAME,
    DEFINITIONS,
    NO_SHOP,
    SHOP_HEADS,
    heads_of,
    share_words,
    shops_of,
    table_of,
)
from recalldesk.console.purchaser_rows_shown import FigureRows, no_such_figure, rows_answered
from recalldesk.console.purchaser_words import CHANNELS, channel_in_words
from recalldesk.console.purchasers_asked import recall_asked, rows_asked
from recalldesk.purchasers.reads.behind import behind, is_figure
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.reads.shops import figures_by_shop
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall

LONGEST_SHOP = 200


@require_safe
def purchaser_figures(request: DeskRequest) -> HttpResponse:
    """The page."""
    asked = recall_asked(request, request.GET.dict())
    values: dict[str, Any] = {"asked": asked, "definitions": DEFINITIONS}
    if asked.recall is not None:
        figures = figures_by_channel(asked.recall, by=request.user)
        values |= {
            "heads": heads_of(figures),
            "table": table_of(figures, asked.recall.slug),
            "share": share_words(figures),
            "shop_heads": SHOP_HEADS,
            "shops": shops_of(figures_by_shop(asked.recall, by=request.user), asked.recall.slug),
        }
    return page(request, "purchasers/figures.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def purchaser_rows(request: DeskRequest, figure: str) -> HttpResponseBase:
    """The rows behind a figure, a page of them; or all of them as a file."""
    asked = rows_asked(request)
    named = request.GET.get("shop") or None
    if asked is None or not is_figure(figure) or not _is_shop(named, asked[1]):
        return no_such_figure(request)
    recall, channel = asked
    shop = "" if named == NO_SHOP else named
    title, says = BY_NAME[figure]
    return rows_answered(
        request,
        FigureRows(
            recall=recall,
            figure=figure,
            narrowed={"channel": channel.value if channel else "", "shop": named or ""},
            of=_named(channel, shop),
            found=behind(recall, figure, channel, by=request.user, shop=shop),
            title=title,
            says=says,
            number=_number(request, recall, figure, channel, shop),
            rows_at="purchaser_rows",
            figures_at="purchaser_figures",
            named=figure,
        ),
    )


def _is_shop(named: str | None, channel: Channel | None) -> bool:
    """Whether an address may name it; none is fine."""
    return named is None or (channel is Channel.GENERIC and len(named) <= LONGEST_SHOP)


def _number(
    request: DeskRequest, recall: Recall, figure: str, channel: Channel | None, shop: str | None
) -> int:
    """What the figure says."""
    if shop is not None:
        shops = figures_by_shop(recall, by=request.user)
        of: object = next((each for each in shops if each.shop == shop), None)
    else:
        figures = figures_by_channel(recall, by=request.user)
        of = figures.channels.get(channel) if channel else figures.whole
    return int(getattr(of, figure, 0))


def _named(channel: Channel | None, shop: str | None) -> str:
    if channel is None:
        return ""
    if shop == "":
        return f"{CHANNELS[channel]}, no name in the mapping file"
    return channel_in_words(channel, shop or "")
