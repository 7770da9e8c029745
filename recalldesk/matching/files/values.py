"""Dates and numbers as shops write them, in the words and orders of their countries.

Guarantee: what can be read in two ways is not read at all.
"""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import product

from babel import Locale

from recalldesk.foundation.normal_forms.words import plain
from recalldesk.matching.files.mapping import DayOrder

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pl", "pt", "sv", "da", "cs", "tr")
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?!\d)")
COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:T?\d{6})?")
NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
MONTH_NAMED_FIRST = re.compile(
    r"([^\W\d_]+)\.?[\s\-/,]+(\d{1,2})(?:st|nd|rd|th)?[\s\-/,]+(\d{4}|\d{2})(?!\d)"
)
DAY_THEN_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s\-/]+(?:de\s+)?([^\W\d_]+)\.?[\s\-/,]+(?:de\s+)?(\d{4}|\d{2})(?!\d)"
)
ALSO = {"mrz": 3, "sept": 9}
"""Short names of months that are written, too."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_UNITS = 1_000_000
SPACES = re.compile(r"[\s\u00a0\u202f']")


@lru_cache(maxsize=10_000)
def day_of(text: str, order: DayOrder | None) -> date | None:
    """The day that a text begins with; None where it names none, or could name two."""
    text = text.strip()
    if found := YEAR_FIRST.match(text) or COMPACT.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := NUMBERS.match(text):
        return _of_numbers(found[1], found[2], found[3], order)
    if found := MONTH_NAMED_FIRST.match(text):
        return _date(found[3], str(months().get(plain(found[1]), 0)), found[2])
    if found := DAY_THEN_NAME.match(text):
        return _date(found[3], str(months().get(plain(found[2]), 0)), found[1])
    return None


def order_of(texts: "list[str]") -> DayOrder | None:
    """The order that dates written as numbers have in a file, where some of them tell."""
    seen = set()
    for text in texts:
        if found := NUMBERS.match(text.strip()):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                seen.add(DayOrder.DAY_FIRST)
            elif second > 12 >= first:
                seen.add(DayOrder.MONTH_FIRST)
    return seen.pop() if len(seen) == 1 else None


def _of_numbers(first: str, second: str, year: str, order: DayOrder | None) -> date | None:
    if order is DayOrder.YEAR_FIRST:
        return _date(first, second, year) if len(year) == 2 else None
    month_first, day_first = _date(year, first, second), _date(year, second, first)
    if order is DayOrder.MONTH_FIRST:
        return month_first
    if order is DayOrder.DAY_FIRST:
        return day_first
    if month_first is None or day_first is None or month_first == day_first:
        return month_first or day_first
    return None


def _date(year: str, month: str, day: str) -> date | None:
    number = int(year) + (2000 if len(year) < 3 else 0)
    with suppress(ValueError):
        found = date(number, int(month), int(day))
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


@cache
def months() -> dict[str, int]:
    """The names of months in the languages of shops, long and short."""
    names: dict[str, set[int]] = {}
    for language in LANGUAGES:
        of = Locale(language).months
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in of[context][width].items():
                names.setdefault(plain(str(name)).strip(". "), set()).add(int(number))
    return {name: min(numbers) for name, numbers in names.items() if len(numbers) == 1} | ALSO


def units_of(text: str, decimal: str) -> int | None:
    """A whole number that is not negative; None where it is none."""
    bare = SPACES.sub("", text)
    if decimal == ",":
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?", bare):
        bare = bare.replace(",", "")
    with suppress(InvalidOperation, ValueError):
        number = Decimal(bare)
        if number.is_finite() and number == number.to_integral_value():
            return int(number) if 0 <= number <= MOST_UNITS else None
    return None
