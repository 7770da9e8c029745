"""The whole made-up year from a seed, in the order in which claims are sent."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.year.drawn import Answer, Request, drawn
from benchmarks.year.honest import Honest
from benchmarks.year.labels import FIRST, MADE, recalled_serials
from benchmarks.year.people import CARD, People
from benchmarks.year.photo_rings import PlannedRing, planned_rings, serials_taken, unit_sent
from benchmarks.year.photos import Camera
from benchmarks.year.rings import Rings
from benchmarks.year.sent import Fraud, SentFiling

FRAUD = 0.05
OF_PHOTOS = (Fraud.SAME_PHOTO, Fraud.ONE_PHOTO, Fraud.CODE, Fraud.EDITED)
OTHERS = (Fraud.GUESSED, Fraud.HOUSEHOLD, Fraud.PAYEE, Fraud.BURST)


def made_year(seed: int, units: int, rings: int, kept: Path) -> list[SentFiling]:
    """So many claims, one in twenty of them fraud. `rings`: of each kind of which photos are
    drawn; `kept`: the folder for what was drawn and read before."""
    serials = recalled_serials(random.Random(f"{seed} serials"))
    planned = planned_rings(seed, rings, serials)
    requests = [each for ring in planned for unit in ring.units for each in unit.requests]
    year = _Year(seed, serials[serials_taken() :])
    filings = list(year.of_photos(planned, drawn(kept, requests)))
    fraud = round(units * FRAUD) - sum(each.fraud is not None for each in filings)
    for place, kind in enumerate(OTHERS):
        share = max(0, fraud) // len(OTHERS) + (place < max(0, fraud) % len(OTHERS))
        filings += year.rings.filings(kind, share)
    filings += year.honest.filings(units - sum(len(each.units) for each in filings))
    return sorted(filings, key=lambda filing: filing.at)


class _Year:
    """What all parts of a year draw from."""

    def __init__(self, seed: int, serials: Sequence[str]) -> None:
        draw = random.Random(f"{seed} year")
        self._listed, listed = iter(serials), frozenset(serials)
        others = (f"TW{number}" for number in range(FIRST, FIRST + MADE))
        self._unlisted = (serial for serial in others if serial not in listed)
        self.people, self.camera = People(draw), Camera(draw)
        self.rings = Rings(draw, self.people, self.camera, self._next, self._other, 1_000)
        self.honest = Honest(draw, self.people, self.camera, self._next)

    def _next(self) -> str:
        return next(self._listed)

    def _other(self) -> str:
        return next(self._unlisted)

    def of_photos(
        self, planned: Sequence[PlannedRing], answers: Mapping[Request, Answer]
    ) -> Iterator[SentFiling]:
        """Rings of which the photos are drawn; each claim comes from somebody else."""
        for number, ring in enumerate(planned):
            moments = list(self.rings.moments(len(ring.units)))
            for place, (unit, at) in enumerate(zip(ring.units, moments, strict=True)):
                filing = SentFiling(
                    at=at,
                    person=self.people.person(),
                    network=self.people.network(),
                    remedy=CARD,
                    units=(unit_sent(unit, answers, self.camera),),
                )
                if unit.is_honest:
                    yield filing
                else:
                    yield replace(filing, fraud=ring.fraud, ring=number, is_first=place == 0)
