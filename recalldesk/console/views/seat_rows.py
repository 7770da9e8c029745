"""The rows behind a figure, as an authority reads them from its seat.

Guarantees: they are the rows that the figure counts; none of their columns names a person, and what
is sealed is not read; each look of an authority is a line of the log before the rows are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.incident_figures_shown import HEADS, shown_number
from recalldesk.console.purchasers_asked import place_in
from recalldesk.console.reach_shown import BY_NAME
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.foundation import clock
from recalldesk.incidents.tally.definitions import DEFINITIONS as OF_INCIDENTS
from recalldesk.incidents.tally.definitions import title_of
from recalldesk.incidents.tally.figures import When, figure_named
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.incidents.tally.row_sets import COLUMNS, cells_of
from recalldesk.inquiries.seats import from_seat, note_look
from recalldesk.outreach.reach.behind import behind_reach
from recalldesk.purchasers.reads.behind import cells_of as purchase_cells
from recalldesk.purchasers.reads.behind import rows_page
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall
from recalldesk.reports.corrections.definitions import DEFINITIONS, WHEN
from recalldesk.reports.corrections.row_sets import columns_of, rows_behind, told
from recalldesk.reports.corrections.selection import Behind, NoSuchCount, chosen_in, query_of
from recalldesk.reports.desk_figures.period import period_in

ROWS_SHOWN = 100
FURTHEST_PAGE = 1_000
"""Beyond it a page takes as long as all those before it."""


@dataclass(frozen=True)
class Rows:
    """A page of rows. `named`: what the log says of the look; `back`: the name of the address of
    the figures; `before`, `further`: queries of other pages, empty where there are none."""

    title: str
    says: str
    count: int
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    named: str
    back: str
    before: str = ""
    further: str = ""
    note: str = ""


@require_safe
def correction_rows(request: DeskRequest, slug: str) -> HttpResponse:
    """Behind a number of the corrections."""
    recall = seen_recall_or_404(slug, by=request.user)
    query = request.GET.dict()
    period, said = period_in(query, today=clock.now().date())
    try:
        chosen = chosen_in(query)
    except NoSuchCount as none:
        raise Http404 from none
    if said or query.get("recall", slug) != slug:
        raise Http404  # other rows than those of the number would be worse than none
    from_seat(request.user, recall)
    pages = Paginator(rows_behind(chosen, [recall.pk], period), ROWS_SHOWN)
    shown = pages.get_page(min(page_in(query), FURTHEST_PAGE))
    columns = columns_of(chosen)
    asked = query_of(Behind(slug, period, chosen))
    definition = DEFINITIONS[chosen.figure]
    return rows_page_of(
        request,
        recall,
        Rows(
            title=definition.title,
            says=definition.says,
            count=pages.count,
            heads=[column.title for column in columns],
            rows=[
                [column.value(row) for column in columns] for row in told(shown.object_list, chosen)
            ],
            named=f"corrections?{asked}&page={shown.number}",
            back="console:seat_corrections",
            before=f"{asked}&page={shown.number - 1}" if shown.has_previous() else "",
            further=f"{asked}&page={shown.number + 1}" if shown.has_next() else "",
            note=WHEN,
        ),
    )


@require_safe
def reach_rows(request: DeskRequest, slug: str, figure: str) -> HttpResponse:
    """The purchases behind a figure of reach."""
    recall = seen_recall_or_404(slug, by=request.user)
    named = request.GET.get("channel", "")
    if figure not in BY_NAME or named not in {"", *Channel.values}:
        raise Http404
    channel = Channel(named) if named else None
    look = from_seat(request.user, recall)
    found, after = behind_reach(recall, figure, channel, by=look), place_in(request.GET)
    rows, further = rows_page(found, after=after)
    title, says = BY_NAME[figure]
    asked = f"channel={named}&" if named else ""
    return rows_page_of(
        request,
        recall,
        Rows(
            title=f"{title}, {channel.label if channel else 'all channels'}",
            says=says,
            count=found.count,
            heads=[column.title for column in found.columns],
            rows=purchase_cells(rows, found.columns),
            named=f"reach/{figure}?{asked}after={after}",
            back="console:seat_reach",
            before=f"{asked}after=0" if after else "",
            further=f"{asked}after={further}" if further else "",
        ),
    )


@require_safe
def incident_rows(request: DeskRequest, slug: str, figure: str) -> HttpResponse:
    """The reports behind a figure of incidents."""
    recall = seen_recall_or_404(slug, by=request.user)
    chosen, word = figure_named(figure), request.GET.get("when", "")
    if chosen is None or word not in {"", *When}:
        raise Http404
    when = When(word) if word else None
    tally = tally_of(recall, by=from_seat(request.user, recall))
    pages = Paginator(tally.behind(chosen, when), ROWS_SHOWN)
    shown = pages.get_page(page_in(request.GET.dict()))
    asked = f"when={word}&" if word else ""
    number = shown_number(tally.number(chosen, when), chosen)
    return rows_page_of(
        request,
        recall,
        Rows(
            title=f"{title_of(chosen)}: {number}" + (f", {HEADS[when].lower()}" if when else ""),
            says=OF_INCIDENTS[chosen.kind].says,
            count=pages.count,
            heads=[column.title for column in COLUMNS],
            rows=list(cells_of(list(shown.object_list))),
            named=f"incidents/{chosen.name}?{asked}page={shown.number}",
            back="console:seat_incidents",
            before=f"{asked}page={shown.number - 1}" if shown.has_previous() else "",
            further=f"{asked}page={shown.number + 1}" if shown.has_next() else "",
        ),
    )


def page_in(query: dict[str, str]) -> int:
    """Which page an address asks for."""
    asked = query.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 1


def rows_page_of(request: DeskRequest, recall: Recall, found: Rows) -> HttpResponse:
    """The page, once the look is in the log."""
    note_look(request.user, recall, rows=found.named)
    values = {
        "recall": recall,
        "found": found,
        "back": reverse(found.back, args=[recall.slug]),
        "ask_url": ask_url(request, recall),
    }
    return page(request, "seat/rows.html", values)
