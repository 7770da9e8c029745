"""Chance that can be repeated: draws and noise that depend on the seed alone.

Guarantee: only what Python and numpy keep the same over their versions is used (the raw bits of
PCG64, and `random.Random` seeded by text).
"""

import random
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
MEAN, DEVIATION = 32, 4
"""Of how many of 64 even bits are set: near enough to a bell curve."""


def chance(*parts: object) -> random.Random:
    """Draws that belong to these parts, as ("label", 7)."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311 - to be repeatable, not secret


def one_of(draw: random.Random, choices: Sequence[T]) -> T:
    """One of them, each as likely."""
    return choices[int(draw.random() * len(choices))]


def bell(draw: random.Random, height: int, width: int) -> NDArray[np.float32]:
    """Noise of mean 0 and deviation 1, float32 of (height, width)."""
    raw = np.random.PCG64(draw.getrandbits(63)).random_raw(height * width)
    noise = np.bitwise_count(raw).astype(np.float32).reshape(height, width)
    noise -= MEAN
    noise /= DEVIATION
    return noise
