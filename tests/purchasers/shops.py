"""Order files of made-up shops, for a kettle recall whose numbers they know."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.matching.files.counts import Counts
from recalldesk.purchasers.importing.run import OrdersTaken, import_orders
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.models import Recall
from tests.cast import recall_text


def _heads(text: str) -> tuple[str, ...]:
    """The headings of a report, as one text with blanks between."""
    return tuple(text.split())


ASIN, SKU, ITEM = "B0MADEUP20", "TW-K20", "110000000020"
OTHER_ASIN = "B0MADEUP99"
ALIAS = "abc123madeup@marketplace.amazon.com"
NEW_ORDERS = _heads(
    """
    order-id order-item-id purchase-date payments-date buyer-email buyer-name
    buyer-phone-number sku product-name quantity-purchased currency item-price item-tax
    shipping-price shipping-tax ship-service-level recipient-name ship-address-1
    ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country
    ship-phone-number delivery-start-date delivery-end-date delivery-time-zone
    delivery-Instructions sales-channel
    """
)
ALL_ORDERS = _heads(
    """
    amazon-order-id merchant-order-id purchase-date last-updated-date order-status
    fulfillment-channel sales-channel order-channel url ship-service-level product-name sku
    asin item-status quantity currency item-price item-tax shipping-price shipping-tax
    gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city
    ship-state ship-postal-code ship-country promotion-ids is-business-order
    purchase-order-number price-designation
    """
)
MAPPING = """
channel = "Example Shop"
kind = "{kind}"
[columns]
order = "Order"
sku = "Article"
units = "Pieces"
ordered_on = "Day"
name = "Customer"
email = "Mail"
phone = "Phone"
street_1 = "Street"
city = "Town"
state = "State"
postal_code = "Code"
country = "Country"
"""
HEADS = (
    *("Order", "Article", "Pieces", "Day", "Customer", "Mail", "Phone", "Street", "Town"),
    *("State", "Code", "Country"),
)
RETURNS = """
channel = "Example Shop"
kind = "returns"
[columns]
order = "Order"
sku = "Article"
units_back = "Pieces"
name = "Customer"
"""
PLACE = ("12 Example Street", "Springfield", "IL", "62704", "US")


def text_with_numbers() -> str:
    """The kettle's recall file, whose product Amazon and eBay know by numbers of their own."""
    return recall_text().replace(
        '[[products.identifiers]]\nchannel = "Example Shop"',
        f'[[products.identifiers]]\nchannel = "Amazon"\nkind = "asin"\nvalue = "{ASIN}"\n\n'
        f'[[products.identifiers]]\nchannel = "eBay"\nkind = "item_number"\nvalue = "{ITEM}"\n\n'
        '[[products.identifiers]]\nchannel = "Example Shop"',
        1,
    )


@dataclass(frozen=True)
class Sold:
    """A line of a made-up shop's own form."""

    order: str = "1001"
    article: str = SKU
    pieces: str = "1"
    day: str = "2024-06-01"
    customer: str = "Ana Example"
    mail: str = "ana@example.org"
    phone: str = "+12025550111"
    place: tuple[str, ...] = PLACE

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of `HEADS`."""
        said = (self.order, self.article, self.pieces, self.day, self.customer, self.mail)
        return (*said, self.phone, *self.place)


class Shops:
    """Writes files of shops, and takes them in."""

    def __init__(self, recall: Recall, by: Staff, folder: Path) -> None:
        self.recall, self.by, self._folder, self._files = recall, by, folder, 0

    def file(self, text: str, suffix: str = ".csv") -> Path:
        """A new file with this text."""
        self._files += 1
        path = self._folder / f"orders-{self._files}{suffix}"
        path.write_text(text, encoding="utf-8")
        return path

    def mapping(self, kind: FileKind = FileKind.ORDERS) -> Path:
        """The mapping file of the made-up shop."""
        text = RETURNS if kind is FileKind.RETURNS else MAPPING.format(kind=kind.value)
        return self.file(text, ".toml")

    def own(self, *sold: Sold, more: str = "") -> Path:
        """A file in the made-up shop's own form."""
        rows = [",".join(HEADS), *(",".join(each.cells) for each in sold)]
        return self.file("\n".join(rows) + "\n" + more)

    def returned(self, *rows: tuple[str, str, str]) -> Path:
        """A file of units that came back: order, article, pieces; it names who sent them."""
        lines = (",".join((*row, "Ida Sender")) for row in rows)
        return self.file("\n".join(["Order,Article,Pieces,Customer", *lines]) + "\n")

    def take(
        self,
        path: Path,
        *,
        channel: Channel = Channel.GENERIC,
        kind: FileKind = FileKind.ORDERS,
        only_look: bool = False,
        by: Staff | None = None,
    ) -> OrdersTaken:
        """A file, taken in."""
        return import_orders(
            recall=self.recall,
            path=path,
            channel=channel,
            kind=kind,
            mapping=self.mapping(kind) if channel is Channel.GENERIC else None,
            by=by or self.by,
            only_look=only_look,
        )

    def take_mapped(self, path: Path, mapping: str, kind: FileKind) -> OrdersTaken:
        """A file of a shop that this mapping names, taken in."""
        return import_orders(
            recall=self.recall,
            path=path,
            channel=Channel.GENERIC,
            kind=kind,
            mapping=self.file(mapping, ".toml"),
            by=self.by,
        )

    def took(self, *sold: Sold) -> OrdersTaken:
        """These lines of the made-up shop, taken in."""
        return self.take(self.own(*sold))


def amazon(heads: Sequence[str], *rows: dict[str, str]) -> str:
    """A report of Amazon's: tabs between cells, and no quotes."""
    lines = ["\t".join(heads), *("\t".join(row.get(head, "") for head in heads) for row in rows)]
    return "\n".join(lines) + "\n"


def figures(counts: Counts) -> tuple[int, ...]:
    """Lines, and what they are made of, in the law's order; the law holds."""
    found = (counts.lines, counts.heading, counts.accepted, counts.rejected, counts.duplicate)
    found = (*found, counts.blank, counts.continued)
    assert found[0] == sum(found[1:])
    return found


def bought() -> list[tuple[int, int]]:
    """Units, and units back, of all purchases, in the order in which they came."""
    in_order = Purchase.objects.order_by("file_id", "line")
    return list(in_order.values_list("units", "units_back"))
