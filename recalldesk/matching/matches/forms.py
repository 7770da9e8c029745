"""One way of writing for what shops write in many: numbers of products, and titles.

Guarantee: pure; a form is for comparing only. A text that has no form is empty, and equals nothing.
"""

from functools import lru_cache

from recalldesk.foundation.normal_forms.words import WORD, plain
from recalldesk.foundation.trade_number import DIGITS, gtin_14

TITLE = "title"
GTIN = "gtin"


def key_kind(kind: str) -> str:
    """The kind under which a number is compared: upc, ean and gtin are one family."""
    return GTIN if kind in DIGITS else kind


@lru_cache(maxsize=1 << 16)
def key_form(kind: str, value: str) -> str:
    """The form of a product's number: as fourteen digits where shops scan it, else without spaces
    and case. A title's is `title_form`."""
    if not value:
        return ""
    if kind == TITLE:
        return title_form(value)
    return gtin_14(value) if kind in DIGITS else "".join(value.split()).casefold()


@lru_cache(maxsize=1 << 14)
def title_form(title: str) -> str:
    """The words of a title, in order, each between spaces: " anker powercore 10000 ". A title rule
    fits a title whose form holds the rule's."""
    words = WORD.findall(plain(title))
    return f" {' '.join(words)} " if words else ""
