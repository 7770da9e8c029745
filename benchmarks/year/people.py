"""People who do not exist: their names, homes in varied spelling, accounts and networks."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from benchmarks.year.sent import Person

KETTLE, CARD, MONEY = "new-kettle", "card", "money"
FIRST_NAMES = tuple(
    start + end
    for start in ("Ari", "Bel", "Cora", "Den", "Eli", "Fen", "Gia", "Hol", "Ivo", "Jun", "Kai")
    for end in ("na", "lo", "mi", "ro", "ta", "va", "das", "lin", "ster", "wen")
)
_PARTS = (
    ("Bram", "Cald", "Dross", "Eld", "Farn", "Grint", "Hask", "Ister", "Jorv", "Kelm", "Lund"),
    ("a", "e", "i", "o", "u", "ei", "ou", "ar", "el", "im", "or", "un"),
    ("bury", "dale", "feld", "garth", "ham", "kins", "low", "mere", "nay", "pole", "quist", "wick"),
)
STREETS = ("Madeup", "Imagined", "Nowhere", "Invented", "Pretend", "Fable", "Notional", "Supposed")
TREES = ("Oak", "Elm", "Birch", "Maple", "Cedar", "Walnut", "Aspen", "Hazel", "Linden", "Rowan")
SUFFIXES = (
    ("Street", "St", "St.", "STREET"),
    ("Avenue", "Ave", "Ave.", "AVENUE"),
    ("Lane", "Ln", "LN.", "lane"),
    ("Road", "Rd", "Rd.", "ROAD"),
    ("Boulevard", "Blvd", "Blvd.", "boulevard"),
)
FLATS = ("Apt {}", "Apt. {}", "#{}", "Unit {}", "apartment {}", "APT {}")
PROVIDERS = ("home.example", "post.example", "box.example", "gmail.com")
START = datetime.fromisoformat("2026-01-05T00:00:00+00:00")
DAYS = 364
RUSH, RUSH_DAYS = 0.6, 30.0
"""So many claim soon after the news, in so many days on average; the others all through the year.
"""


@dataclass(frozen=True)
class Home:
    """A flat or a house of its own."""

    number: int
    street: str
    suffix: int
    postal_code: str
    flat: str = ""

    def written(self, draw: random.Random) -> Mapping[str, str]:
        """As somebody who lives there writes it."""
        street = f"{self.number} {self.street} {draw.choice(SUFFIXES[self.suffix])}"
        if self.flat:
            flat = draw.choice(FLATS).format(self.flat)
            street = f"{street}{draw.choice((', ', ' '))}{flat}"
        if draw.random() < 0.1:
            street = street.upper()
        return {
            "country_code": "US",
            "street_address": street,
            "city": "Springfield" if draw.random() < 0.9 else "SPRINGFIELD",
            "country_area": "IL",
            "postal_code": self.postal_code,
        }


class People:
    """Draws people; no two have anything in common that was not given to both."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._count = 0

    def first_name(self) -> str:
        """One of a hundred; some are more frequent than others."""
        return FIRST_NAMES[int(len(FIRST_NAMES) * self._draw.random() ** 1.5)]

    def last_name(self) -> str:
        """One of some thousands."""
        name = "".join(self._draw.choice(parts) for parts in _PARTS)
        return f"{name}{self._draw.choice(('', 'er', 'ard'))}"

    def home(self, *, has_flat: bool = False) -> Home:
        """A home that nobody else was given."""
        self._count += 1
        draw = self._draw
        return Home(
            number=draw.randint(1, 9_999),
            street=f"{draw.choice(STREETS)} {draw.choice(TREES)}",
            suffix=draw.randrange(len(SUFFIXES)),
            postal_code=f"{60_000 + self._count % 2_900:05}",
            flat=flat_of(draw) if has_flat else "",
        )

    def person(self, *, last_name: str = "") -> Person:
        """With contacts of their own, and no address or payee yet."""
        self._count += 1
        first, last = self.first_name(), last_name or self.last_name()
        provider = self._draw.choice(PROVIDERS)
        email = f"{first}.{last}.{self._count}@{provider}".lower()
        phone = f"+1217{5_000_000 + self._count:07}" if self._draw.random() < 0.5 else ""
        return Person(f"{first} {last}", email, phone)

    def account(self, holder: str) -> Mapping[str, str]:
        """A bank account that nobody else was given."""
        self._count += 1
        return {
            "kind": "us_account",
            "account_holder": holder,
            "routing_number": "021000021",
            "account_number": f"{900_000_000 + self._count}",
        }

    def network(self) -> str:
        """A line at home: an IPv4 address or an IPv6 /64, that nobody else was given."""
        self._count += 1
        number = self._count
        if self._draw.random() < 0.4:
            return f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::/64"
        return f"100.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def moment(self) -> datetime:
        """Some time in the year, by day rather than by night."""
        draw = self._draw
        days = draw.expovariate(1 / RUSH_DAYS) if draw.random() < RUSH else draw.uniform(0, DAYS)
        day = int(min(days, DAYS))
        return START + timedelta(days=day, seconds=draw.triangular(6.5, 23.9, 17) * 3_600)


def flat_of(draw: random.Random) -> str:
    """A number of a flat."""
    return f"{draw.randint(1, 40)}{draw.choice(('', '', 'A', 'B'))}"


def receiving(
    person: Person, remedy: str, where: Mapping[str, str], account: Mapping[str, str]
) -> Person:
    """With what a remedy needs, as the forms ask it: a parcel an address, money an account, and a
    card nothing but the e-mail address."""
    if remedy == KETTLE:
        return replace(person, address=where)
    if remedy == MONEY and account["kind"] == "check":
        return replace(person, address=where, payee=account)
    return replace(person, payee=account) if remedy == MONEY else person
