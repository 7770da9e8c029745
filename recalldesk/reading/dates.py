"""The ways in which people write a day that was shown to them: pure."""

import re
from collections.abc import Iterator
from datetime import date

from recalldesk.foundation.serial_form import normalise

MONTHS = (
    ("JANUARY", "ENERO"),
    ("FEBRUARY", "FEBRERO"),
    ("MARCH", "MARZO"),
    ("APRIL", "ABRIL"),
    ("MAY", "MAYO"),
    ("JUNE", "JUNIO"),
    ("JULY", "JULIO"),
    ("AUGUST", "AGOSTO"),
    ("SEPTEMBER", "SEPTIEMBRE"),
    ("OCTOBER", "OCTUBRE"),
    ("NOVEMBER", "NOVIEMBRE"),
    ("DECEMBER", "DICIEMBRE"),
)
"""In the languages of the pages."""


def days_meant(shown: str) -> tuple[date, ...]:
    """The days that a text may name: several where day and month may be taken for each other."""
    words = re.findall(r"\d+|[^\W\d_]+", shown)
    numbers = [int(word) for word in words if word.isdigit() and len(word) <= 4]
    months = [month for word in words if (month := _month(word))]
    if len(numbers) == 2 and months:
        day, year = sorted(numbers)
        return tuple(_days([(year, months[0], day)]))
    if len(numbers) != 3:
        return ()
    if numbers[0] > 31:
        year, month, day = numbers
        return tuple(_days([(year, month, day)]))
    first, second, year = numbers
    return tuple(dict.fromkeys(_days([(year, first, second), (year, second, first)])))


def written_ways(shown: str) -> frozenset[str]:
    """The texts, without separators, that may stand for the day; at least what was shown."""
    ways = {_plain(shown)}
    for day in days_meant(shown):
        ways.update(_ways(day))
    return frozenset(filter(None, ways))


def _ways(day: date) -> Iterator[str]:
    for year in (f"{day.year:04}", f"{day.year % 100:02}"):
        for d in {f"{day.day:02}", f"{day.day}"}:
            for m in {f"{day.month:02}", f"{day.month}"}:
                yield d + m + year
                yield m + d + year
                yield year + m + d
            for name in MONTHS[day.month - 1]:
                for month in {name, name[:3]}:
                    yield d + month + year
                    yield month + d + year
                    yield d + "DE" + month + "DE" + year


def _month(word: str) -> int:
    plain = _plain(word)
    if len(plain) < 3:
        return 0
    for number, names in enumerate(MONTHS, start=1):
        if any(name.startswith(plain) for name in names):
            return number
    return 0


def _days(parts: list[tuple[int, int, int]]) -> Iterator[date]:
    for year, month, day in parts:
        try:
            yield date(year if year >= 100 else 2000 + year, month, day)
        except ValueError:
            continue


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, normalise(text)))
