"""Which lines of a photo stand beside or below one another.

Guarantee: only boxes are looked at, each turned as its text runs.
"""

import math
from collections.abc import Iterator, Sequence

from recalldesk.reading.characters import SeenLine
from recalldesk.reading.seen import Box, Point
from recalldesk.reading.turning import turned_back

WIDEST_GAP = 4.0
"""Between two pieces of one line, in heights of the text."""
HIGHEST_GAP = 1.2
"""Between a line and the one on which its text goes on, in heights."""
MOST_SHIFT = 2.0
"""By how many heights a line may begin to the left or right of the one above it."""


def upright_box(line: SeenLine) -> Box:
    """The line's box in the photo as it was turned for it."""
    back = (360 - line.turn) % 360
    first, second, third, fourth = (turned_back(corner, back) for corner in line.box)
    return first, second, third, fourth


def height(box: Box) -> float:
    """Of the text."""
    return math.dist(box[0], box[3])


def middle(box: Box) -> Point:
    """The box's middle."""
    return sum(x for x, _ in box) / 4, sum(y for _, y in box) / 4


def is_right_of(left: Box, right: Box) -> bool:
    """Whether the second goes on in the first one's row, at no great distance."""
    tall = max(height(left), height(right))
    gap = min(right[0][0], right[3][0]) - max(left[1][0], left[2][0])
    level = abs(middle(_end(left))[1] - middle(_begin(right))[1])
    return -0.8 * tall <= gap <= WIDEST_GAP * tall and level <= 0.6 * tall


def is_below(upper: Box, lower: Box) -> bool:
    """Whether the second stands just below the first and begins about where it does."""
    tall = max(height(upper), height(lower))
    gap = lower[0][1] - upper[3][1]
    shift = abs(lower[0][0] - upper[0][0])
    return -0.6 * tall <= gap <= HIGHEST_GAP * tall and shift <= MOST_SHIFT * tall


def neighbours(
    lines: Sequence[SeenLine],
) -> Iterator[tuple[int, int, bool]]:
    """Pairs of lines of the same turn, by their places; true where the second stands beside."""
    boxes = [upright_box(line) for line in lines]
    for one, left in enumerate(boxes):
        for other, right in enumerate(boxes):
            if one == other or lines[one].turn != lines[other].turn:
                continue
            if is_right_of(left, right):
                yield one, other, True
            elif is_below(left, right):
                yield one, other, False


def _begin(box: Box) -> Box:
    return box[0], box[0], box[3], box[3]


def _end(box: Box) -> Box:
    return box[1], box[1], box[2], box[2]
