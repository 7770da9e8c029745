"""The figures that matter of a recall, as its seat shows them first. Each leads to its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from recalldesk.accounts.looking import FromSeat
from recalldesk.incidents.tally.figures import Figure, Kind
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.purchasers.reads.figures import share_in_words
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recall
from recalldesk.reports.corrections.reads import corrections_of
from recalldesk.reports.desk_figures.period import usual_period
from recalldesk.reports.desk_figures.words import share
from recalldesk.reports.reach.kept import kept_reach
from recalldesk.stock.reads.counts import stock_of, totals
from recalldesk.stock.reads.notices import standings_of
from recalldesk.stock.states import Standing


@dataclass(frozen=True)
class Sum:
    """A figure. `says`: what it comes to, in a sentence."""

    title: str
    shown: str
    url: str
    says: str


def sums_of(recall: Recall, look: FromSeat, *, today: date) -> list[Sum]:
    """Corrected, reached, incidents, stock. Raises NotPermitted."""
    return [
        *_corrected(recall, look, today),
        _reached(recall, look),
        _incidents(recall, look),
        _stock(recall),
    ]


def _corrected(recall: Recall, look: FromSeat, today: date) -> Iterator[Sum]:
    live = live_recall(recall.slug)
    if live is None:
        return
    found = corrections_of([live], usual_period(today), by=look).all_levels
    says = "Units repaired, replaced or refunded so far, at all levels"
    if found.affected:
        says += f": {share(found.so_far, found.affected)} of {found.affected:,} affected"
    url = reverse("console:seat_corrections", args=[recall.slug])
    yield Sum("Units corrected", f"{found.so_far:,}", url, f"{says}.")


def _reached(recall: Recall, look: FromSeat) -> Sum:
    found = kept_reach(recall, by=look).whole
    url = reverse("console:seat_reach", args=[recall.slug])
    if found.share is None:
        return Sum("Reach", "—", url, "No affected unit was found in an order file yet.")
    says = f"{found.reached:,} of {found.units:,} units that order files name: somebody was told."
    return Sum("Reach", share_in_words(found.share), url, says)


def _incidents(recall: Recall, look: FromSeat) -> Sum:
    tally = tally_of(recall, by=look)
    hurt, deaths = (int(tally.number(Figure(kind))) for kind in (Kind.INJURIES, Kind.DEATHS))
    return Sum(
        "Incidents",
        f"{int(tally.number(Figure(Kind.INCIDENTS))):,}",
        reverse("console:seat_incidents", args=[recall.slug]),
        f"People hurt: {hurt:,}. Deaths: {deaths:,}.",
    )


def _stock(recall: Recall) -> Sum:
    standings, stock = standings_of(recall), totals(stock_of(recall).values())
    stopped = sum(each.standing is Standing.ACKNOWLEDGED for each in standings)
    on_hand = "not counted yet" if stock.on_hand is None else f"{stock.on_hand:,}"
    return Sum(
        "Stopped selling",
        f"{stopped:,} of {len(standings):,}",
        reverse("console:seat_stock", args=[recall.slug]),
        f"Partners. Units on hand: {on_hand}; returned: {stock.returned:,}; "
        f"destroyed: {stock.destroyed:,}.",
    )
