"""Made-up people in their households: some move, some share a phone, some take another family name,
most have a short name.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from recalldesk.demo.orders.names import (
    ABROAD,
    AREA_CODES,
    FAMILY_ENDS,
    FAMILY_STARTS,
    GIVEN,
    MAIL_HOSTS,
    STREETS,
    TOWNS,
)

MOVES, NEW_MAIL, SHARED_PHONE, LIVES_ABROAD = 0.15, 0.1, 0.3, 0.03
RENAMED_EACH = 17
"""One of so many takes another family name, with a mail address of it: their phone number stays."""
FIRST_DAY, DAYS = date(2016, 4, 1), 2640


@dataclass(frozen=True)
class Home:
    """A place to live."""

    street: str
    flat: str
    town: str
    state: str
    postal_code: str
    country: str


@dataclass(frozen=True)
class Person:
    """Somebody who is made up. From `changed_on` on the last home, mail address and family name
    hold."""

    number: int
    given: str
    families: tuple[str, ...]
    homes: tuple[Home, ...]
    emails: tuple[str, ...]
    phone: str
    changed_on: date

    @property
    def short(self) -> str:
        """The name that friends use."""
        return GIVEN[self.given] or self.given

    @property
    def is_renamed(self) -> bool:
        """Whether they took another family name."""
        return len(self.families) > 1

    def family(self, day: date) -> str:
        """Their family name on a day."""
        return self.families[-1 if day >= self.changed_on else 0]

    def home(self, day: date) -> Home:
        """Where they live on a day."""
        return self.homes[-1 if day >= self.changed_on else 0]

    def email(self, day: date) -> str:
        """Their mail address on a day."""
        return self.emails[-1 if day >= self.changed_on else 0]


def made_up_people(chance: random.Random, count: int) -> Iterator[Person]:
    """So many people, household by household."""
    number = 0
    while number < count:
        size = min(chance.choices((1, 2, 3, 4), (40, 35, 15, 10))[0], count - number)
        family = chance.choice(FAMILY_STARTS) + chance.choice(FAMILY_ENDS)
        homes, shared = (_home(chance), _home(chance)), _phone(chance)
        moves = chance.random() < MOVES
        changed_on = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        for given in chance.sample(list(GIVEN), size):
            number += 1
            has_shared = size > 1 and chance.random() < SHARED_PHONE
            yield Person(
                number,
                given,
                _families(family, number),
                homes if moves else homes[:1],
                _emails(chance, given, family, number),
                shared if has_shared else _phone(chance),
                changed_on,
            )


def _families(family: str, number: int) -> tuple[str, ...]:
    """By the number alone, so that everybody else stays as they are."""
    if number % RENAMED_EACH:
        return (family,)
    place = number // RENAMED_EACH
    other = FAMILY_STARTS[place % len(FAMILY_STARTS)] + FAMILY_ENDS[place % len(FAMILY_ENDS)]
    return (family, other)


def _home(chance: random.Random) -> Home:
    street = f"{chance.randrange(1, 9900)} {chance.choice(STREETS)}"
    flat = f"Apt {chance.randrange(1, 60)}" if chance.random() < 0.3 else ""
    if chance.random() < LIVES_ABROAD:
        town, state, country = chance.choice(ABROAD)
        return Home(street, flat, town, state, "00000", country)
    town, state = chance.choice(TOWNS)
    return Home(street, flat, town, state, f"{chance.randrange(1000, 99_999):05}", "US")


def _phone(chance: random.Random) -> str:
    return f"+1 {chance.choice(AREA_CODES)}-555-01{chance.randrange(100):02}"


def _emails(chance: random.Random, given: str, family: str, number: int) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", f"{given}.{family}").encode("ascii", "ignore").decode()
    first = f"{plain.casefold()}.{number}@{chance.choice(MAIL_HOSTS)}"
    if chance.random() < NEW_MAIL or number % RENAMED_EACH == 0:
        return first, f"new.{first}"
    return (first,)
