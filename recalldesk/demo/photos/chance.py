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
BYTES_EACH = 8
MEAN, DEVIATION = 1020.0, 209.03
"""Of the sum of eight even bytes: near enough to a bell curve."""


def chance(*parts: object) -> random.Random:
    """Draws that belong to these parts, as ("label", 7)."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311 - to be repeatable, not secret


def one_of(draw: random.Random, choices: Sequence[T]) -> T:
    """One of them, each as likely."""
    return choices[int(draw.random() * len(choices))]


def bell(draw: random.Random, height: int, width: int) -> NDArray[np.float32]:
    """Noise of mean 0 and deviation 1, float32 of (height, width)."""
    raw = np.random.PCG64(draw.getrandbits(63)).random_raw(height * width)
    sums = raw.view(np.uint8).reshape(height, width, BYTES_EACH).sum(axis=2, dtype=np.uint16)
    return ((sums.astype(np.float32) - np.float32(MEAN)) / np.float32(DEVIATION)).astype(np.float32)
