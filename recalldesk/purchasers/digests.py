"""The keyed digests by which orders, names and contacts are found again.

Guarantees: nobody reads an order, a name or a contact from them; an e-mail address and a postal
address have the digests that claims' own keys have, so that one finds the other.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from recalldesk.claims.filing_keys import key_digest
from recalldesk.claims.states import KeyKind as ClaimKey
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import name_words
from recalldesk.matching.orders import Buyer, order_form
from recalldesk.purchasers.states import ContactKind
from recalldesk.remedies.corrections.naming import ORDER
from recalldesk.sealing import vault
from recalldesk.units.naming import UNIT

PHONE_DIGITS = 10
SHORTEST_PHONE = 7


def order_digest(order: str) -> bytes:
    """Of an order's number, whatever shop gave it; empty for none."""
    form = order_form(order)
    return _digest(ORDER, form) if form else b""


def unit_digest(identity: str) -> bytes:
    """Of a unit by its serial as its product reads it, as claims and corrections know it; empty for
    none."""
    return _digest(UNIT, identity) if identity else b""


def sku_digest(sku: str) -> bytes:
    """Of the seller's number of a product; empty for none."""
    form = "".join(sku.split()).casefold()
    return _digest("purchasers.Sighting.sku_digest", form) if form else b""


def line_digest(shop: str, *what: str) -> bytes:
    """Of a product of an order: the shop, and by what it is known there."""
    said = json.dumps([shop.casefold(), *what])
    return _digest("purchasers.Purchase.line_digest", said)


def returned_digest(order: bytes, product: str, shop: str = "") -> bytes:
    """Of a product of an order as a file of returns names it, by the order's own digest: in the
    files of one shop (a word of `Channel`), or empty: of whatever shop. `RETURNED` in SQL."""
    return hashlib.sha256(order + f"{product}\n{shop}".encode()).digest()


def name_digest(name: str) -> bytes:
    """Of the words of a name; empty for none."""
    return words_digest(" ".join(name_words(name)))


def words_digest(words: str) -> bytes:
    """Of a name's words in their form; empty for none."""
    return _digest("purchasers.Purchaser.name_digest", words) if words else b""


@dataclass(frozen=True)
class BuyerForms:
    """A buyer in normal forms, made once; empty where nothing is said."""

    words: str
    email: str
    phone: str
    address: str

    @classmethod
    def of(cls, buyer: Buyer) -> Self:
        """What a line says of a buyer."""
        return cls(
            words=" ".join(name_words(buyer.name)) if buyer.name else "",
            email=email_form(buyer.email),
            phone=phone_form(buyer.phone),
            address=address_form(buyer.address).flat if buyer.address else "",
        )

    def digest(self, buyer: Buyer) -> bytes:
        """Of name and contacts; empty where they say nothing by which a buyer could be known."""
        if not (self.words or self.email or self.phone or self.address):
            return b""
        where = self.address or _address_as_written(buyer)
        said = json.dumps([self.words, self.email, self.phone, where])
        return _digest("purchasers.Purchaser.digest", said)


def contact_digest(kind: ContactKind, form: str) -> bytes:
    """Of a contact in its form."""
    if kind in (ContactKind.EMAIL, ContactKind.ALIAS):
        return key_digest(ClaimKey.EMAIL, form)
    if kind is ContactKind.ADDRESS:
        return key_digest(ClaimKey.ADDRESS, form)
    return _digest("purchasers.ContactPoint.digest.phone", form)


def value_digests(text: str) -> tuple[bytes, ...]:
    """The digests that this text has, as an e-mail address or a phone number."""
    found = []
    if email := email_form(text):
        found.append(contact_digest(ContactKind.EMAIL, email))
    if phone := phone_form(text):
        found.append(contact_digest(ContactKind.PHONE, phone))
    return tuple(found)


def person_key_digest(kind: int, form: str) -> bytes:
    """Of a key of `matching.people`."""
    return _digest(f"purchasers.PurchaserKey.digest.{kind}", form)


def digest_of_keys(digests: Iterable[bytes]) -> str:
    """One digest of many keyed ones: another as soon as one of them is."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def phone_form(phone: str) -> str:
    """The last digits of a number, with or without its country; empty for what is none."""
    digits = "".join(each for each in phone if each.isascii() and each.isdecimal())
    digits = digits.lstrip("0")[-PHONE_DIGITS:]
    return digits if len(digits) >= SHORTEST_PHONE and len(set(digits)) > 1 else ""


def _address_as_written(buyer: Buyer) -> str:
    return json.dumps(buyer.address, sort_keys=True).casefold() if buyer.address else ""


def _digest(purpose: str, text: str) -> bytes:
    return vault.digest_for_lookup(text, purpose=purpose)
