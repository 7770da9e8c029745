"""What a launch day brings, from what is assumed of it. Pure.

Guarantee: every figure follows from the assumptions by multiplying, so that whoever reads the
report can do it again with others.
"""

import math
from dataclasses import dataclass

from recalldesk.drill.errors import DrillRefused

CHECKS_AN_OWNER = 2.0
"""People check twice, and some who have another product check too."""
PHOTOS_A_CLAIM = 2.0
HOUR = 3600


@dataclass(frozen=True)
class LaunchDay:
    """`units`: recalled; `told`: the share whose owners hear of it; `first_day`: the share of those
    who come on the first day; `peak_hour`: the share of that day that falls into its busiest
    hour."""

    units: int
    told: float = 0.5
    first_day: float = 0.1
    peak_hour: float = 0.15

    def __post_init__(self) -> None:
        if self.units < 1:
            raise DrillRefused(
                "The recall does not say how many units it is of.",
                "Say it with --units, so that the launch day can be reckoned.",
            )
        for name in ("told", "first_day", "peak_hour"):
            share = getattr(self, name)
            if not (math.isfinite(share) and 0 < share <= 1):
                raise DrillRefused(
                    f"--{name.replace('_', '-')} is a share above 0, and at most 1, not {share:g}.",
                    "Write 0.5 for one half.",
                )

    @property
    def owners(self) -> int:
        """How many come on the first day."""
        return math.ceil(self.units * self.told * self.first_day)

    @property
    def claims_an_hour(self) -> float:
        """In the busiest hour."""
        return self.owners * self.peak_hour

    @property
    def checks_a_second(self) -> float:
        """In the busiest hour."""
        return self.claims_an_hour * CHECKS_AN_OWNER / HOUR

    @property
    def photos_an_hour(self) -> float:
        """In the busiest hour."""
        return self.claims_an_hour * PHOTOS_A_CLAIM

    @property
    def photos_a_day(self) -> float:
        """On the first day: photos may be read later than they came."""
        return self.owners * PHOTOS_A_CLAIM

    @property
    def assumptions(self) -> tuple[str, ...]:
        """In words."""
        return (
            f"{self.units:,} units are recalled.",
            f"Owners of {self.told:.0%} of them hear of it (--told).",
            f"{self.first_day:.0%} of those come on the first day (--first-day): "
            f"{self.owners:,} owners.",
            f"{self.peak_hour:.0%} of that day falls into its busiest hour (--peak-hour).",
            f"Each owner checks {CHECKS_AN_OWNER:g} times and sends {PHOTOS_A_CLAIM:g} photos.",
        )
