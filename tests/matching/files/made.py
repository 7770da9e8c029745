"""Made-up order files, and what is looked for in them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.mapping import Mapping
from recalldesk.matching.files.reading import Reject, read_orders
from recalldesk.matching.orders import Identifier, OrderLine, Wanted

WANTED = Wanted(
    (
        Identifier("bank", "sku", "A1263-BLK"),
        Identifier("bank", "asin", "B0MADEUP01"),
        Identifier("bank", "upc", "194644098728"),
        Identifier("bank", "item_number", "110000012345"),
        Identifier("bank", "title", "PowerBrick 10000"),
    ),
    (),
)


@dataclass(frozen=True)
class Read:
    """All that came of a file."""

    lines: list[OrderLine]
    rejects: list[Reject]
    counts: Counts
    remarks: list[str]
    described: dict[str, object]

    @property
    def one(self) -> OrderLine:
        """The only line."""
        (line,) = self.lines
        return line


def read(
    path: Path,
    content: bytes | str,
    channel: str,
    *,
    kind: str = "orders",
    mapping: Mapping | None = None,
    wanted: Wanted = WANTED,
    encoding: str | None = None,
) -> Read:
    """Reads a file with this content below the folder `path`."""
    file = path / "orders"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with read_orders(
        file, channel=channel, kind=kind, wanted=wanted, mapping=mapping, encoding=encoding
    ) as reading:
        lines = [line for batch in reading for line in batch]
        rejects = list(reading.rejects())
        counts, remarks, described = reading.counts, reading.remarks, reading.described
    assert counts.accounted == counts.lines
    assert (counts.taken, counts.rejected) == (len(lines), len(rejects))
    return Read(lines, rejects, counts, remarks, described)


def table(
    headings: Sequence[str],
    *rows: dict[str, str],
    separator: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
    end: str = "\n",
) -> str:
    """Rows under headings, as a program writes them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerow(headings)
    for row in rows:
        assert set(row) <= set(headings), set(row) - set(headings)
        writer.writerow([row.get(heading, "") for heading in headings])
    return out.getvalue()


def parted(text: str, by: str) -> list[str]:
    """Headings, as they stand in a file."""
    return text.split(by)


AMAZON_ALL = parted(
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status "
    "fulfillment-channel sales-channel order-channel url ship-service-level product-name sku "
    "asin item-status quantity currency item-price item-tax shipping-price shipping-tax "
    "gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city "
    "ship-state ship-postal-code ship-country promotion-ids is-business-order "
    "purchase-order-number price-designation",
    " ",
)
AMAZON_NEW = parted(
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name "
    "buyer-phone-number sku product-name quantity-purchased currency item-price item-tax "
    "shipping-price shipping-tax ship-service-level recipient-name ship-address-1 "
    "ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
    "ship-phone-number delivery-start-date delivery-end-date delivery-time-zone "
    "delivery-Instructions sales-channel",
    " ",
)
EBAY = parted(
    "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer "
    "Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Ship To Name,Ship"
    " To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,Ship "
    "To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold "
    "For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,Total Price,eBay "
    "Collected Tax Included in Total,Payment Method,Sale Date,Paid On Date,Ship By Date,Minimum"
    " Estimated Delivery Date,Maximum Estimated Delivery Date,Shipped On Date,Feedback "
    "Left,Feedback Received,My Item Note,PayPal Transaction ID,Shipping Service,Tracking "
    "Number,Transaction ID,Variation Details,Global Shipping Program,Global Shipping Reference "
    "ID,Click And Collect,Click And Collect Reference Number,eBay Plus",
    ",",
)
NEWEGG = parted(
    "Order Number,Order Date & Time,Sales Channel,Fulfillment Option,Ship To Address Line "
    "1,Ship To Address Line 2,Ship To City,Ship To State,Ship To ZipCode,Ship To Country,Ship "
    "To First Name,Ship To LastName,Ship To Company,Ship To Phone Number,Order Customer "
    "Email,Order Shipping Method,Item Seller Part #,Item Newegg #,Item Unit Price,Extend Unit "
    "Price,Item Unit Shipping Charge,Extend Shipping Charge,Extend VAT,Extend Duty,Order "
    "Shipping Total,Sales Tax,VAT Total,Duty Total,Order Total,Quantity Ordered,Quantity "
    "Shipped,Actual Shipping Carrier,Actual Shipping Method,Tracking Number",
    ",",
)
SHOPIFY = parted(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts "
    "Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping "
    "Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at "
    "price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment "
    "status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing "
    "Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping "
    "Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping "
    "City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note "
    "Attributes,Cancelled at,Payment Method,Payment Reference,Refunded "
    "Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk "
    "Level,Source,Lineitem discount,Phone",
    ",",
)
