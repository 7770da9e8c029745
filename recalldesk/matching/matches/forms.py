"""One way of writing for what shops write in many: numbers of products, and titles.

Guarantee: pure; a form is for comparing only. A text that has no form is empty, and equals nothing.
"""

from functools import lru_cache

from recalldesk.foundation.normal_forms.words import WORD, plain
from recalldesk.foundation.trade_number import DIGITS, gtin_14
from recalldesk.matching.orders import OrderLine

TITLE = "title"
SERIAL = "serial"
SERIAL_SLIP = "serial_slip"
GTIN = "gtin"
NUMBERS = ("asin", "sku", "upc", "item_number")
"""The fields of a line that name a product by a number, each of the kind that it is called."""
SHORTEST_WITHIN = 5
"""Characters of a number that is looked for within longer ones: fewer stand anywhere."""
SHORTEST_OF_GTIN = 9
"""Of a number that lost its leading zeros in a spreadsheet. Shorter ones are taken as they are."""


def key_of(kind: str, value: str) -> str:
    """The number of a product with its kind, as numbers are compared; empty where it has no form.

    UPC, EAN and GTIN are one family: fourteen digits. Others are compared by their letters and
    digits alone, without the zeros before a number.
    """
    form = _digits(value) if kind in DIGITS else bare(squeezed(value))
    return f"{GTIN if kind in DIGITS else kind}:{form}" if form else ""


@lru_cache(maxsize=1 << 14)
def title_form(title: str) -> str:
    """The words of a title, in order, each between spaces: " anker powercore 10000 ". A title rule
    fits a title whose form holds the rule's."""
    words = WORD.findall(plain(title))
    return f" {' '.join(words)} " if words else ""


@lru_cache(maxsize=1 << 14)
def keys_of_numbers(asin: str, sku: str, upc: str, item_number: str) -> tuple[str, ...]:
    """The keys of what a line says. A seller's own number that is a bar code number is one, too."""
    said = zip(NUMBERS, (asin, sku, upc, item_number), strict=True)
    keys = [key_of(kind, value) for kind, value in said if value]
    if sku:
        keys.append(key_of(GTIN, sku))
    return tuple(dict.fromkeys(key for key in keys if key))


def squeezed(text: str) -> str:
    """Letters and digits alone, small and without accents."""
    return "".join(WORD.findall(plain(text)))


@lru_cache(maxsize=1 << 14)
def cells_of(asin: str, sku: str, upc: str, item_number: str, title: str) -> str:
    """What names a product in a line, each cell squeezed between spaces: in it a number is looked
    for that stands within a longer one, or in a title."""
    return f" {' '.join(map(squeezed, (asin, sku, upc, item_number, title)))} "


def keys_of(line: OrderLine) -> tuple[str, ...]:
    """The keys of a line's numbers."""
    return keys_of_numbers(line.asin, line.sku, line.upc, line.item_number)


def bare(number: str) -> str:
    """A number without the zeros before it; another text as it is."""
    return number.lstrip("0") if number.isdigit() else number


def _digits(value: str) -> str:
    """Fourteen digits, leading zeros that a spreadsheet took away given back."""
    number = value.strip().replace(" ", "").replace("-", "")
    if len(number) >= SHORTEST_OF_GTIN and number.isascii() and number.isdigit():
        return gtin_14(number) or gtin_14(number.zfill(14))
    return gtin_14(value)
