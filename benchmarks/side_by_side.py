"""Two processes, for work whose own time is not measured."""

import multiprocessing
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

PROCESSES = 2
T = TypeVar("T")
_works: Sequence[Callable[[], Any]] = ()


def _run(number: int) -> Any:
    return _works[number]()


def side_by_side(works: Sequence[Callable[[], T]]) -> list[T]:
    """What each piece of work gives. Whatever they hold is inherited, not copied or pickled."""
    global _works  # noqa: PLW0603 - the forked processes find the work where the parent left it
    _works = works
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return pool.map(_run, range(len(works)), chunksize=1)


def shared(work: Callable[[int, int], T], count: int, *, seed: int) -> list[T]:
    """`work(seed, count)` in each process, with a seed of its own and its share of the count."""
    shares = [(seed + part, (count + part) // PROCESSES) for part in range(PROCESSES)]
    return side_by_side([partial(work, *share) for share in shares])
