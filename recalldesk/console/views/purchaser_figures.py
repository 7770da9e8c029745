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
    SHOP_HEADS,
    heads_of,
    share_words,
    shops_of,
    table_of,
)
from recalldesk.console.purchaser_rows_shown import FigureRows, no_such_figure, rows_answered
from recalldesk.console.purchasers_asked import recall_asked, rows_asked, shop_asked
from recalldesk.purchasers.reads.behind import behind, is_figure
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.reads.shops import figures_by_shop
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall


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
    if asked is None or not is_figure(figure):
        return no_such_figure(request)
    recall, channel = asked
    shop = shop_asked(request)
    if shop is not None and channel is not Channel.GENERIC:
        return no_such_figure(request)
    title, says = BY_NAME[figure]
    return rows_answered(
        request,
        FigureRows(
            recall=recall,
            figure=figure,
            channel=channel,
            found=behind(recall, figure, channel, by=request.user, shop=shop),
            title=title,
            says=says,
            number=_number(request, recall, channel, shop, figure),
            shop=shop,
            rows_at="purchaser_rows",
            figures_at="purchaser_figures",
            named=figure,
        ),
    )


def _number(
    request: DeskRequest, recall: Recall, channel: Channel | None, shop: str | None, figure: str
) -> int:
    """What the figure says."""
    if shop is not None:
        shops = figures_by_shop(recall, by=request.user)
        of: object = next((each for each in shops if each.shop == shop), None)
    else:
        figures = figures_by_channel(recall, by=request.user)
        of = figures.channels.get(channel) if channel else figures.whole
    return int(getattr(of, figure, 0))
