"""What a drill is to be like: how many made-up owners, which errors, fraud and faults. Pure."""

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

from recalldesk.drill.errors import DrillRefused

MOST_OWNERS = 5_000
MOST_REVIEWERS = 200
LONGEST_CASE = 8 * 3600
"""Seconds: a working day."""
SHARES = ("errors", "fraud", "faults")


@dataclass(frozen=True)
class Wanted:
    """The size and the mix. `errors`: the share of owners who mistype, send a photo that nobody can
    read, have none, or own a unit that is not in the recall; `fraud`: of claims that are dishonest,
    beside all others; `faults`: of requests to made-up providers that go wrong. `photographed`: how
    many owners send photos that are really read, the others say that they cannot take any.
    `seconds_a_case`: how long one of so many `reviewers` takes for a claim."""

    owners: int = 60
    errors: float = 0.1
    fraud: float = 0.02
    faults: float = 0.05
    photographed: int = 30
    reviewers: int = 2
    seconds_a_case: int = 180
    seed: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.owners <= MOST_OWNERS:
            raise DrillRefused(
                f"A drill has 1 to {MOST_OWNERS:,} made-up owners, not {self.owners:,}.",
                "Say how many with --owners; 60 take some minutes.",
            )
        for name in SHARES:
            share = getattr(self, name)
            if not (math.isfinite(share) and 0 <= share <= 0.9):
                raise DrillRefused(
                    f"--{name} is a share from 0 to 0.9, not {share:g}.",
                    "Write 0.1 for one in ten.",
                )
        if self.photographed < 0:
            raise DrillRefused(
                "Fewer than no owners cannot send photos.", "Say how many with --photos-of."
            )
        if not 1 <= self.reviewers <= MOST_REVIEWERS:
            raise DrillRefused(
                f"A drill has 1 to {MOST_REVIEWERS} made-up reviewers, not {self.reviewers:,}.",
                "Say how many with --reviewers: as many as will decide at your desk.",
            )
        if not 1 <= self.seconds_a_case <= LONGEST_CASE:
            raise DrillRefused(
                f"A reviewer takes 1 to {LONGEST_CASE:,} seconds for a claim, not "
                f"{self.seconds_a_case:,}.",
                "Say how long with --seconds-a-case; 180 are three minutes.",
            )

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "Wanted":
        """What `stored` wrote."""
        return cls(**{each.name: stored[each.name] for each in fields(cls)})
