"""A recall's texts, numbers, days and money, as a reader of one language expects them.

Guarantees: a text that is missing in the language is given in another one, together with the code
of the language used, so that a page can mark it; figures keep their value, only their form changes.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import Money
from recalldesk.recalls.document.text_checks import FIGURE

PSEUDO_LANGUAGES = frozenset({"en-xa", "ar-xb"})


def in_language(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """The text and the code of its language: the one asked, else English for a pseudo-language,
    else the first one given."""
    base = language.partition("-")[0]
    wanted = [language, base] + (["en"] if language in PSEUDO_LANGUAGES else [])
    used = next((code for code in wanted if code in texts), next(iter(texts)))
    return texts[used], used


@lru_cache(maxsize=64)
def locale_of(language: str, country: str = "") -> Locale:
    """The locale for a language, as it is used in a country where that is known."""
    base = "en" if language in PSEUDO_LANGUAGES else language.partition("-")[0]
    try:
        return Locale.parse(f"{base}_{country}" if country else base)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(base)


def fill(text: str, document: Document, language: str) -> str:
    """The text with each {figure} as a number of the language, in the recall's first country."""
    locale = locale_of(language, document.countries[0])
    return FIGURE.sub(lambda found: number(document.figures[found.group(1)].value, locale), text)


def said(texts: Mapping[str, str], document: Document, language: str) -> str:
    """The text in a language, or in one that it is given in, with the recall's numbers in it."""
    text, used = in_language(texts, language)
    return fill(text, document, used)


def number(value: Decimal | int, locale: Locale) -> str:
    """1158000 -> 1,158,000."""
    return format_decimal(value, locale=locale)


def day(date: datetime.date, locale: Locale) -> str:
    """A date in words, such as June 12, 2025."""
    return format_date(date, format="long", locale=locale)


def moment(at: datetime.datetime, locale: Locale) -> str:
    """A date and a time of day, in UTC and saying so."""
    utc = at.astimezone(datetime.UTC)
    time = format_time(utc, format="short", locale=locale)
    return f"{day(utc.date(), locale)}, {time} UTC"


def money(value: Money, locale: Locale) -> str:
    """An amount with its currency; whole amounts without decimals."""
    pattern = locale.currency_formats["standard"].pattern
    is_whole = value.amount == value.amount.to_integral_value()
    return format_currency(
        value.amount,
        value.currency,
        format=pattern.replace(".00", "") if is_whole else pattern,
        locale=locale,
        currency_digits=False,
    )


def country_name(country: str, locale: Locale) -> str:
    """The country's name in the language, or its code where it has none."""
    return str(locale.territories.get(country, country))


def listed(words: tuple[str, ...] | list[str], locale: Locale, style: str = "standard") -> str:
    """Words as a list with its last conjunction: A, B and C."""
    return format_list(list(words), style="or" if style == "or" else "standard", locale=locale)
