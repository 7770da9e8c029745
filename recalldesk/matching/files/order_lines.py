"""A row as an order line.

Guarantees: a row that names a product looked for is an order line or a reject, never neither; a
date or a number of units that cannot be read costs no line: it comes without a date, or as one
unit, and a remark counts it.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from recalldesk.matching.files.countries import country_of, sold_in
from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.finding import Finder
from recalldesk.matching.files.formats import SHARED, Format
from recalldesk.matching.files.headings import Heading
from recalldesk.matching.files.mapping import DayOrder
from recalldesk.matching.files.money import MOST, price_of
from recalldesk.matching.files.named_orders import NamedOrders
from recalldesk.matching.files.reasons import OrderReject, Remark
from recalldesk.matching.files.rows import cells_of
from recalldesk.matching.files.values import day_of, units_of
from recalldesk.matching.orders import Buyer, OrderLine, Price

GUARD = re.compile(r"'(?=[\d+=\-@#])|=\"(?=[^\"]*\"$)")
"""What a spreadsheet is kept by from taking a text for a number: '01234, ="01234"."""
CODE_GUARD = re.compile(rf"'|{GUARD.pattern}")
"""The same of a postal code, which begins with no such mark: 'SW1A 1AA."""
POSTAL = frozenset({Field.POSTAL_CODE, Field.BUYER_POSTAL_CODE})
GUARDED = frozenset(
    {
        Field.ORDER,
        Field.ITEM,
        Field.ASIN,
        Field.SKU,
        Field.UPC,
        Field.ITEM_NUMBER,
        Field.SERIAL,
        Field.PHONE,
        Field.BUYER_PHONE,
        Field.OTHER_PHONE,
    }
)
ALIASES = re.compile(
    r"@(?:marketplace\.amazon\.[a-z.]+|members\.ebay\.[a-z.]+|relay\.walmart\.com)$", re.IGNORECASE
)
Cells = dict[Field, str]


class OrderLines:
    """Makes order lines of one file's rows, and counts what was in doubt. Without a `finder` every
    row is one, whatever product it names."""

    def __init__(
        self,
        heading: Heading,
        of: Format,
        *,
        kind: str,
        encoding: str,
        order: DayOrder | None,
        decimal: str | None,
        finder: Finder | None,
        orders: NamedOrders | None = None,
    ) -> None:
        self._heading = heading
        self._of = of
        self._is_returns = kind == "returns"
        self._encoding = encoding
        self._order = order
        self._finder = finder
        self._orders = orders
        self._decimal = (of.mapping.decimal if of.mapping is not None else "") or "."
        self._cents = decimal
        self.remarks: Counter[Remark] = Counter()

    def cells(self, row: bytes) -> Cells | OrderReject:
        """What the row says, by field."""
        found = cells_of(row, self._heading.dialect)
        if isinstance(found, OrderReject):
            return found
        said: Cells = {}
        try:
            for field, place in self._heading.places.items():
                text = found[place].decode(self._encoding).strip()
                guarded = CODE_GUARD if field in POSTAL else GUARD if field in GUARDED else None
                if guarded is not None and (guard := guarded.match(text)):
                    text = text[guard.end() :].removesuffix('"' if text.startswith("=") else "")
                said[field] = text
        except UnicodeDecodeError:
            return OrderReject.NOT_DECODABLE
        except IndexError:
            return OrderReject.COLUMN_COUNT
        return said

    def line(
        self, number: int, row: bytes, first: bytes, *, copies: int, lines: int
    ) -> OrderLine | OrderReject | None:
        """The order line; None for a row of another product."""
        cells = self.cells(row)
        if isinstance(cells, OrderReject):
            return cells
        finder = None if cells.get(Field.SERIAL) else self._finder
        if finder is not None and not finder.names(cells):
            if finder.may_be_shortened(cells):
                return OrderReject.NUMBER_SHORTENED
            if self._orders is not None and self._orders.has(cells.get(Field.ORDER, "")):
                return self._by_order(number, cells, first, copies)
            # What is looked for stands in a text over several lines, which may hide a row.
            return OrderReject.LINES_IN_DOUBT if lines > 1 else None
        if not cells.get(Field.ORDER) and not cells.get(Field.SERIAL) and self._needs_order():
            return OrderReject.NO_ORDER
        self._fill(cells, first)
        return self._made(number, cells, copies)

    def _by_order(self, number: int, cells: Cells, first: bytes, copies: int) -> OrderLine:
        """A line of another product. What is in doubt of it is no news to anybody."""
        remarks, self.remarks = self.remarks, Counter()
        try:
            self._fill(cells, first)
            return replace(self._made(number, cells, copies), is_by_order=True)
        finally:
            self.remarks = remarks

    def _needs_order(self) -> bool:
        return Field.ORDER in self._heading.places

    def _fill(self, cells: Cells, first: bytes) -> None:
        """What the row leaves to the order's first row."""
        shared = self.cells(first) if first else None
        if isinstance(shared, dict):
            for group in SHARED:
                if not any(cells.get(field) for field in group):
                    cells.update((field, shared.get(field, "")) for field in group)
        if not any(cells.get(each) for each in (*NAMED, Field.EMAIL, Field.STREET_1)):
            self.remarks[Remark.NO_BUYER] += 1

    def _made(self, number: int, cells: Cells, copies: int) -> OrderLine:
        units = self._units(cells, Field.UNITS)
        back = self._units(cells, Field.UNITS_BACK)
        buyer = buyer_of(cells)
        country = country_of(cells.get(Field.COUNTRY) or cells.get(Field.BUYER_COUNTRY, ""))
        if not country and self._of.mapping is not None:
            country = self._of.mapping.country
        return OrderLine(
            number=number,
            order=cells.get(Field.ORDER, ""),
            item=cells.get(Field.ITEM, ""),
            asin=cells.get(Field.ASIN, ""),
            sku=cells.get(Field.SKU, ""),
            upc=cells.get(Field.UPC, ""),
            item_number=cells.get(Field.ITEM_NUMBER, ""),
            title=cells.get(Field.TITLE, ""),
            serial=cells.get(Field.SERIAL, ""),
            units=0 if self._is_returns else 1 if units is None else units,
            units_sent=self._units(cells, Field.UNITS_SENT),
            units_back=self._back(units, back),
            is_cancelled=self._is_cancelled(cells),
            ordered_on=self._day(cells),
            country=sold_in(country),
            copies=copies,
            price=None if self._is_returns else self._price(cells, units),
            buyer=buyer,
        )

    def _back(self, units: int | None, back: int | None) -> int:
        """Seen back. What is in doubt is none: nobody is silenced by it."""
        if back is None and self._is_returns and Field.UNITS_BACK not in self._heading.places:
            return units or 0
        return back or 0

    def _units(self, cells: Cells, field: Field) -> int | None:
        text = cells.get(field, "")
        if not text:
            return None
        units = units_of(text, self._decimal)
        if units is None:
            self.remarks[Remark.UNITS_IN_DOUBT] += 1
        return units

    def _price(self, cells: Cells, units: int | None) -> Price | None:
        """Paid for the line. What is in doubt is unknown: nobody is refunded by a guess."""
        of_line, of_one = cells.get(Field.PRICE, ""), cells.get(Field.UNIT_PRICE, "")
        if not of_line and not of_one:
            return None
        text, mapping = of_line or of_one, self._of.mapping
        default = mapping.currency if mapping is not None else ""
        if "$" in text:
            default = default or self._of.dollar
        column = cells.get(Field.CURRENCY, "")
        found = price_of(text, decimal=self._cents, column=column, default=default)
        if found is not None and of_one and not of_line:
            found = _times(found, units)
        elif not self._of.is_price_of_line and units != 1:
            found = None
        if found is None:
            self.remarks[Remark.PRICE_IN_DOUBT] += 1
        return found

    def _day(self, cells: Cells) -> date | None:
        texts = [cells.get(Field.ORDERED_ON, ""), cells.get(Field.PAID_ON, "")]
        found = next((day for text in texts if (day := day_of(text, self._order))), None)
        if found is None:
            self.remarks[Remark.DATE_IN_DOUBT if any(texts) else Remark.NO_DATE] += 1
        return found

    def _is_cancelled(self, cells: Cells) -> bool:
        """An order that was cancelled after it went out is sold: money paid back brings no unit
        back."""
        order, item = (_state(cells.get(each, "")) for each in (Field.STATUS, Field.ITEM_STATUS))
        if item in self._of.cancelled:
            return True
        is_cancelled = bool(cells.get(Field.CANCELLED_ON)) or order in self._of.cancelled
        return is_cancelled and item not in SENT


