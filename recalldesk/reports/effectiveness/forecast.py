"""What may come, if nothing changes: a curve fitted to the weeks so far, with its band. Pure.

Guarantees: the same weeks give the same forecast; there is none where too few weeks stand behind
it; it never says more than all units, nor less than nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

LEAST_WEEKS, LEAST_UNITS = 8, 50
AHEAD = 12
DRAWS, SEED = 500, 20_261_127
BAND = (5.0, 95.0)
FALLS = tuple(round(0.01 * step, 2) for step in range(1, 200))
"""By how much a week may fall off: exp(-fall) is the share of it that the next one has."""


@dataclass(frozen=True)
class Week:
    """Units corrected in all up to the end of a week that is to come, and the band."""

    ahead: int
    least: float
    middle: float
    most: float


@dataclass(frozen=True)
class Forecast:
    """`weeks`: those to come; `falls_by`: the share by which each week is less than the one
    before; `fitted_weeks`: to how many it was fitted."""

    weeks: tuple[Week, ...]
    falls_by: float
    fitted_weeks: int


def forecast(corrected: Sequence[int], *, units: int | None) -> Forecast | None:
    """From the units corrected in each whole week, in their order. `units`: how many there are in
    the recall, where it says so. None where too little stands behind it."""
    if not corrected:
        return None
    top = max(range(len(corrected)), key=lambda week: corrected[week])
    weeks = corrected[top:]
    if len(weeks) <= LEAST_WEEKS or sum(weeks) < LEAST_UNITS:
        return None
    import numpy as np

    seen = np.asarray(weeks, dtype=float)
    height, fall = _fitted(seen)
    misses = seen - _curve(height, fall, 0, len(seen))
    draw, so_far = np.random.default_rng(SEED), float(sum(corrected))
    paths = np.array([_drawn(draw, seen, height, fall, misses, so_far) for _ in range(DRAWS)])
    middle = so_far + np.cumsum(_curve(height, fall, len(seen), AHEAD))
    most_there_are = float("inf") if units is None else float(max(units, so_far))
    least, most = (np.percentile(paths, share, axis=0) for share in BAND)
    kept = [np.clip(each, 0, most_there_are) for each in (least, middle, most)]
    return Forecast(
        tuple(
            Week(ahead, *sorted(float(each[ahead - 1]) for each in kept))
            for ahead in range(1, AHEAD + 1)
        ),
        falls_by=1 - float(np.exp(-fall)),
        fitted_weeks=len(seen),
    )


def _curve(height: float, fall: float, begin: int, count: int) -> "Numbers":
    import numpy as np

    return height * np.exp(-fall * np.arange(begin, begin + count, dtype=float))


def _fitted(seen: "Numbers") -> tuple[float, float]:
    """Height and fall with the least squares: for each fall the best height follows."""
    import numpy as np

    falls = np.asarray(FALLS)
    shapes = np.exp(-falls[:, None] * np.arange(len(seen), dtype=float)[None, :])
    heights = np.maximum((shapes @ seen) / (shapes**2).sum(axis=1), 0)
    squares = ((heights[:, None] * shapes - seen[None, :]) ** 2).sum(axis=1)
    best = int(squares.argmin())
    return float(heights[best]), float(falls[best])


def _drawn(
    draw: "np.random.Generator",
    seen: "Numbers",
    height: float,
    fall: float,
    misses: "Numbers",
    so_far: float,
) -> "Numbers":
    """One way in which it may go on."""
    import numpy as np

    again = _curve(height, fall, 0, len(seen)) + draw.choice(misses, size=len(seen))
    other_height, other_fall = _fitted(again)
    ahead = _curve(other_height, other_fall, len(seen), AHEAD)
    # Misses of weeks with much are not those of weeks with little: they shrink with the curve.
    scale = np.exp(-fall * np.arange(1, AHEAD + 1, dtype=float))
    return so_far + np.cumsum(ahead + draw.choice(misses, size=AHEAD) * scale)
