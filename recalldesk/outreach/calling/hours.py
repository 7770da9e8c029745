"""When somebody may be called: at their own day, in every zone where their number may lie.

Guarantees: nobody is called before nine or after eight in the evening, wherever in the country
their number's place may be; a second try is on another day and at another part of the day. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneNumberFormat, timezone

CALLS_FROM, CALLS_UNTIL = time(9), time(20)
NOON = time(13)
MORNING, EVENING = time(10), time(17, 30)
STEP = timedelta(minutes=15)
LOOKED_AHEAD = timedelta(days=2)
NO_ZONE = "Etc/Unknown"
MOST_ZONES_SHOWN = 2


@dataclass(frozen=True, repr=False)
class Number:
    """A number that can be called. `shown`: as it is dialled from abroad; `zones`: where it may
    lie, none where nobody knows."""

    e164: str
    shown: str
    zones: tuple[str, ...]


def number_of(written: str, country: str) -> Number | None:
    """The number as a shop wrote it; None where it is none."""
    try:
        parsed = phonenumbers.parse(written, country or None)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    zones = tuple(each for each in timezone.time_zones_for_number(parsed) if each != NO_ZONE)
    return Number(
        e164=phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        shown=phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL),
        zones=zones or zones_of_country(country),
    )


def zones_of_country(country: str) -> tuple[str, ...]:
    """All zones of a country; none for an unknown one."""
    return _zones_by_country().get(country, ())


def is_open(zones: Sequence[str], moment: datetime) -> bool:
    """Whether somebody may be called then. Where nobody knows the zone, it is judged by UTC."""
    return all(CALLS_FROM <= each < CALLS_UNTIL for each in _clocks(zones, moment))


def opens_at(zones: Sequence[str], now: datetime) -> datetime:
    """Now, or when they may be called next; in a country so wide that it is never day in all of
    it, when it is in most of it."""
    if is_open(zones, now):
        return now
    quarter = timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    moments = [now - quarter + STEP * n for n in range(1, LOOKED_AHEAD // STEP)]
    return min(moments, key=lambda moment: (_closed(zones, moment), moment))


def may_call(zones: Sequence[str], now: datetime) -> bool:
    """Whether nothing better than this moment comes within two days."""
    return is_open(zones, now) or _closed(zones, now) <= _closed(zones, opens_at(zones, now))


def next_try(zones: Sequence[str], tried_at: datetime) -> datetime:
    """After nobody answered: the next day, in the evening where it was before one, else in the
    morning."""
    zone = _zone(zones[0]) if zones else _zone("UTC")
    local = tried_at.astimezone(zone)
    part = EVENING if local.time() < NOON else MORNING
    wanted = datetime.combine(local.date() + timedelta(days=1), part, tzinfo=zone)
    return opens_at(zones, wanted.astimezone(tried_at.tzinfo))


def local_times(zones: Sequence[str], moment: datetime) -> tuple[str, ...]:
    """The time of day there, the earliest and the latest where it may lie in several zones."""
    found = sorted({moment.astimezone(_zone(each)).strftime("%H:%M") for each in zones})
    return tuple(found) if len(found) <= MOST_ZONES_SHOWN else (found[0], found[-1])


def _closed(zones: Sequence[str], moment: datetime) -> int:
    return sum(not CALLS_FROM <= each < CALLS_UNTIL for each in _clocks(zones, moment))


def _clocks(zones: Sequence[str], moment: datetime) -> list[time]:
    return [moment.astimezone(_zone(each)).time() for each in zones or ("UTC",)]


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for zone, country in get_global("zone_territories").items():
        found.setdefault(country, []).append(zone)
    return {country: tuple(sorted(zones)) for country, zones in found.items()}