SENT = frozenset({"fulfilled", "partial", "partially fulfilled", "shipped", "delivered"})
"""States of a line that went out."""
NAMED = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.BUYER_NAME)
SENT_TO = {
    "street": (Field.STREET_1, Field.STREET_2, Field.STREET_3),
    "city": (Field.CITY,),
    "country_area": (Field.STATE,),
    "postal_code": (Field.POSTAL_CODE,),
    "country": (Field.COUNTRY,),
}
BILLED_TO = {
    "street": (Field.BUYER_STREET_1, Field.BUYER_STREET_2),
    "city": (Field.BUYER_CITY,),
    "country_area": (Field.BUYER_STATE,),
    "postal_code": (Field.BUYER_POSTAL_CODE,),
    "country": (Field.BUYER_COUNTRY,),
}


def buyer_of(cells: Mapping[Field, str]) -> Buyer:
    """Who a row names: the buyer before the one it was sent to, and the address it was sent to."""
    both = (cells.get(Field.FIRST_NAME, ""), cells.get(Field.LAST_NAME, ""))
    sent_to = cells.get(Field.NAME) or " ".join(filter(None, both))
    name = cells.get(Field.BUYER_NAME) or sent_to
    email = cells.get(Field.EMAIL, "")
    address = _address(cells, SENT_TO)
    if address.keys() <= {"country_code"}:
        address = _address(cells, BILLED_TO) or address
    elif sent_to and plainly(sent_to) != plainly(name):
        address["name"] = sent_to
    if address and (company := cells.get(Field.COMPANY)):
        address["company_name"] = company
    phones = (Field.PHONE, Field.BUYER_PHONE, Field.OTHER_PHONE)
    phone = next((found for each in phones if (found := cells.get(each))), "")
    return Buyer(name, email, ALIASES.search(email) is not None, phone, address)


def _times(price: Price, units: int | None) -> Price | None:
    """Of so many units; None where nobody knows of how many, or it is beyond any amount."""
    amount = None if units is None else price.amount * units
    return None if amount is None or amount >= MOST else Price(amount, price.currency)


def _state(text: str) -> str:
    """A status as it is compared."""
    return " ".join(text.split()).casefold()


def plainly(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def _address(cells: Mapping[Field, str], parts: Mapping[str, tuple[Field, ...]]) -> dict[str, str]:
    said = {
        part: "\n".join(text for field in fields if (text := cells.get(field, "")))
        for part, fields in parts.items()
    }
    found = {
        "street_address": said["street"],
        "city": said["city"],
        "country_area": said["country_area"],
        "postal_code": said["postal_code"],
        "country_code": country_of(said["country"]),
    }
    return {part: text for part, text in found.items() if text}
