"""The rows behind a figure of purchasers: a page of them, or all of them as a file.

Guarantee: rows are those of the number that led to them; who takes them all says why, and stands in
the log.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.errors import NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import MOST_IN_WORKBOOK
from recalldesk.claims.states import SheetForm
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import handed_out, page
from recalldesk.console.purchaser_words import CHANNELS, channel_in_words
from recalldesk.console.purchasers_asked import address, place_in, shop_in_address
from recalldesk.foundation.problem import Problem
from recalldesk.purchasers.reads.behind import Behind, cells_of, export_rows, rows_page
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall


@dataclass(frozen=True)
class FigureRows:
    """Which rows an address asks for, and how they are called. `rows_at`, `figures_at`: the names
    of the addresses of such rows and of all figures; `named`: begins the name of a file; `shop`: as
    a mapping file names it, empty: as none does, None: of whatever shop."""

    recall: Recall
    figure: str
    channel: Channel | None
    found: Behind
    title: str
    says: str
    number: int
    rows_at: str
    figures_at: str
    named: str
    shop: str | None = None

    def url(self, **more: str) -> str:
        """The address."""
        channel = self.channel.value if self.channel else ""
        named = {"recall": self.recall.slug, "channel": channel, "shop": shop_in_address(self.shop)}
        return address(self.rows_at, self.figure, **named, **more)

    @property
    def of(self) -> str:
        """The channel, or the shop."""
        if self.channel is None:
            return ""
        if self.shop == "":
            return f"{CHANNELS[self.channel]}, no name in the mapping file"
        return channel_in_words(self.channel, self.shop or "")


def no_such_figure(request: DeskRequest) -> HttpResponse:
    """Other rows than those of the number would be worse than none."""
    return page(request, "purchasers/rows.html", {}, status=404)


def rows_answered(request: DeskRequest, asked: FigureRows) -> HttpResponseBase:
    """A page of the rows; to a POST all of them, as a file."""
    if request.method != "POST":
        return _page(request, asked)
    named = request.POST.get("form", "")
    try:
        made = export_rows(
            asked.found,
            named=asked.named,
            query=f"figure={asked.figure}&{asked.url().partition('?')[2]}",
            by=request.user,
            form=SheetForm(named) if named in SheetForm.values else SheetForm.CSV,
            reason=request.POST.get("reason", ""),
        )
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except (NoReasonForExport, TooManyForWorkbook) as problem:
        return _page(request, asked, problem)
    return handed_out(made)


def _page(request: DeskRequest, asked: FigureRows, problem: Problem | None = None) -> HttpResponse:
    after = place_in(request.GET)
    rows, further = rows_page(asked.found, after=after)
    values = {
        "title": asked.title,
        "says": asked.says,
        "number": f"{asked.number:,}",
        "count": asked.found.count,
        "recall": asked.recall.slug,
        "channel": asked.of,
        "heads": [column.title for column in asked.found.columns],
        "rows": _linked(asked.found, rows),
        "query": asked.url().partition("?")[2],
        "first_url": asked.url() if after else "",
        "after_url": asked.url(after=str(further)) if further else "",
        "figures_url": address(asked.figures_at, recall=asked.recall.slug),
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
