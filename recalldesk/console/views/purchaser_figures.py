"""Figures of purchasers by channel, and the rows behind each, on pages and as a file."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.purchaser_figures_shown import (
    BY_NAME,
    DEFINITIONS,
    heads_of,
    share_words,
    table_of,
)
from recalldesk.console.purchaser_words import CHANNELS
from recalldesk.console.purchasers_asked import LONGEST_NUMBER, address, recall_asked
from recalldesk.foundation.problem import Problem
from recalldesk.purchasers.reads.behind import (
    Behind,
    behind,
    cells_of,
    export_rows,
    is_figure,
    rows_page,
)
from recalldesk.purchasers.reads.figures import figures_by_channel
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class RowsAsked:
    """Which rows an address asks for."""

    recall: Recall
    figure: str
    channel: Channel | None

    def url(self, **more: str) -> str:
        """The address."""
        channel = self.channel.value if self.channel else ""
        return address(
            "purchaser_rows", self.figure, recall=self.recall.slug, channel=channel, **more
        )


@require_safe
def purchaser_figures(request: DeskRequest) -> HttpResponse:
    """The page."""
    asked = recall_asked(request.GET.dict())
    values: dict[str, Any] = {"asked": asked, "definitions": DEFINITIONS}
    if asked.recall is not None:
        figures = figures_by_channel(asked.recall, by=request.user)
        values |= {
            "heads": heads_of(figures),
            "table": table_of(figures, asked.recall.slug),
            "share": share_words(figures),
        }
    return page(request, "purchasers/figures.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def purchaser_rows(request: DeskRequest, figure: str) -> HttpResponseBase:
    """The rows behind a figure, a page of them; or all of them as a file."""
    asked = _asked(request, figure)
    if asked is None:
        # Other rows than those of the number would be worse than none.
        return page(request, "purchasers/rows.html", {}, status=404)
    found = behind(asked.recall, asked.figure, asked.channel, by=request.user)
    if request.method != "POST":
        return _rows(request, asked, found)
    named = request.POST.get("form", "")
    try:
        made = export_rows(
            found,
            named=figure,
            query=f"figure={figure}&{asked.url().partition('?')[2]}",
            by=request.user,
            form=SheetForm(named) if named in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _rows(request, asked, found, problem)
    response = StreamingHttpResponse(made.parts, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _asked(request: DeskRequest, figure: str) -> RowsAsked | None:
    sent = request.GET.dict()
    found, channel = recall_asked(sent), sent.get("channel", "")
    is_known = is_figure(figure) and channel in {"", *Channel.values}
    if not is_known or found.recall is None or found.said:
        return None
    return RowsAsked(found.recall, figure, Channel(channel) if channel else None)


def _rows(
    request: DeskRequest, asked: RowsAsked, found: Behind, problem: Problem | None = None
) -> HttpResponse:
    after = request.GET.get("after", "")
    is_place = after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER
    rows, further = rows_page(found, after=int(after) if is_place else 0)
    figures = figures_by_channel(asked.recall, by=request.user)
    of = figures.channels.get(asked.channel) if asked.channel else figures.whole
    title, says = BY_NAME[asked.figure]
    values = {
        "title": title,
        "says": says,
        "number": f"{getattr(of, asked.figure, 0):,}",
        "count": found.count,
        "recall": asked.recall.slug,
        "channel": CHANNELS[asked.channel] if asked.channel else "",
        "heads": [column.title for column in found.columns],
        "rows": _linked(found, rows),
        "query": asked.url().partition("?")[2],
        "first_url": asked.url() if is_place else "",
        "after_url": asked.url(after=str(further)) if further else "",
        "figures_url": address("purchaser_figures", recall=asked.recall.slug),
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "forms": SheetForm.choices,
        "form": request.POST.get("form", SheetForm.CSV.value),
        "most_in_workbook": f"{MOST_IN_WORKBOOK:,}",
        "problem": problem,
    }
    return page(request, "purchasers/rows.html", values, status=422 if problem else 200)


def _linked(found: Behind, rows: list[Any]) -> list[list[tuple[str, Any, str]]]:
    """Each cell with its heading, and where it leads."""
    return [
        [
            (
                column.title,
                value,
                address(column.leads_to, value) if column.leads_to and value else "",
            )
            for value, column in zip(cells, found.columns, strict=True)
        ]
        for cells in cells_of(rows, found.columns)
    ]
