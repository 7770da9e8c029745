"""Made-up serials that look as a factory's do: well formed, each only once, the same for a seed.

RANDOM draws each place; SEQUENTIAL counts up behind one prefix; MIXED counts up in batches, each
behind its year, week and line, and leaves small gaps, as real factories do.
"""

import csv
import gzip
import io
import math
import os
import random
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from recalldesk.foundation.serial_form import SerialForm

Layout = tuple[str, ...]
"""For each place of a serial, the characters that it can have."""

BATCH_SIZES = (600, 6000)
WEEK_PLACES = 4
LINE_PLACES = 2
GAP_CHANCE = 1 / 200
LARGEST_GAP = 9


class Numbering(StrEnum):
    """How a factory numbers."""

    RANDOM = "random"
    SEQUENTIAL = "sequential"
    MIXED = "mixed"


class TooManySerialsError(ValueError):
    """The form has no room for so many serials."""

    def __init__(self, count: int) -> None:
        super().__init__(f"The form has no room for {count:,} serials numbered so; ask for fewer.")


def made_up_serials(
    form: SerialForm, count: int, *, seed: int, numbering: Numbering
) -> Iterator[str]:
    """`count` different serials, one by one. Raises TooManySerialsError on the first."""
    chance = random.Random(seed)  # noqa: S311 - made-up serials are to be repeatable, not secret
    if numbering is Numbering.RANDOM:
        return _random(_layouts(form), count, chance)
    layout = max(_layouts(form), key=len)
    if numbering is Numbering.SEQUENTIAL:
        return _sequential(layout, count, chance)
    return _mixed(layout, count, chance)


def write_serial_file(path: Path, serials: Iterable[str], column: str = "serial") -> int:
    """Writes a gzipped CSV of one column, the same bytes each time. Gives the count of serials."""
    count = 0
    unfinished = path.with_name(path.name + ".unfinished")
    with (
        unfinished.open("wb") as bytes_out,
        gzip.GzipFile("", "wb", compresslevel=5, fileobj=bytes_out, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as lines,
    ):
        csv.writer(lines, lineterminator="\n").writerow([column])
        for serial in serials:
            lines.write(f"{serial}\n")
            count += 1
    os.replace(unfinished, path)
    return count


def _layouts(form: SerialForm) -> list[Layout]:
    if form.shapes:
        return [tuple("".join(sorted(place)) for place in shape) for shape in form.shapes]
    return [(form.alphabet,) * length for length in range(form.shortest, form.longest + 1)]


def _room(layout: Layout) -> int:
    return math.prod(len(place) for place in layout)


def _counting(layout: Layout) -> Layout:
    """The places as a counter uses them: digits where a place can have any."""
    digits = ("".join(c for c in place if c.isdigit()) for place in layout)
    return tuple(
        found if len(found) > 1 else place for found, place in zip(digits, layout, strict=True)
    )


def _random(layouts: list[Layout], count: int, chance: random.Random) -> Iterator[str]:
    if 2 * count > max(_room(layout) for layout in layouts):
        raise TooManySerialsError(count)
    drawn: set[str] = set()
    layout = layouts[0]
    while len(drawn) < count:
        if len(layouts) > 1:
            layout = chance.choice(layouts)
        serial = _draw(layout, chance)
        if serial not in drawn:
            drawn.add(serial)
            yield serial


def _draw(layout: Layout, chance: random.Random) -> str:
    if len(set(layout)) == 1:
        return "".join(chance.choices(layout[0], k=len(layout)))
    return "".join(place if len(place) == 1 else chance.choice(place) for place in layout)


def _counted(layout: Layout, numbers: Iterable[int]) -> Iterator[str]:
    """Numbers written in the places' characters, the last place running fastest."""
    if all(place == "0123456789" for place in layout):
        width = len(layout)
        for number in numbers:
            yield f"{number:0{width}d}"
        return
    for number in numbers:
        characters: list[str] = []
        for place in reversed(layout):
            number, digit = divmod(number, len(place))  # noqa: PLW2901 - it is used up place by place
            characters.append(place[digit])
        yield "".join(reversed(characters))


def _places_for(layout: Layout, count: int) -> int:
    """How many of the last places a counter needs to hold twice the count."""
    for places in range(1, len(layout) + 1):
        if _room(layout[-places:]) >= 2 * count:
            return places
    raise TooManySerialsError(count)


def _sequential(layout: Layout, count: int, chance: random.Random) -> Iterator[str]:
    counting = _counting(layout)
    places = _places_for(counting, count)
    prefix = _draw(layout[:-places], chance) if places < len(layout) else ""
    first = chance.randrange(_room(counting[-places:]) - count + 1)
    for text in _counted(counting[-places:], range(first, first + count)):
        yield prefix + text


def _mixed(layout: Layout, count: int, chance: random.Random) -> Iterator[str]:
    counting = _counting(layout)
    places = _places_for(counting, BATCH_SIZES[1])
    head, counter = layout[:-places], counting[-places:]
    batch = head[-WEEK_PLACES - LINE_PLACES :]
    batches = 2 * count // BATCH_SIZES[0] + 1
    if not head or 2 * batches > _room(batch):
        raise TooManySerialsError(count)
    product = _draw(head[: -len(batch)], chance) if len(head) > len(batch) else ""
    used: set[str] = set()
    left = count
    while left:
        label = _batch_label(batch, chance)
        if label in used:
            continue
        used.add(label)
        size = min(left, chance.randint(*BATCH_SIZES))
        left -= size
        for text in _counted(counter, _with_gaps(size, _room(counter), chance)):
            yield product + label + text


def _batch_label(batch: Layout, chance: random.Random) -> str:
    """Year and week, then the line; drawn freely where the places do not allow it."""
    week = f"{chance.randint(16, 19)}{chance.randint(1, 52):02d}"
    dated = len(batch) == WEEK_PLACES + LINE_PLACES
    if dated and all(character in place for character, place in zip(week, batch, strict=False)):
        return week + _draw(batch[WEEK_PLACES:], chance)
    return _draw(batch, chance)


def _with_gaps(size: int, room: int, chance: random.Random) -> Iterator[int]:
    """Rising numbers below `room`, mostly one by one."""
    spare = room - size
    number = chance.randrange(max(spare // 2, 1))
    spare -= number
    for _ in range(size):
        if chance.random() < GAP_CHANCE:
            gap = min(chance.randint(1, LARGEST_GAP), spare)
            number += gap
            spare -= gap
        yield number
        number += 1
