"""`recalldesk stock`: what partners have, and what became of it."""

from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import say, show_table
from recalldesk.recalls.models import Recall
from recalldesk.stock.errors import PartnerRefused
from recalldesk.stock.models import StockReport
from recalldesk.stock.reads.counts import Stock, older_counts, reports_of, totals
from recalldesk.stock.reads.notices import partner_named
from recalldesk.stock.reads.partners import partners_of
from recalldesk.stock.states import Kind, Through

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _stock() -> None:
    """Newest counts on hand and kept apart; returned, destroyed and refunded add up."""


@app.command("show")
def show(
    slug: Slug,
    partner: Annotated[
        str, typer.Option(help="Each row of this partner, in place of the sums of all.")
    ] = "",
) -> None:
    """Print what each partner of a recall has, or each row that one told."""
    recall = recall_or_refuse(slug)
    if partner:
        _show_rows(recall, partner)
        return
    every = partners_of(recall)
    if not every:
        say("There is no partner yet.")
        return
    names = ("partner", "on hand", "kept apart", "returned", "destroyed", "came back", "refunded")
    table = Table(*names, "counted")
    for each in every:
        table.add_row(each.partner.name, *_cells(each.stock))
    table.add_row("all", *_cells(totals(each.stock for each in every)))
    show_table(table)


def _cells(stock: Stock) -> tuple[str, ...]:
    counts = (stock.on_hand, stock.quarantined)
    sums = (stock.returned, stock.destroyed, stock.came_back, stock.refunded)
    counted = stock.counted_at.date().isoformat() if stock.counted_at else "never"
    levels = ("not told" if each is None else f"{each:,}" for each in counts)
    return (*levels, *(f"{each:,}" for each in sums), counted)


def _show_rows(recall: Recall, name: str) -> None:
    partner = partner_named(name)
    if partner is None:
        raise PartnerRefused(
            f"There is no partner {name!r}.", "`recalldesk partners list` shows them all."
        )
    table = Table("row", "what", "product", "units", "on", "told by", "by way of", "stands")
    rows = list(reports_of(recall, partner))
    older = older_counts(rows)
    for row in rows:
        what = f"{Kind(row.kind).label}{', from customers' if row.came_back else ''}"
        units = f"-{row.units:,}" if row.takes_back_id else f"{row.units:,}"
        way = Through(row.through).label
        day = row.happened_on.isoformat()
        table.add_row(
            str(row.pk), what, row.product, units, day, row.told_by, way, _stands(row, older)
        )
    show_table(table)


def _stands(row: StockReport, older: set[int]) -> str:
    if row.takes_back_id:
        return f"takes back {row.takes_back_id}"
    minus = getattr(row, "taken_back_by", None)
    if minus is not None:
        return f"taken back by {minus.pk}"
    return "a newer count holds" if row.pk in older else "counts"
