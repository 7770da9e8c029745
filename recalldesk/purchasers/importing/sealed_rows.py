"""Matched lines and their buyers as the database keeps them: sealed, with keyed digests.

Guarantee: nothing leaves here in the clear that names somebody, not even into a temporary table.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from recalldesk.matching.matches.matching import Matched
from recalldesk.matching.orders import Buyer, OrderLine, order_form
from recalldesk.matching.people import PersonRecord, keys_of
from recalldesk.purchasers.digests import (
    BuyerForms,
    contact_digest,
    line_digest,
    order_digest,
    person_key_digest,
    sku_digest,
    unit_digest,
    words_digest,
)
from recalldesk.purchasers.states import Channel, ContactKind, FileKind
from recalldesk.sealing import vault

REMEMBERED = 200_000
"""Buyers that were staged already: some 20 MB. One that comes again later is staged again, and
counts once all the same."""
ORDER, SERIAL = "purchasers.Purchase.sealed_order", "purchasers.Purchase.sealed_serial"
NAME, VALUE = "purchasers.Purchaser.sealed_name", "purchasers.ContactPoint.sealed_value"
MOST_UNITS = 1_000_000
"""Of one line: no shop sells more to anybody, and a column of the database holds no more than two
thousand times as many."""
SHORTEST_ORDER = 9
"""Letters and digits by which an order is known whatever shop's file names it: less ("#1001")
stands in the books of any shop."""
LONGEST = 400
"""Of a name or contact, in characters."""
LineRow = tuple[
    *tuple[int, bytes, str, bytes, bytes, bytes, bytes, int, int, int],
    *tuple[Decimal | None, str, date | None, str, str, str],
    bytes | None,
    str | None,
    bytes,
]
NamedRow = tuple[int, bytes, int, bytes, bool, bytes]
BuyerRow = tuple[bytes, bytes, bytes, str]
ContactRow = tuple[bytes, str, bytes, bytes]
KeyRow = tuple[bytes, int, bytes]


class SealedRows:
    """Makes rows for one file of one recall. `shop`: by which its orders are known; `is_own`: it is
    the firm's own; `identity_of`: a unit by its serial."""

    def __init__(
        self,
        *,
        recall_id: int,
        shop: str,
        is_own: bool,
        kind: FileKind,
        file_sha256: str,
        identity_of: Callable[[str], str],
    ) -> None:
        self._ring = vault.data_ring(vault.recall_scope(recall_id))
        self._shop, self._file = shop, file_sha256
        self.is_of_returns = kind is FileKind.RETURNS
        self._is_own = is_own
        self._identity_of = identity_of
        self._met: set[bytes] = set()

    def line(self, match: Matched, buyer: bytes) -> LineRow:
        """A matched line."""
        line = match.line
        is_return = self.is_of_returns
        units = min(match.units + match.units_back, MOST_UNITS)
        return (
            line.number,
            self._identity(line, match.product, buyer),
            match.product,
            order_digest(line.order),
            self._sealed(line.order, ORDER),
            self._sealed(line.serial, SERIAL),
            unit_digest(self._identity_of(line.serial)) if line.serial else b"",
            0 if is_return else units,
            units if is_return else min(match.units_back, MOST_UNITS),
            min(line.copies, MOST_UNITS),
            line.price.amount if line.price else None,
            line.price.currency if line.price else "",
            line.ordered_on,
            _code(line.country),
            match.strength.value,
            json.dumps([str(each) for each in match.reasons]),
            buyer or None,
            self._returned_to(line.order) if is_return else None,
            sku_digest(line.sku),
        )

    def named_order(self, line: OrderLine, buyer: bytes) -> NamedRow:
        """A line that is looked for by its order's number. Of another product it is where it says
        an ASIN or a bar code, since these mean the same everywhere and are none of the recall's."""
        return (
            line.number,
            order_digest(line.order),
            min(line.units, MOST_UNITS),
            sku_digest(line.sku),
            bool(line.asin or line.upc),
            buyer,
        )

    def is_new(self, digest: bytes) -> bool:
        """Whether a buyer was not met lately, and has to be staged."""
        if digest in self._met:
            return False
        if len(self._met) >= REMEMBERED:
            self._met.clear()
        self._met.add(digest)
        return True

    def buyer_row(self, digest: bytes, buyer: Buyer, forms: BuyerForms) -> BuyerRow:
        """Who it is."""
        country = _code(buyer.address.get("country_code", ""))
        name = buyer.name.strip()[:LONGEST]
        return digest, self._sealed(name, NAME), words_digest(forms.words), country

    def contacts(self, digest: bytes, buyer: Buyer, forms: BuyerForms) -> Iterator[ContactRow]:
        """How to reach them."""
        for kind, value, form in _contacts(buyer, forms):
            yield digest, kind.value, self._sealed(value, VALUE), contact_digest(kind, form)

    def keys(self, digest: bytes, buyer: Buyer) -> Iterator[KeyRow]:
        """By which they are found who may be the same person."""
        record = PersonRecord(
            id=1,
            name=buyer.name,
            email=buyer.email,
            is_alias=buyer.is_alias,
            phone=buyer.phone,
            address=buyer.address,
        )
        for kind, form in keys_of(record):
            yield digest, int(kind), person_key_digest(kind, form)

    def _identity(self, line: OrderLine, product: str, buyer: bytes) -> bytes:
        """By which it is known in another file. A registration without an order's number is known
        by its serial, else by who registered and when; one that says nothing of it is its own."""
        if order := order_form(line.order):
            return line_digest(self._shop, order, product)
        if serial := order_form(line.serial):
            return line_digest("", "serial", serial, product)
        if buyer:
            return line_digest(self._shop, "buyer", buyer.hex(), str(line.ordered_on), product)
        return line_digest(self._shop, "line", self._file, str(line.number), product)

    def _returned_to(self, order: str) -> str | None:
        """In which shop's files a return's order may stand, besides those of its own shop: empty
        for any. The firm's own shop is the one whose files are Shopify's."""
        if sum(map(str.isalnum, order)) >= SHORTEST_ORDER:
            return ""
        return Channel.SHOPIFY.value if order and self._is_own else None

    def _sealed(self, text: str, purpose: str) -> bytes:
        return self._ring.seal(text.encode(), purpose=purpose) if text else b""


def _contacts(buyer: Buyer, forms: BuyerForms) -> Iterator[tuple[ContactKind, str, str]]:
    email = buyer.email.strip()
    if forms.email and len(email) <= LONGEST:
        yield (ContactKind.ALIAS if buyer.is_alias else ContactKind.EMAIL), email, forms.email
    if forms.phone:
        yield ContactKind.PHONE, buyer.phone.strip()[:LONGEST], forms.phone
    if forms.address:
        yield ContactKind.ADDRESS, json.dumps(buyer.address, sort_keys=True), forms.address


def _code(country: str) -> str:
    is_code = len(country) == 2 and country.isascii() and country.isalpha()
    return country.upper() if is_code else ""
