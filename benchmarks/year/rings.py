"""Rings whose photos say little: guessed serials, households, payees and bursts.

Worst of all cases where a kind does not name what is shared: names, contacts, homes, accounts and
networks are each claim's own, and its photos show all that is asked. One ring in four takes its
time.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from benchmarks.year.labels import drawn_code
from benchmarks.year.people import CARD, KETTLE, MONEY, People, receiving
from benchmarks.year.photos import Camera, Shown
from benchmarks.year.sent import Fraud, Person, SentFiling, SentUnit

SLOW = 0.25
HOURS, SLOW_HOURS = 8.0, 120.0
"""Between two claims of a ring, on average."""
SIZES = {
    Fraud.GUESSED: (6, 20),
    Fraud.HOUSEHOLD: (4, 9),
    Fraud.PAYEE: (3, 10),
    Fraud.BURST: (6, 30),
}
BURST_MINUTES = (5.0, 40.0)
LISTED = 0.85
"""Of guesses, those that the check page called affected; the others are sent all the same."""
BOXES = 2
"""E-mail boxes of whoever guesses; with a tag each claim seems to have its own."""
GUESS_SHOWN = (
    ("blurred", 45), ("cannot_photograph", 15), ("another's", 25), ("forged", 15),
)  # fmt: skip
"""What whoever has no unit sends for a label. `forged`: a label that reads as it should."""
MARKED = 0.5
"""Of them, how many write the code on whatever they have."""


@dataclass
class Rings:
    """Draws rings. `serial` gives the next serial of the list, `others` one that is not on it."""

    draw: random.Random
    people: People
    camera: Camera
    serial: Callable[[], str]
    unlisted: Callable[[], str]
    first_ring: int

    def filings(self, fraud: Fraud, units: int) -> Iterator[SentFiling]:
        """Rings of this kind, of so many claims in all."""
        of_kind = {
            Fraud.GUESSED: self._guessed,
            Fraud.HOUSEHOLD: self._household,
            Fraud.PAYEE: self._payee,
            Fraud.BURST: self._burst,
        }[fraud]
        left = units
        while left > 0:
            size = min(left, self.draw.randint(*SIZES[fraud]))
            left -= size
            self.first_ring += 1
            ring = sorted(of_kind(size), key=lambda filing: filing.at)
            for place, filing in enumerate(ring):
                yield replace(filing, fraud=fraud, ring=self.first_ring, is_first=place == 0)

    def moments(self, count: int) -> Iterator[datetime]:
        """When the claims of a ring are sent."""
        draw, at = self.draw, self.people.moment()
        hours = SLOW_HOURS if draw.random() < SLOW else HOURS
        for _ in range(count):
            yield at
            at += timedelta(hours=draw.expovariate(1 / hours))

    def _guessed(self, size: int) -> Iterator[SentFiling]:
        boxes = [self.people.person() for _ in range(BOXES)]
        for number, at in enumerate(self.moments(size)):
            person = self.draw.choice(boxes)
            name, _, provider = person.email.partition("@")
            tagged = f"{name}+{number}@gmail.com" if self.draw.random() < 0.5 else person.email
            is_listed = self.draw.random() < LISTED
            serial = self.serial() if is_listed else self.unlisted()
            yield SentFiling(
                at=at,
                person=Person(person.name, tagged if provider == "gmail.com" else person.email),
                network=self.people.network(),
                remedy=CARD,
                units=(self._guess(serial, is_listed=is_listed),),
            )

    def _guess(self, serial: str, *, is_listed: bool) -> SentUnit:
        draw, code = self.draw, drawn_code(self.draw)
        kinds, weights = zip(*GUESS_SHOWN, strict=True)
        (shown,) = draw.choices(kinds, weights)
        if shown == "cannot_photograph":
            return SentUnit(serial, code, is_listed=is_listed, cannot_photograph=True)
        label = {
            "blurred": lambda: self.camera.label(serial, Shown.UNREADABLE),
            "another's": lambda: self.camera.label(serial, Shown.OTHER, self.serial()),
            "forged": lambda: self.camera.label(serial),
        }[shown]()
        marking = self.camera.marking(Shown.WELL if draw.random() < MARKED else Shown.OTHER)
        return SentUnit(serial, code, (label, marking), is_listed=is_listed)

    def _household(self, size: int) -> Iterator[SentFiling]:
        home = self.people.home(has_flat=self.draw.random() < 0.5)
        for at in self.moments(size):
            person = replace(self.people.person(), address=home.written(self.draw))
            yield self._filing(at, person, KETTLE, self.people.network())

    def _payee(self, size: int) -> Iterator[SentFiling]:
        account = self.people.account("")
        for at in self.moments(size):
            person = self.people.person()
            paid = receiving(person, MONEY, {}, {**account, "account_holder": person.name})
            where = self.people.home().written(self.draw)
            yield self._filing(at, replace(paid, address=where), MONEY, self.people.network())

    def _burst(self, size: int) -> Iterator[SentFiling]:
        start, network = self.people.moment(), self.people.network()
        minutes = self.draw.uniform(*BURST_MINUTES)
        for _ in range(size):
            at = start + timedelta(minutes=self.draw.uniform(0, minutes))
            yield self._filing(at, self.people.person(), CARD, network)

    def _filing(self, at: datetime, person: Person, remedy: str, network: str) -> SentFiling:
        serial = self.serial()
        photos = (self.camera.label(serial), self.camera.marking())
        unit = SentUnit(serial, drawn_code(self.draw), photos, is_readable=True)
        return SentFiling(at=at, person=person, network=network, remedy=remedy, units=(unit,))
