"""Honest people of the made-up year, with all that makes honest claims look odd.

Families and shared flats, large houses, several units, offices and carriers with one address for
many, photos that show nothing, serials that were misread, units that are gone.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from benchmarks.year.labels import drawn_code
from benchmarks.year.people import CARD, KETTLE, MONEY, Home, People, flat_of, receiving
from benchmarks.year.photos import Camera, Shown
from benchmarks.year.sent import Person, SentFiling, SentUnit
from recalldesk.claims.states import UnitReading

REMEDIES, REMEDY_SHARES = (KETTLE, CARD, MONEY), (50, 30, 20)
CHECKS = 0.2
"""Of those who want money, by check."""
TOGETHER = ((1, 920), (2, 65), (3, 12), (4, 3))
"""People of one home who claim, each for themselves, and how often in a thousand homes."""
FAMILIES, SHARED_FLATS = 0.75, 0.05
"""Of homes with several: one last name; people who share a flat and nothing else. The others are
couples with two names, of whom many share an account."""
UNITS = ((1, 880), (2, 90), (3, 20), (4, 6), (5, 2), (12, 1), (30, 1))
AGAIN = 0.02
"""Come again with one unit more."""
IN_HOUSES, HOUSES, TOWERS, OF_TOWER = 0.3, 12_000, 100, 0.02
"""Homes that are flats of houses in which others may claim too, and of towers with hundreds."""
LINES, CARRIERS, OFFICES = 0.6, 0.3, 0.08
"""Sent from a line of one's own, through a carrier, from an office; the others leave no network."""
CARRIER_ADDRESSES, OFFICE_ADDRESSES = 150, 600
LUNCHES = 0.05
"""Of those who claim at an office, with two to six colleagues within the hour."""
DANGER, WROTE = 0.005, 0.01
GONE, CANNOT_READ, CANNOT_PHOTOGRAPH = 0.02, 0.02, 0.015
MISREAD = 0.005
"""Claim for a serial beside their own: one misread digit, and it is on the list as well."""
MOST_WITH_PHOTOS = 5
T = TypeVar("T")
LABEL_SHOWN = ((Shown.WELL, 940), (Shown.UNREADABLE, 50), (Shown.UNUSABLE, 10))
MARKING_SHOWN = (
    (Shown.WELL, 940), (Shown.UNREADABLE, 30), (Shown.OTHER, 20), (Shown.UNUSABLE, 10),
)  # fmt: skip
"""`OTHER`: marked before the code was known."""


@dataclass
class Honest:
    """Draws filings of honest people. `serial` gives the next serial of the list."""

    draw: random.Random
    people: People
    camera: Camera
    serial: Callable[[], str]

    def __post_init__(self) -> None:
        self._houses = [self.people.home() for _ in range(HOUSES)]
        self._carriers = [self.people.network() for _ in range(CARRIER_ADDRESSES)]
        self._offices = [self.people.network() for _ in range(OFFICE_ADDRESSES)]

    def filings(self, units: int) -> Iterator[SentFiling]:
        """Of so many units in all, home by home."""
        left = units
        while left > 0:
            for filing in self._of_home():
                if left > 0:
                    cut = filing.units[:left]
                    left -= len(cut)
                    yield replace(filing, units=cut)

    def _of_home(self) -> Iterator[SentFiling]:
        draw, home = self.draw, self._home()
        count = _one_of(draw, TOGETHER)
        chance = draw.random()
        last = self.people.last_name()
        is_family = chance < FAMILIES
        is_couple = not is_family and chance < 1 - SHARED_FLATS
        account = self.people.account(last)
        for _ in range(count):
            person = self.people.person(last_name=last if is_family or count == 1 else "")
            own = account if is_family or is_couple else self.people.account(person.name)
            yield from self._of_person(person, home, own)

    def _of_person(
        self, person: Person, home: Home, account: Mapping[str, str]
    ) -> Iterator[SentFiling]:
        draw = self.draw
        (remedy,) = draw.choices(REMEDIES, REMEDY_SHARES)
        paid = {"kind": "check"} if draw.random() < CHECKS else account
        at, network = self.people.moment(), ""
        where = draw.random()
        if where < LINES:
            network = self.people.network()
        elif where < LINES + CARRIERS:
            network = draw.choice(self._carriers)
        elif where < LINES + CARRIERS + OFFICES:
            network = draw.choice(self._offices)
            if draw.random() < LUNCHES:
                yield from self._colleagues(at, network)
        for later in range(2 if draw.random() < AGAIN else 1):
            yield SentFiling(
                at=at + timedelta(days=later * draw.uniform(1, 60)),
                person=receiving(person, remedy, home.written(draw), paid),
                network=network,
                remedy=remedy,
                units=tuple(self._units()),
                is_dangerous=draw.random() < DANGER,
                wrote=draw.random() < WROTE,
            )

    def _colleagues(self, at: datetime, network: str) -> Iterator[SentFiling]:
        """People of other homes who hear of it at once."""
        draw = self.draw
        for _ in range(draw.randint(2, 6)):
            person = self.people.person()
            remedy = draw.choice((KETTLE, CARD))
            yield SentFiling(
                at=at + timedelta(minutes=draw.uniform(-25, 25)),
                person=receiving(person, remedy, self._home().written(draw), {}),
                network=network,
                remedy=remedy,
                units=tuple(self._units()),
            )

    def _home(self) -> Home:
        draw = self.draw
        if draw.random() >= IN_HOUSES:
            return self.people.home()
        house = draw.choice(self._houses[:TOWERS] if draw.random() < OF_TOWER else self._houses)
        return replace(house, flat=flat_of(draw))

    def _units(self) -> Iterator[SentUnit]:
        count = _one_of(self.draw, UNITS)
        for _ in range(count):
            yield self._unit(self.serial(), has_photos=count <= MOST_WITH_PHOTOS)

    def _unit(self, serial: str, *, has_photos: bool) -> SentUnit:
        draw, code = self.draw, drawn_code(self.draw)
        chance = draw.random()
        if chance < GONE:
            return SentUnit("", code, reading=UnitReading.GONE, is_listed=False)
        if chance < GONE + CANNOT_READ:
            marking = self.camera.marking(_one_of(draw, MARKING_SHOWN))
            return SentUnit("", code, (marking,), UnitReading.UNREADABLE, is_listed=False)
        if chance < GONE + CANNOT_READ + CANNOT_PHOTOGRAPH:
            return SentUnit(serial, code, cannot_photograph=True)
        if not has_photos:
            return SentUnit(serial, code)
        label, marking = _one_of(draw, LABEL_SHOWN), _one_of(draw, MARKING_SHOWN)
        printed = self.serial() if draw.random() < MISREAD else serial
        photos = (
            self.camera.label(printed, label),
            self.camera.marking(marking),
        )
        return SentUnit(serial, code, photos, is_readable={label, marking} == {Shown.WELL})


def _one_of(draw: random.Random, weighed: tuple[tuple[T, int], ...]) -> T:
    values, weights = zip(*weighed, strict=True)
    return draw.choices(values, weights)[0]
