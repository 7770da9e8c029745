"""`recalldesk purchasers shops`: shops that tell their customers themselves."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say
from recalldesk.cli.sent_back import form_of, refuse_if_nothing_was_taken, say_read, write_private
from recalldesk.cli.serials import place_for_rejects
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.shops.asking import (
    ask_shop,
    live_version_of,
    take_orders,
    telling_numbered,
)
from recalldesk.outreach.shops.orders import OrdersAsked, orders_counted, products_of
from recalldesk.outreach.shops.reading import keep_counts, read_orders
from recalldesk.outreach.shops.reads import TellingShown, tellings_of
from recalldesk.outreach.shops.texts import standard_text
from recalldesk.purchasers.states import Channel

app = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(metavar="LIST_NO", help="A number of `list`.")]


@app.callback()
def _shops() -> None:
    """Shops that hand over no addresses tell their customers, and say whom they told."""


@app.command("list")
def list_(slug: Slug, as_: As) -> None:
    """List what shops were asked, and what they say."""
    found = tellings_of(recall_or_refuse(slug), by=proved(as_))
    for each in found:
        say(_line(each))
    if not found:
        say("No shop was asked yet.")


@app.command("ask")
def ask(
    slug: Slug,
    as_: As,
    channel: Annotated[Channel, typer.Option(help="Whose orders they are.")],
    shop: Annotated[str, typer.Option(help="Its name, as customers know it.")],
    language: Annotated[str, typer.Option(help="Of the words that it sends.")] = "en",
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Also buyers whom we can reach ourselves.")
    ] = False,
    weak: Annotated[
        bool, typer.Option("--weak", help="Also orders that are perhaps affected.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also orders that were asked about before.")
    ] = False,
    count: Annotated[
        bool, typer.Option("--count", help="Only count the orders; nothing is kept.")
    ] = False,
) -> None:
    """Make a list of orders whose buyers a shop is to tell, with the usual words."""
    recall, person = recall_or_refuse(slug), proved(as_)
    asked = OrdersAsked(channel, everybody=everybody, weak=weak, again=again)
    counts = orders_counted(recall, asked)
    say(f"{counted(counts.orders, 'order', 'orders')}, {counted(counts.units, 'unit', 'units')}.")
    if counts.nameless:
        say(f"{counted(counts.nameless, 'purchase has', 'purchases have')} no order number.")
    if count:
        return
    text = standard_text(
        live_version_of(recall),
        language=language,
        shop=shop,
        products=products_of(recall, asked),
        weak=weak,
    )
    made = ask_shop(recall=recall, asked=asked, shop=shop, text=text, by=person)
    say(f"List {made.number} is made.")
    say(f"{made.subject}\n\n{made.body}")


@app.command("take")
def take(
    slug: Slug,
    number: Number,
    as_: As,
    reason: Annotated[str, typer.Option(help="What for; it stands sealed in the log.")],
    to: Annotated[Path, typer.Option(help="The new file to write: CSV or XLSX.")],
) -> None:
    """Write the orders of a list, to hand to the shop."""
    if to.exists():
        raise Problem(f"{to} is there already.", "Name a new file with --to.")
    telling = telling_numbered(recall_or_refuse(slug), number)
    made = take_orders(telling=telling, by=proved(as_), reason=reason, form=form_of(to))
    write_private(to, made.parts)
    say(f"{counted(telling.orders, 'order stands', 'orders stand')} in {to}.")


@app.command("read")
def read(
    slug: Slug,
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV or XLSX.")],
    as_: As,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what would become of it; nothing is kept.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected lines go, to be sent back.")
    ] = None,
) -> None:
    """Take in what the shop says of each order: order number, told or failed."""
    telling = telling_numbered(recall_or_refuse(slug), number)
    place = place_for_rejects(file, rejects)
    found = read_orders(telling=telling, path=file, by=proved(as_), only_look=look)
    say_read(found, place, only_look=look)
    refuse_if_nothing_was_taken(found)


@app.command("counts")
def counts_(
    slug: Slug,
    number: Number,
    as_: As,
    told: Annotated[int, typer.Option(help="Orders whose buyers were told.")],
    failed: Annotated[int, typer.Option(help="Orders whose buyers could not be told.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not said.")
    ] = None,
) -> None:
    """Keep what the shop says in two numbers: its word, which counts in no reach."""
    telling = telling_numbered(recall_or_refuse(slug), number)
    day = on.date() if on else clock.now().date()
    keep_counts(telling=telling, told=told, failed=failed, on=day, by=proved(as_))
    say("The shop's word is kept.")


def add_to(app_of_purchasers: typer.Typer) -> None:
    """Adds these commands to `recalldesk purchasers`."""
    app_of_purchasers.add_typer(app, name="shops", help="Shops that tell their customers.")


def _line(each: TellingShown) -> str:
    said = f"{each.number}: {each.shop} ({each.channel.label}), "
    said += f"{counted(each.orders, 'order', 'orders')} asked, {each.told:,} told, "
    said += f"{each.failed:,} failed, {each.waiting:,} not said yet"
    if each.word_told is not None:
        said += f"; its word: {each.word_told:,} told, {each.word_failed or 0:,} failed"
    return said
