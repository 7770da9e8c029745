"""What `recalldesk purchasers` says."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple

from rich.table import Table

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.claims.desk.masking import initials_of
from recalldesk.cli.screen import counted, plain, say, show_table
from recalldesk.mailing.reads import masked
from recalldesk.matching.orders import OrderLine
from recalldesk.purchasers.errors import MappingMisplaced, OrdersRefused, WrongKind
from recalldesk.purchasers.importing.run import OrdersTaken
from recalldesk.purchasers.importing.staging import Stored
from recalldesk.purchasers.people.keeping import People
from recalldesk.purchasers.reads.figures import Figures, names_of_figures, share_in_words
from recalldesk.purchasers.reads.files import FileRow
from recalldesk.purchasers.reads.read_as import read_as
from recalldesk.purchasers.reads.shops import ShopFigures, names_of_shop_figures

STRENGTHS = (
    "Strong: by its own number, in the time and country of sale. Weak: something of it is unsure;"
    " the desk says what."
)

WHERE_FIGURES_STAND = (
    "Files, lines and rejected stand under the form of the file; all else under the shop of the"
    " order. So a warehouse's list of returns is a file of `generic`, and the units that it takes"
    " back stand under the shops that sold them. Units back are among the strong and weak ones."
)


@contextmanager
def hints_of_the_terminal() -> Iterator[None]:
    """What is refused says which option puts it right."""
    try:
        yield
    except WrongKind as wrong:
        raise OrdersRefused(
            wrong.message,
            f'Say --kind {wrong.mapped}, or write kind = "{wrong.asked}" in the mapping file.',
        ) from wrong
    except MappingMisplaced as misplaced:
        raise OrdersRefused(
            misplaced.message,
            "Say --channel generic and --mapping FILE together; docs/purchasers.md shows one.",
        ) from misplaced


def say_taken(taken: OrdersTaken, by: Staff, *, shows_first: bool) -> None:
    """The importers' law with the figures, what matched, and why other lines did not."""
    counts = taken.counts
    say(
        f"{counts.lines:,} lines = {counts.heading:,} heading + {counts.accepted:,} accepted "
        f"+ {counts.rejected:,} rejected + {counts.duplicate:,} duplicate + {counts.blank:,} blank"
        + (f" + {counts.continued:,} continued" if counts.continued else "")
    )
    if (stored := taken.stored) is not None:
        _say_stored(stored)
        _say_taken_off(taken)
        if stored.named_by_order:
            named = counted(stored.named_by_order, "purchase", "purchases")
            say(f"{named} of an earlier file named nobody, and get a buyer by the order's number")
        if stored.back_in_doubt:
            say(
                counted(stored.back_in_doubt, "unit back is", "units back are")
                + " of an order that several shops have, and taken off none of them"
            )
    for reason, count in sorted((taken.outside or {}).items()):
        say(counted(count, "line", "lines") + f" named a product, and each {reason.words}")
    _say_rejects(taken)
    if shows_first:
        _say_how_read(taken)
        _say_first(taken.first, in_full=Permission.SEE_PERSONAL in ROLE_PERMISSIONS[Role(by.role)])
    for remark in taken.remarks:
        say(plain(remark))


def _say_stored(stored: Stored) -> None:
    if stored.is_of_returns:
        of = counted(stored.purchases, "product of an order is", "products of orders are")
        say(f"{of} affected by its number, with {stored.units_back:,} units back")
        return
    say(
        counted(stored.purchases, "purchase", "purchases")
        + " of affected products: "
        + counted(stored.units_strong, "unit", "units")
        + f" strong, {stored.units_weak:,} weak; {stored.units_back:,} came back; "
        + counted(stored.purchasers, "purchaser is", "purchasers are")
        + " named"
    )
    if stored.purchases:
        say(STRENGTHS)


def _say_taken_off(taken: OrdersTaken) -> None:
    """What comes back: a file of orders that is read as returns is seen by it."""
    off, stored = taken.taken_off, taken.stored
    if off is None or stored is None or not (off.units or stored.units_back):
        return
    these = counted(stored.lines, "line takes", "lines take")
    say(
        f"UNITS BACK: {these} {counted(stored.units_back, 'unit', 'units')} back;"
        f" {off.units:,} of all {off.bought:,} units that were bought count as back by this file."
    )
    if stored.is_of_returns:
        parts = off.of(stored.units_back, stored.back_of_none)
        said = " + ".join(f"{count:,} {words}" for count, words in parts)
        say(f"  {counted(stored.units_back, 'unit back', 'units back')} = {said}")
    if off.is_much and taken.number is None:
        say(
            "That is much: it is taken in only with --yes. Are they orders? Then say --kind orders."
        )


