"""Amounts of money as shops write them, in the signs and words of their countries.

Guarantee: what could be two amounts, or two currencies, is not read at all, unless the file's other
amounts or a mapping tell which it is.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import get_currency_precision, list_currencies

from recalldesk.matching.orders import Price

PARTS = re.compile(r"([^\d+\-()]*)(\d(?:[\d.,'\u2019 ]*\d)?)(?:[.,](?:[-\u2013\u2014]+)?)?([^\d]*)")
"""What stands before the number, the number, and what stands behind it; "49,-" is 49."""
WESTERN = r"\d{{1,3}}(?:{0}\d{{3}})+"
INDIAN = r"\d{{1,2}}(?:{0}\d{{2}})+{0}\d{{3}}"
MOST = 10**11
MOST_DECIMALS = 4
LONGEST = 40
SIGNS = {
    "us$": "USD",
    "au$": "AUD",
    "a$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "sg$": "SGD",
    "mx$": "MXN",
    "nt$": "TWD",
    "r$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₺": "TRY",
    "₪": "ILS",
    "₩": "KRW",
    "₫": "VND",
    "฿": "THB",
    "円": "JPY",
    "元": "CNY",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "fr": "CHF",
    "sfr": "CHF",
}
OF_SEVERAL = {
    "$": frozenset({"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "MXN", "TWD", "ARS", "CLP", "COP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}
"""Signs that several currencies have."""


@lru_cache(maxsize=10_000)
def price_of(
    text: str, *, decimal: str | None = None, column: str = "", default: str = ""
) -> Price | None:
    """The amount and its currency; None where there is none, or it could be two. `decimal`: the
    sign before the cents, where the file tells; `column`: the currency by a column of its own;
    `default`: by the shop or a mapping, where neither cell says it. A currency that nothing tells
    is empty."""
    found = _parts(text)
    if found is None:
        return None
    said = [_currencies(each) for each in (found[0], found[2], column)]
    in_cell = [each for each in said[:2] if each is not None]
    if len(in_cell) < sum(map(bool, (found[0], found[2]))):
        return None
    known = frozenset.intersection(*in_cell) if in_cell else None
    if said[2]:
        known = said[2] if known is None else known & said[2]
    if known is not None and not known:
        return None
    if default and (known is None or default in known):
        known = frozenset({default})
    currency = next(iter(known)) if known and len(known) == 1 else ""
    amount = _amount(found[1], decimal, _decimals(known))
    return None if amount is None else Price(amount, currency)


def decimal_of(texts: Iterable[str]) -> str | None:
    """The sign that stands before the cents in a file, where some of its amounts tell, and none
    another."""
    seen = {_told(found[1]) for text in texts if (found := _parts(text))} - {""}
    return seen.pop() if len(seen) == 1 else None


def currency_of(text: str) -> str:
    """The code of a currency; empty where the text is none, or could be several."""
    found = _currencies(text)
    return next(iter(found)) if found and len(found) == 1 else ""


def _parts(text: str) -> tuple[str, str, str] | None:
    """What stands before the number, the number with single spaces, and what stands behind it."""
    if len(text) > LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    found = PARTS.fullmatch(plain) if plain.isprintable() else None
    if found is None:
        return None
    return found[1].strip(), found[2].replace("\u2019", "'"), found[3].strip()


def _currencies(text: str) -> frozenset[str] | None:
    """Which currencies a word or sign may mean; None where it means none."""
    bare = "".join(text.split()).rstrip(".").casefold()
    if bare in OF_SEVERAL:
        return OF_SEVERAL[bare]
    code = SIGNS.get(bare, bare.upper())
    return frozenset({code}) if code in _codes() else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


def _decimals(known: frozenset[str] | None) -> int | None:
    """How many digits the cents have in all of these currencies; None where they differ."""
    found = {get_currency_precision(each) for each in known or ()}
    return found.pop() if len(found) == 1 else None


def _amount(number: str, decimal: str | None, decimals: int | None) -> Decimal | None:
    point = _told(number) or (_other(_mark(number)) if decimals == 0 else decimal)
    if not point:
        if _mark(number):
            return None
        point = "."
    whole, _, cents = number.partition(point) if number.count(point) == 1 else (number, "", "")
    bare = _ungrouped(whole)
    if bare is None or not (cents.isdigit() or not cents) or len(cents) > MOST_DECIMALS:
        return None
    amount = Decimal(f"{bare}.{cents}" if cents else bare)
    return amount if amount < MOST else None


def _told(number: str) -> str:
    """The sign before the cents, as the number itself tells; empty where it does not."""
    marks = [each for each in number if each in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1] if marks.count(marks[-1]) == 1 else ""
    mark = marks[0]
    if len(marks) > 1:
        return _other(mark)
    whole, _, behind = number.partition(mark)
    could_group = len(behind) == 3 and len(whole) <= 3 and not whole.startswith("0")
    return "" if could_group else mark


def _mark(number: str) -> str:
    return next((each for each in number if each in ".,"), "")


def _other(mark: str) -> str:
    return {",": ".", ".": ","}.get(mark, "")


def _ungrouped(whole: str) -> str | None:
    """The digits, where whatever stands between them groups them as amounts are grouped."""
    if whole.isdigit():
        return whole
    marks = {each for each in whole if not each.isdigit()}
    if len(marks) != 1:
        return None
    mark = re.escape(marks.pop())
    is_grouped = re.fullmatch(WESTERN.format(mark), whole) or re.fullmatch(
        INDIAN.format(mark), whole
    )
    return "".join(filter(str.isdigit, whole)) if is_grouped else None
