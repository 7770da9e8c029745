"""What the time that an answer takes tells a guesser beyond the answer itself.

Only checks with the same answer, `not_affected`, are compared: between two lists of very different
length, and between texts far from a list and texts just out of its reach.
"""

import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.asking import check, only_live
from benchmarks.mistakes import any_slips, mistaken
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from benchmarks.worlds import World, listed_worlds
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.units.verdict.answer import Verdict
from tests.scopes import A1263

TIMES_SMALLER = 1_000
ROUNDS = 20
Times = list[int]
"""Nanoseconds, one for each check."""


def _worlds(folder: Path, sizes: Sizes) -> tuple[World, World]:
    serials = tuple(made_up_serials(A1263, sizes.units, seed=7, numbering=Numbering.RANDOM))
    short = serials[: max(sizes.units // TIMES_SMALLER, 2)]
    large, small = listed_worlds({"large": serials, "small": short}, folder)
    return large, small


def _texts(draws: Callable[[], str], worlds: Sequence[World], count: int) -> list[str]:
    """Texts that every one of these lists answers `not_affected`."""
    found: list[str] = []
    while len(found) < count:
        text = draws()
        if all(_is_no(text, world) for world in worlds):
            found.append(text)
    return found


def _is_no(text: str, world: World) -> bool:
    with only_live(world.version):
        return check(text).verdict is Verdict.NOT_AFFECTED


def _timed(sides: dict[str, tuple[World, list[str]]]) -> dict[str, Times]:
    """The times of each side, taken in turns, so that what else the machine does meets all."""
    times: dict[str, Times] = {name: [] for name in sides}
    for turn in range(ROUNDS):
        for name, (world, texts) in sides.items():
            with only_live(world.version):
                for text in texts[turn::ROUNDS]:
                    began = time.perf_counter_ns()
                    check(text)
                    times[name].append(time.perf_counter_ns() - began)
    return {name: sorted(taken) for name, taken in times.items()}


def quantile(times: Times, share: float) -> int:
    """The time that this share of the checks did not exceed; `times` are sorted."""
    return times[min(int(len(times) * share), len(times) - 1)]


def longer_share(some: Times, others: Times) -> float:
    """How often one of `some` took longer than one of `others`; 0.5 tells nothing. Both sorted."""
    won = sum(bisect_left(others, t) + bisect_right(others, t) for t in some)
    return won / (2 * len(some) * len(others))


def _add(section: Section, what: str, some: Times, others: Times) -> None:
    ratios = ", ".join(
        f"{quantile(some, share) / quantile(others, share):.2f} ({name})"
        for name, share in (("median", 0.5), ("nine in ten", 0.9), ("99 in 100", 0.99))
    )
    more = (quantile(some, 0.5) - quantile(others, 0.5)) / 1_000
    section.add(f"{what}: times as long", f"{ratios}; median {more:+.1f} µs")
    section.add(f"{what}: takes longer in", f"{longer_share(some, others):.1%} of pairs")


def measure(folder: Path, sizes: Sizes) -> Section:
    """The three comparisons."""
    large, small = _worlds(folder, sizes)
    draw = random.Random(14)
    far = _texts(
        lambda: "".join(draw.choices(A1263.alphabet, k=A1263.longest)),
        (large, small),
        sizes.asked,
    )
    near = _texts(
        lambda: mistaken(large.affected(draw), large.letters, draw, any_slips(2, draw)),
        (large, small),
        sizes.asked,
    )
    times = _timed(
        {
            "large": (large, far),
            "small": (small, far),
            "again": (large, far),
            "near": (large, near),
        }
    )
    section = Section(
        "What the time of an answer tells",
        f"{sizes.asked:,} texts of the form, all answered `not_affected`, through `check_serial` "
        f"in {ROUNDS} turns: asked of a random list of {len(large.serials):,} serials and of one "
        f"of {len(small.serials):,}; drawn at random (far), and two slips away from a serial of "
        "the large list and out of reach (near). Where nothing is to be told, half of the pairs "
        "take longer; the same list against itself shows how far chance goes. "
        f"The median check of the large list took {quantile(times['large'], 0.5) / 1_000:.0f} µs.",
    )
    _add(section, "the same list again", times["again"], times["large"])
    _add(section, f"a list {TIMES_SMALLER:,} times as long", times["large"], times["small"])
    _add(section, "near the list instead of far from it", times["near"], times["large"])
    return section
