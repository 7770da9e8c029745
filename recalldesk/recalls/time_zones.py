"""Which time zones there are, and which one a country lives by. No Django.

Guarantee: the names are those of the package `tzdata`, so that a recall file means the same on a
machine without any time zones of its own.
"""

from collections import defaultdict
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

ELSEWHERE = "UTC"
_MOST_LIVE_BY = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Chuuk",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Gaza",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}
"""Of countries with more than one: that of most people."""


def is_time_zone(name: str) -> bool:
    """Whether it names one, as America/New_York does."""
    return name in _names()


def zone_of_country(country: str) -> ZoneInfo:
    """The zone of a country's code; of several, that of most people; UTC where none is known."""
    if country in _MOST_LIVE_BY:
        return ZoneInfo(_MOST_LIVE_BY[country])
    zones = _by_country().get(country, ())
    return ZoneInfo(zones[0] if len(zones) == 1 else ELSEWHERE)


@cache
def _names() -> frozenset[str]:
    return frozenset((resources.files("tzdata") / "zones").read_text("utf-8").split())


@cache
def _by_country() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            found[country].append(name)
    return found
