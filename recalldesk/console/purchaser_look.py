"""What a look at an order file shows. Nothing here asks the database.

Guarantee: of a customer no more than initials, a masked contact, city and country.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recalldesk.claims.desk.masking import initials_of, masked_end
from recalldesk.console.purchaser_shown import Count, counts_of, day_words
from recalldesk.console.purchaser_words import MATCHES, reject_in_words
from recalldesk.console.purchasers_asked import address
from recalldesk.mailing.reads import masked
from recalldesk.matching.orders import OrderLine
from recalldesk.purchasers.reads.read_as import read_as

if TYPE_CHECKING:
    from recalldesk.matching.files.looking import Look
    from recalldesk.purchasers.importing.run import OrdersTaken

HEADS = (
    "Line",
    "Order",
    "Ordered",
    "Product’s number",
    "Title",
    "Units",
    "Back",
    "Paid",
    "Buyer",
    "Reached by",
    "Place",
)
LONGEST_TITLE = 40


@dataclass(frozen=True)
class RejectsOfReason:
    """Why lines are not taken, how many, and where the first of them stand. `more`: the others."""

    words: str
    count: str
    is_one: bool
    lines: str
    more: str


@dataclass(frozen=True)
class ShownLook:
    """What a file holds, as it is understood. `file_url`: of the same file, where it is known."""

    title: str
    number: int
    file_url: str
    counts: tuple[Count, ...]
    lines: str
    matched: str
    outside: tuple[tuple[str, str], ...]
    rejects: tuple[RejectsOfReason, ...]
    heads: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...]
    first: tuple[tuple[tuple[str, str], ...], ...]
    remarks: tuple[str, ...]
    finds_nothing: bool
    back: str
    is_much_back: bool


def look_shown(taken: "OrdersTaken", first: "Look | None") -> ShownLook:
    """What was found."""
    known = taken.is_known
    return ShownLook(
        title="The same file was taken in before: nothing would change"
        if known
        else "What would become of it: nothing is kept yet",
        number=taken.number or 0,
        file_url=address("order_file", taken.number) if known else "",
        counts=counts_of(taken.counts),
        lines=f"{taken.counts.lines:,}",
        matched=_matched(taken),
        outside=_outside(taken),
        rejects=_rejects(taken),
        heads=HEADS,
        read_as=tuple(read_as(taken.read_as)),
        first=tuple(tuple(zip(HEADS, _line(each), strict=True)) for each in first.rows)
        if first
        else (),
        remarks=taken.remarks,
        back=_back(taken),
        is_much_back=taken.taken_off is not None and taken.taken_off.is_much,
        finds_nothing=taken.stored is not None and not taken.stored.lines,
    )


def _rejects(taken: "OrdersTaken") -> tuple[RejectsOfReason, ...]:
    found = []
    for reason, count in taken.reasons.most_common():
        lines = [f"{each.number:,}" for each in taken.rejects if each.reason is reason]
        found.append(
            RejectsOfReason(
                reject_in_words(reason.value),
                f"{count:,}",
                count == 1,
                ", ".join(lines),
                f"{count - len(lines):,}" if count > len(lines) else "",
            )
        )
    return tuple(found)


def _matched(taken: "OrdersTaken") -> str:
    found = taken.stored
    if found is None:
        return ""
    back = f", {found.units_back:,} of them back" if found.units_back else ""
    named = (
        f" {_counted(found.named_by_order, 'purchase')} of an earlier file that named nobody would"
        " get a buyer by the order’s number."
        if found.named_by_order
        else ""
    )
    doubt = (
        f" {found.back_in_doubt:,} units back are of an order that several shops have, and are"
        " taken off none of them."
        if found.back_in_doubt
        else ""
    )
    return (
        f"{_counted(found.lines, 'line')} would match, "
        f"{_counted(found.purchases, 'product of an order', 'products of orders')}: "
        f"{_counted(found.units_strong, 'unit')} strong, {found.units_weak:,} weak{back}; "
        f"{_counted(found.purchasers, 'purchaser')} named.{named}{doubt}"
    )


def _back(taken: "OrdersTaken") -> str:
    """What the file takes back, where it takes anything."""
    off, found = taken.taken_off, taken.stored
    if off is None or found is None or not (off.units or found.units_back):
        return ""
    takes = "takes" if found.lines == 1 else "take"
    parts = off.of(found.units_back, found.back_of_none) if found.is_of_returns else ()
    said = " + ".join(f"{count:,} {words}" for count, words in parts)
    return (
        f"{_counted(found.lines, 'line')} {takes} {_counted(found.units_back, 'unit')} back: by"
        f" this file {off.units:,} of all {off.bought:,} units that were bought count as back."
        + (f" {_counted(found.units_back, 'unit')} = {said}." if said else "")
    )


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _outside(taken: "OrdersTaken") -> tuple[tuple[str, str], ...]:
    counted = taken.outside or Counter()
    return tuple((MATCHES[reason], f"{count:,}") for reason, count in counted.most_common())


def _line(line: OrderLine) -> tuple[str, ...]:
    buyer = line.buyer
    numbers = (line.asin, line.sku, line.upc, line.item_number, line.serial and "serial")
    title = line.title
    cut = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"
    reached = (
        masked(buyer.email) + (" (alias)" if buyer.is_alias else "") if buyer.email else "",
        masked(buyer.phone),
    )
    place = (buyer.address.get("city", ""), line.country or buyer.address.get("country_code", ""))
    return (
        str(line.number),
        masked_end(line.order),
        day_words(line.ordered_on),
        ", ".join(each for each in numbers if each),
        cut,
        str(line.units),
        str(line.units_back or ""),
        str(line.price or ""),
        initials_of(buyer.name),
        ", ".join(each for each in reached if each),
        ", ".join(each for each in place if each),
    )
