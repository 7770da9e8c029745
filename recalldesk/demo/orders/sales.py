"""Who bought what, where and when; what was cancelled, and what came back."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from recalldesk.demo.orders.goods import (
    BLUE_POWER_BANK,
    COUNTRY,
    OTHERS,
    POWER_BANK,
    SINCE,
    UNTIL,
    Goods,
)
from recalldesk.demo.orders.people import DAYS, FIRST_DAY, Home, Person

RECALLED, CANCELLED, CAME_BACK, RETURN_NOT_SEEN = 0.55, 0.03, 0.05, 0.001
TITLE_ONLY, SHORT_NAME, GIFT_HOME = 0.015, 0.15, 0.03
ORDERS_OF_ONE = (1, 1, 1, 2, 2, 3)


class Shop(StrEnum):
    """Where something was bought. Amazon sends some orders itself, and names no buyer of them."""

    AMAZON = "amazon"
    BY_AMAZON = "by_amazon"
    EBAY = "ebay"
    NEWEGG = "newegg"
    SHOPIFY = "shopify"


SHARES = {
    Shop.AMAZON: 22,
    Shop.BY_AMAZON: 28,
    Shop.EBAY: 15,
    Shop.NEWEGG: 13,
    Shop.SHOPIFY: 22,
}


@dataclass(frozen=True)
class SoldLine:
    """`is_listed_by_title`: the shop's listing has none of the product's numbers; `units_back`:
    what the shop saw come back; `units_back_unseen`: what came back and stands in no file."""

    goods: Goods
    units: int
    units_back: int = 0
    units_back_unseen: int = 0
    is_listed_by_title: bool = False


@dataclass(frozen=True)
class Sale:
    """An order of a person."""

    number: int
    shop: Shop
    person: Person
    day: date
    name: str
    home: Home
    lines: tuple[SoldLine, ...]
    is_cancelled: bool

    @property
    def affected_units(self) -> int:
        """Units of the recall that the buyer got and still has."""
        is_sold_so = SINCE <= self.day <= UNTIL and self.home.country == COUNTRY
        if self.is_cancelled or not is_sold_so:
            return 0
        return sum(
            line.units - line.units_back - line.units_back_unseen
            for line in self.lines
            if line.goods.is_recalled
        )


def made_up_sales(chance: random.Random, people: list[Person]) -> Iterator[Sale]:
    """The orders of all, in the order of their numbers."""
    number = 1000
    for person in people:
        for _ in range(chance.choice(ORDERS_OF_ONE)):
            number += chance.randrange(1, 9)
            yield _sale(chance, number, person, people)


def _sale(chance: random.Random, number: int, person: Person, people: list[Person]) -> Sale:
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    given = person.short if chance.random() < SHORT_NAME else person.given
    is_gift = chance.random() < GIFT_HOME
    home = (chance.choice(people) if is_gift else person).home(day)
    count = chance.choices((1, 2, 3), (80, 15, 5))[0]
    return Sale(
        number,
        chance.choices(list(SHARES), list(SHARES.values()))[0],
        person,
        day,
        f"{given} {person.family(day)}",
        home,
        tuple(_line(chance, is_first=place == 0) for place in range(count)),
        chance.random() < CANCELLED,
    )


def _line(chance: random.Random, *, is_first: bool) -> SoldLine:
    if not (is_first and chance.random() < RECALLED):
        return SoldLine(chance.choice(OTHERS), 1)
    units = chance.choices((1, 2, 3), (85, 11, 4))[0]
    back = chance.randrange(1, units + 1) if chance.random() < CAME_BACK else 0
    unseen = units if not back and chance.random() < RETURN_NOT_SEEN else 0
    return SoldLine(
        chance.choice((POWER_BANK, POWER_BANK, BLUE_POWER_BANK)),
        units,
        back,
        unseen,
        chance.random() < TITLE_ONLY,
    )
