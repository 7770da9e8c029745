"""When a text message may arrive: never in anybody's night.

Guarantee: where a number may lie in several time zones, it is day in all of them.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone

DAY_FROM, DAY_UNTIL = time(8), time(21)
STEP = timedelta(minutes=15)
LOOKED_AHEAD = timedelta(days=2)
NO_ZONE = "Etc/Unknown"


def zones_of(number: str) -> tuple[str, ...]:
    """The time zones in which a number (E.164) may lie: its country's where it says no more."""
    parsed = phonenumbers.parse(number)
    zones = timezone.time_zones_for_number(parsed)
    if NO_ZONE in zones:
        zones = timezone.time_zones_for_geographical_number(parsed)
    return tuple(zone for zone in zones if zone != NO_ZONE)


def day_for(number: str, now: datetime) -> datetime:
    """Now, where it is day at the number; else when it is day there next. Where a country is so
    wide that it is never day in all of it, when it is in most of it."""
    zones = [_zone(name) for name in zones_of(number)]
    if not zones or _nights(zones, now) == 0:
        return now
    quarter = timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    moments = [now - quarter + STEP * n for n in range(1, LOOKED_AHEAD // STEP)]
    return min(moments, key=lambda moment: (_nights(zones, moment), moment))


def _nights(zones: Iterable[ZoneInfo], moment: datetime) -> int:
    """In how many of the zones it is night."""
    return sum(not DAY_FROM <= moment.astimezone(zone).time() < DAY_UNTIL for zone in zones)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
