"""Made-up people in their households: who lives with whom, where, and how each is reached.

Guarantee: the same from the same seed. Postal codes, hosts and numbers are nobody's.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from benchmarks.same_person.made_names import (
    ACCENTED,
    ACCENTS,
    FAMILY_SKEW,
    GIVEN_SKEW,
    MEN,
    SHORT_FORMS,
    WOMEN,
    Draw,
    family_names,
)
from benchmarks.same_person.rates import Rates

HOSTS = Draw([f"mail{number}.example" for number in range(1, 15)], 1.2)
STREET_KINDS = ("Street", "Avenue", "Road", "Lane", "Drive", "Court", "Boulevard", "Place")


@dataclass
class Home:
    """A place to live: the parts of its address."""

    number: int
    street: str
    kind: str
    flat: str
    town: str
    code: str


@dataclass
class Person:
    """Somebody, as they are. `since`: from which of their records on the second home, number and
    name hold, as a share of all; `firm`: where they buy for one, which is somebody of its own."""

    number: int
    given: str
    families: list[str]
    generation: str
    homes: list[Home]
    phones: list[str]
    emails: list[str]
    since: float = 1.0
    maiden: str = ""
    firm: str = "-"
    firm_number: int = 0
    mates: list[str] = field(default_factory=list)


class Town:
    """Everybody of one world, household by household."""

    def __init__(self, seed: int, rates: Rates, people: int) -> None:
        self._by = random.Random(seed)
        self._rates = rates
        self._men, self._women = Draw(MEN, GIVEN_SKEW), Draw(WOMEN, GIVEN_SKEW)
        self._families = Draw(family_names(), FAMILY_SKEW)
        self._streets = Draw([name.title() for name in family_names()[:4000]], 0.5)
        self._codes = [f"{number:05}" for number in range(10_001, 10_001 + max(people // 250, 4))]
        self._numbers = count(1)
        self._taken: set[str] = set()
        self._left: list[Home] = []
        self._old_phones: list[str] = []
        self._building: list[Home] = []

    def people(self, how_many: int) -> Iterator[Person]:
        """At least so many."""
        made = 0
        while made < how_many:
            is_firm = self._by.random() < self._rates.organisations
            household = self._firm() if is_firm else self._household()
            made += len(household)
            yield from household

    def _household(self) -> list[Person]:
        by, rates = self._by, self._rates
        size = by.choices(range(1, 6), rates.household_sizes)[0]
        home, family = self._home(), self._family()
        landline = self._phone() if by.random() < rates.landline else ""
        people = [self._person(self._given(0), family, [home])]
        if size > 1:
            other = self._family() if by.random() < rates.other_family_name else family
            people.append(self._person(self._given(1), other, [home]))
        for _ in range(size - 2):
            people.append(self._child(people, family, home))
        if size > 1 and by.random() < rates.shared_email:
            people[1].emails = people[0].emails
        if landline:
            for each in people:
                each.phones = [landline, *each.phones] if by.random() < 0.4 else each.phones
        self._move(people)
        for each in people:
            each.mates = [mate.given for mate in people if mate is not each]
        return people

    def _child(self, people: list[Person], family: list[str], home: Home) -> Person:
        by, rates = self._by, self._rates
        parent = people[0]
        given, generation = self._given(by.randrange(2)), ""
        while given in {each.given for each in people}:  # few call two children by one name
            given = self._given(by.randrange(2))
        if by.random() < rates.junior and not parent.generation:
            given, generation, parent.generation = parent.given, "Jr", "Sr"
        elif len(people) > 2 and by.random() < rates.twins:
            names = [each for each in (*MEN, *WOMEN) if each[:2] == people[-1].given[:2]]
            given = by.choice(
                [each for each in names if all(each != one.given for one in people)] or [given]
            )
        child = self._person(given, family, [home])
        child.generation = generation
        if by.random() < rates.child_on_parents_phone:
            child.phones = list(parent.phones)
        return child

    def _firm(self) -> list[Person]:
        """A school or a firm: many names, one address and number, some with one box."""
        by = self._by
        home, phone = self._home(), self._phone()
        name = f"{self._families.one(by).title()} {by.choice(('School', 'Inc', 'Hotel', 'LLC'))}"
        box = self._email("purchasing", [name.partition(" ")[0].lower()])
        people, number = [], next(self._numbers)
        for _ in range(by.randrange(4, 60)):
            each = self._person(self._given(by.randrange(2)), self._family(), [home])
            each.phones, each.firm, each.firm_number = [phone], name, number
            if by.random() < 0.3:
                each.emails = [box]
            people.append(each)
        return people

    def _person(self, given: str, family: list[str], homes: list[Home]) -> Person:
        by, rates = self._by, self._rates
        phone = self._phone()
        if self._old_phones and by.random() < rates.recycled_phone:
            phone = self._old_phones.pop(by.randrange(len(self._old_phones)))
        phones = [phone]
        if by.random() < rates.new_phone:
            phones.append(self._phone())
            self._old_phones.append(phone)
        emails = [] if by.random() < rates.no_email else [self._email(given, family)]
        if emails and by.random() < rates.second_email:
            emails.append(self._email(given, family))
        maiden = self._families.one(by) if by.random() < rates.married else ""
        if by.random() < rates.accents:
            given = ACCENTED.get(given, given)
        return Person(
            next(self._numbers), given, list(family), "", homes, phones, emails, maiden=maiden,
            since=by.random() if maiden or len(phones) > 1 else 1.0,
        )  # fmt: skip

    def _move(self, people: list[Person]) -> None:
        by, rates = self._by, self._rates
        if by.random() >= rates.moved:
            return
        movers = people if by.random() < rates.moved_together else [by.choice(people)]
        if movers is people and by.random() < rates.moved_into:
            self._left.append(people[0].homes[0])
        home = self._home(is_new=True)
        for each in movers:
            each.homes, each.since = [*each.homes, home], by.random()

    def _home(self, *, is_new: bool = False) -> Home:
        by = self._by
        if self._left and not is_new and by.random() < 0.5:
            return self._left.pop()
        if by.random() >= self._rates.in_flats:
            return self._house("")
        if not self._building:
            house = self._house("")
            flats = by.randrange(4, 90)
            numbers = [f"{1 + n // 6}{'ABCDEF'[n % 6]}" for n in range(flats)]
            self._building = [Home(**{**vars(house), "flat": each}) for each in numbers]
        return self._building.pop()

    def _house(self, flat: str) -> Home:
        by = self._by
        code = by.choice(self._codes)
        number = int(by.triangular(1, 4000, 80))
        street = self._streets.one(by)
        return Home(number, street, by.choice(STREET_KINDS), flat, f"Town {code[:3]}", code)

    def _given(self, sex: int) -> str:
        return (self._men, self._women)[sex].one(self._by)

    def _family(self) -> list[str]:
        by, rates = self._by, self._rates
        names = [self._families.one(by)]
        if by.random() < rates.two_family_names:
            names.append(self._families.one(by))
        if by.random() < rates.accents / 2:
            names = [each[:1] + each[1:].translate(ACCENTS) for each in names]
        return names

    def _phone(self) -> str:
        by = self._by
        return f"+1{by.randrange(200, 990)}{by.randrange(200, 990)}{by.randrange(10_000):04}"

    def _email(self, given: str, family: list[str]) -> str:
        """A box of its own; those of like names lie close together."""
        by = self._by
        name = by.choice(SHORT_FORMS.get(given, [given])) if by.random() < 0.15 else given
        last = family[0]
        shape = by.choice(
            (f"{name}.{last}", f"{name[0]}{last}", f"{name}{last[0]}", f"{last}{name}")
        )
        digits = by.choice(("", "", str(by.randrange(60, 100)), str(by.randrange(1, 1000))))
        host = HOSTS.one(by)
        made = f"{shape}{digits}@{host}"
        while made in self._taken:
            made = f"{shape}{by.randrange(1, 10_000)}@{host}"
        self._taken.add(made)
        return made