def _say_rejects(taken: OrdersTaken) -> None:
    """By their reasons, most first, and where the first of each stand."""
    for reason, count in taken.reasons.most_common():
        lines = [f"{each.number:,}" for each in taken.rejects if each.reason is reason]
        more = f" and {count - len(lines):,} more" if count > len(lines) else ""
        each = "it" if count == 1 else "each"
        say(f"not taken, {counted(count, 'line', 'lines')}: {each} {reason.words}")
        say(f"  {'line' if count == 1 else 'lines'} {', '.join(lines)}{more}")


def _say_how_read(taken: OrdersTaken) -> None:
    said = read_as(taken.read_as)
    if said:
        say("How it is read:")
    for name, words in said:
        say(f"  {name}: {plain(words)}")


def say_files(rows: list[FileRow]) -> None:
    """The files, the newest first."""
    if not rows:
        say("No order file came in yet.")
        return
    heads = ("file", "channel", "kind", "lines", "heading", "accepted", "rejected", "duplicate")
    table = Table(*heads, "blank", "continued", "purchases", "version", "by", "day", "kept until")
    for row in rows:
        numbers = (row.lines, row.heading, row.accepted, row.rejected, row.duplicate, row.blank)
        table.add_row(
            str(row.number),
            plain(row.shop) or row.channel.value,
            row.kind.value,
            *(f"{each:,}" for each in (*numbers, row.continued, row.purchases)),
            str(row.version),
            plain(row.by),
            f"{row.at:%Y-%m-%d}",
            _kept(row),
        )
    show_table(table)


def _kept(row: FileRow) -> str:
    kept = row.kept_until.isoformat() if row.kept_until else "erased"
    return f"taken back; {kept}" if row.taken_back_at else kept


def say_people(found: People) -> None:
    """How many are one."""
    say(
        counted(
            found.purchasers,
            "purchaser, as files name them, is",
            "purchasers, as files name them, are",
        )
        + f" {counted(found.persons, 'person', 'persons')}, by {found.joins:,} joins."
    )
    say(counted(found.questions, "question waits", "questions wait") + " to be settled.")


def say_figures(figures: Figures, shops: Sequence[ShopFigures]) -> None:
    """By channel, a figure in each row; other shops by their names."""
    channels = list(figures.channels.items())
    table = Table("figure", *(channel.value for channel, _ in channels), "all")
    columns = [astuple(each) for _, each in channels] + [astuple(figures.whole)]
    for place, name in enumerate(names_of_figures()):
        table.add_row(name.replace("_", " "), *(f"{column[place]:,}" for column in columns))
    show_table(table)
    say(WHERE_FIGURES_STAND)
    if any(each.shop for each in shops):
        say("Of another shop, by the name that its mapping file gives:")
        table = Table("shop", *(name.replace("_", " ") for name in names_of_shop_figures()))
        for each in shops:
            table.add_row(*(plain(str(value)) for value in astuple(each)))
        show_table(table)
    if figures.recalled and figures.share is not None:
        units = figures.whole.units_strong + figures.whole.units_weak
        say(
            f"{units:,} of {figures.recalled:,} recalled units were found: "
            f"{share_in_words(figures.share)}."
        )


def _say_first(lines: tuple[OrderLine, ...], *, in_full: bool) -> None:
    """The first lines, whatever product they name, as they were understood."""
    if not lines:
        return
    say("The first lines as they were understood:")
    table = Table(
        "line", "order", "product", "units", "paid", "day", "country", "buyer", "reached by"
    )
    for line in lines:
        names = (line.asin, line.sku, line.upc, line.item_number, line.title)
        buyer = line.buyer
        table.add_row(
            f"{line.number:,}",
            plain(line.order) if in_full else masked(line.order),
            plain(next((each for each in names if each), "")),
            f"{line.units:,}" + (f", {line.units_back:,} back" if line.units_back else ""),
            str(line.price or ""),
            line.ordered_on.isoformat() if line.ordered_on else "",
            line.country,
            plain(buyer.name if in_full else initials_of(buyer.name)),
            plain(", ".join(_reached(line, in_full=in_full))),
        )
    show_table(table)


def _reached(line: OrderLine, *, in_full: bool) -> list[str]:
    buyer = line.buyer
    email = buyer.email if in_full else masked(buyer.email)
    phone = buyer.phone if in_full else masked(buyer.phone)
    city = buyer.address.get("city", "")
    alias = f"{email} (alias)" if email and buyer.is_alias else email
    return [each for each in (alias, phone, city) if each]
