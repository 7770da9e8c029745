"""Other views of a line's pixels: a reading that holds only in one of them is in doubt.

Guarantee: characters of different views stand side by side only where they are the same ones; else
nothing stands there, which is a doubt.
"""

from collections.abc import Iterator, Sequence

from PIL import Image, ImageOps
from rapidfuzz.distance import Levenshtein

from recalldesk.reading.characters import SeenCharacter

NOTHING = SeenCharacter("", 0.0, {})
LOW = 16
"""Pixels: so low a line has lost its dots and gaps."""
SLANT = 0.25


def views_of(line: Image.Image) -> Iterator[Image.Image]:
    """The line narrower, wider, coarse, slanted, and light for dark."""
    yield _wide(line, 0.87)
    yield _wide(line, 1.15)
    low = max(1, round(line.width * LOW / line.height)), LOW
    yield line.resize(low, Image.Resampling.LANCZOS)
    slanted = (1, SLANT, -SLANT / 2 * line.height, 0, 1, 0)
    edge = line.getpixel((0, 0))
    yield line.transform(
        line.size, Image.Transform.AFFINE, slanted, Image.Resampling.BICUBIC, fillcolor=edge
    )
    yield ImageOps.invert(line)


def _wide(line: Image.Image, by: float) -> Image.Image:
    return line.resize((max(1, round(line.width * by)), line.height), Image.Resampling.BICUBIC)


def side_by_side(
    first: Sequence[SeenCharacter], view: Sequence[SeenCharacter], start: int, end: int
) -> list[SeenCharacter]:
    """For each character of `first` from `start` to `end`, the same one in the view; nothing for
    all of them where the view has more or fewer there. Both without spaces and signs."""
    before = "".join(seen.printed for seen in first)
    after = "".join(seen.printed for seen in view)
    found: dict[int, SeenCharacter] = {}
    for step in Levenshtein.opcodes(before, after):
        at, until = step.src_start, step.src_end
        if step.tag in ("equal", "replace"):
            found.update({at + k: view[step.dest_start + k] for k in range(until - at)})
        elif (at < end and until > start) or (step.tag == "insert" and start <= at <= end):
            return [NOTHING] * (end - start)
    return [found.get(place, NOTHING) for place in range(start, end)]
