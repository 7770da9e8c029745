"""Countries by the names that shops write.

Guarantee: a name that is not known becomes no country; it is never guessed.
"""

from functools import cache, lru_cache

from babel import Locale

from recalldesk.foundation.normal_forms.words import plain

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pl", "pt", "sv", "ja")
ALSO = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "can": "CA",
    "aus": "AU",
    "gbr": "GB",
    "deu": "DE",
    "fra": "FR",
    "mex": "MX",
    "jpn": "JP",
    "holland": "NL",
    "the netherlands": "NL",
    "south korea": "KR",
    "republic of korea": "KR",
    "korea, republic of": "KR",
    "hong kong": "HK",
    "czech republic": "CZ",
    "viet nam": "VN",
    "russian federation": "RU",
    "puerto rico": "PR",
}
COUNTED_WITH = {
    **dict.fromkeys(("PR", "VI", "GU", "AS", "MP", "UM"), "US"),
    **dict.fromkeys(("GP", "MQ", "GF", "RE", "YT", "MF"), "FR"),
    **dict.fromkeys(("IC", "EA"), "ES"),
    "AX": "FI",
}
"""Places with a code of their own in which a country's law on products holds: what is sold in the
United States is sold in Puerto Rico."""
NONE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Codes of unions, of nowhere in particular and of made-up languages: nobody lives there."""


@lru_cache(maxsize=4_096)
def country_of(text: str) -> str:
    """The code of a country by its code or name; empty where none is known."""
    bare = " ".join(text.split())
    if not bare:
        return ""
    if len(bare) == 2 and bare.upper() in _codes():
        return bare.upper()
    return _names().get(plain(bare), "")


def sold_in(country: str) -> str:
    """The country whose sales an order to a country or place of this code belongs to."""
    return COUNTED_WITH.get(country, country)


@cache
def _codes() -> frozenset[str]:
    known = map(str, Locale("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - NONE


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if str(code) in _codes():
                names.setdefault(plain(str(name)), str(code))
    return names | ALSO
