"""What happens in a run, drawn from its seed alone.

Guarantee: pure: the same seed and sizes give the same rounds, and the same faults of providers.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Target(StrEnum):
    """What is killed."""

    WEB = "web"
    WORKER = "worker"
    TREMENDOUS = "tremendous"
    EASYPOST = "easypost"
    WAREHOUSE = "warehouse"
    BANK = "bank"
    POSTGRES = "postgres"


PROVIDERS = (Target.TREMENDOUS, Target.EASYPOST, Target.WAREHOUSE, Target.BANK)
WEIGHTS = {
    Target.WEB: 3,
    Target.WORKER: 4,
    Target.TREMENDOUS: 2,
    Target.EASYPOST: 2,
    Target.WAREHOUSE: 1,
    Target.BANK: 1,
    Target.POSTGRES: 3,
}
AT_ONCE = (1, 2, 2, 3, 3, 4)
"""How many are killed in one round."""
PAUSES = (0.2, 2.0)
"""Seconds between two rounds."""
MINUTE, HOUR = 60.0, 3_600.0
BACKED_UP_AT, RESTORED_AT, ALL_ENTERED_AT = 0.3, 0.5, 0.8
"""After which share of the kills the backup begins, it is restored, and all claims are there."""


@dataclass(frozen=True)
class Sizes:
    """How large a run is. `share`: of how many requests to a provider one goes wrong."""

    claims: int = 2_000
    kills: int = 300
    share: float = 0.1
    settles_within: float = 600.0


@dataclass(frozen=True)
class Kill:
    """One kill: of what, and which of several that live, as a share of them."""

    target: Target
    which: float


@dataclass(frozen=True)
class Round:
    """`pause` seconds, then the clock jumps by `jump` seconds, the disk is full for `full`
    seconds, and all of `kills` die together."""

    pause: float
    jump: float
    full: float
    kills: tuple[Kill, ...]


def rounds(seed: int) -> Iterator[Round]:
    """The rounds of a run, without end: as many are taken as it has kills."""
    draw = random.Random(f"rounds {seed}")
    kinds, weights = tuple(WEIGHTS), tuple(WEIGHTS.values())
    while True:
        pause = draw.uniform(*PAUSES)
        jump = _jump(draw)
        full = draw.uniform(1.0, 4.0) if draw.random() < 0.15 else 0.0
        targets = draw.choices(kinds, weights, k=draw.choice(AT_ONCE))
        yield Round(pause, jump, full, tuple(Kill(each, draw.random()) for each in targets))


def _jump(draw: random.Random) -> float:
    """Mostly none; ahead by minutes or hours; now and then back by up to an hour."""
    kind = draw.random()
    if kind < 0.35:
        return MINUTE * 2 ** draw.uniform(0, 8)
    if kind < 0.45:
        return -draw.uniform(MINUTE, HOUR)
    return 0.0


def fault_seed(seed: int, target: Target, start: int) -> int:
    """The seed of a provider's faults at its so many-eth start: each life has faults of its own."""
    return random.Random(f"faults {seed} {target} {start}").getrandbits(32)


def entered(sizes: Sizes, kills: int) -> int:
    """How many claims are approved by so many kills."""
    share = min(1.0, (kills + 1) / max(1.0, sizes.kills * ALL_ENTERED_AT))
    return min(sizes.claims, round(sizes.claims * share))
