"""The currencies in which damage is told: what is paid with today, that of the recall first."""

from collections.abc import Iterable
from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_name, get_territory_currencies

from recalldesk.recalls.wording import locale_of


def currencies_of(countries: Iterable[str]) -> tuple[str, ...]:
    """What is paid with in these countries, in their order."""
    return tuple(
        dict.fromkeys(code for each in countries for code in get_territory_currencies(each))
    )


def currency_choices(countries: Iterable[str], language: str) -> list[tuple[str, str]]:
    """Each with its name, those of the countries first."""
    first = currencies_of(countries)
    locale = locale_of(language)
    return [
        (code, f"{code} · {get_currency_name(code, locale=locale)}")
        for code in dict.fromkeys((*first, *_every()))
    ]


@lru_cache(maxsize=1)
def _every() -> tuple[str, ...]:
    return tuple(sorted(currencies_of(sorted(get_global("territory_currencies")))))
