"""The figures of a recall as an authority reads them from its seat: by the reads of the desk's own
pages, of this recall alone."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.incident_figures_shown import definitions
from recalldesk.console.reach_shown import DEFINITIONS as REACH_DEFINITIONS
from recalldesk.console.reach_shown import said_of
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.console.seat_shown import Table, correction_tables, incident_table, reach_table
from recalldesk.foundation import clock
from recalldesk.incidents.tally.definitions import STRUCK
from recalldesk.incidents.tally.definitions import WHEN as INCIDENTS_WHEN
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.inquiries.seats import from_seat
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recall
from recalldesk.reports.corrections.definitions import AFFECTED, DEFINITIONS, WHEN
from recalldesk.reports.corrections.reads import corrections_of
from recalldesk.reports.desk_figures.period import period_in
from recalldesk.reports.reach.kept import kept_reach


@require_safe
def seat_corrections(request: DeskRequest, slug: str) -> HttpResponse:
    """Units corrected, in days that one chooses and so far."""
    recall = seen_recall_or_404(slug, by=request.user)
    live = live_recall(slug)
    if live is None:
        raise Http404
    period, said = period_in(request.GET.dict(), today=clock.now().date())
    figures = corrections_of([live], period, by=from_seat(request.user, recall))
    says = [(each.title, each.says) for each in DEFINITIONS.values()]
    more = {"period": period, "put_right": said}
    notes = [figures.gift_cards, AFFECTED, WHEN]
    return figures_page(
        request, recall, "Corrections", correction_tables(figures, slug), says, notes, more
    )


@require_safe
def seat_reach(request: DeskRequest, slug: str) -> HttpResponse:
    """Of which share of the units somebody was told."""
    recall = seen_recall_or_404(slug, by=request.user)
    found = kept_reach(recall, by=from_seat(request.user, recall))
    tables = [reach_table(found, slug)] if found.whole.units else []
    return figures_page(request, recall, "Reach", tables, REACH_DEFINITIONS, said_of(found))


@require_safe
def seat_incidents(request: DeskRequest, slug: str) -> HttpResponse:
    """What is counted of incidents."""
    recall = seen_recall_or_404(slug, by=request.user)
    tally = tally_of(recall, by=from_seat(request.user, recall))
    says = [(each.title, each.says) for each in definitions()]
    notes = [INCIDENTS_WHEN, STRUCK]
    return figures_page(request, recall, "Incidents", [incident_table(tally, slug)], says, notes)


def figures_page(
    request: DeskRequest,
    recall: Recall,
    title: str,
    tables: Sequence[Table],
    definitions: Sequence[tuple[str, str]],
    notes: Sequence[str],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of figures, each with the way to its rows."""
    values = {
        "recall": recall,
        "title": title,
        "ask_url": ask_url(request, recall),
        "tables": tables,
        "definitions": definitions,
        "notes": notes,
    }
    return page(request, "seat/figures.html", values | (more or {}))
