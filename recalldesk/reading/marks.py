"""Whether what was to be written stands in lines that were read: pure.

Guarantees: the same lines and the same words give the same marks; nothing is looked up by what was
read, only held against what was to be written; each bound is one that was measured
(docs/reading.md).
"""

import math
from collections.abc import Iterator, Sequence

from recalldesk.foundation.printed_letters import as_printed
from recalldesk.foundation.serial_form import normalise
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.characters import SeenCharacter, SeenLine
from recalldesk.reading.dates import written_ways
from recalldesk.reading.nearness import nearness
from recalldesk.reading.places import neighbours
from recalldesk.reading.seen import Line, Mark, MarkingReading

WORD, CODE, NAME, DATE = 0.80, 0.82, 0.75, 0.82
"""The least score at which each is verified."""
SMALL = 0.35
"""Of the height of the largest writing: what is smaller is the product's own print."""
LEAST_WRITTEN = 4
"""Characters of a line that is taken for writing when heights are compared."""
SHORTEST_OF_A_NAME = 2


def marks_in(lines: Sequence[Line], expected: ExpectedMarking) -> MarkingReading:
    """Each thing that was asked, held against the lines; None where it was not asked."""
    texts = tuple(dict.fromkeys(_texts(_large(lines))))
    return MarkingReading(
        word=_mark(expected.word, texts, WORD),
        code=_mark(expected.code, texts, CODE),
        name=_name(expected.name, texts),
        date=_date(expected.date, texts),
        lines=tuple(lines),
    )


def _plain(text: str) -> str:
    """Letters and digits only, and signs that a digit may have been read as."""
    return "".join(c for c in as_printed(normalise(text)) if c.isalnum() or c in "|/!&(<")


def _mark(wanted: str, texts: Sequence[str], least: float) -> Mark | None:
    plain = _only_letters_and_digits(wanted)
    if not plain:
        return None
    score = max((nearness(plain, text) for text in texts), default=0.0)
    return Mark(round(score, 4), score >= least)


def _name(name: str, texts: Sequence[str]) -> Mark | None:
    """The mean over its words, each of which must be there about."""
    words = [w for w in map(_only_letters_and_digits, name.split()) if len(w) >= SHORTEST_OF_A_NAME]
    if not words:
        return None
    scores = [max((nearness(word, text) for text in texts), default=0.0) for word in words]
    score = sum(s * len(w) for s, w in zip(scores, words, strict=True)) / sum(map(len, words))
    return Mark(round(score, 4), score >= NAME)


def _date(shown: str, texts: Sequence[str]) -> Mark | None:
    ways = written_ways(shown)
    if not ways:
        return None
    plain = {text.replace("/", "") for text in texts}  # between day and month, no digit
    score = max((nearness(way, text) for way in ways for text in plain), default=0.0)
    return Mark(round(score, 4), score >= DATE)


def _only_letters_and_digits(text: str) -> str:
    return "".join(filter(str.isalnum, as_printed(normalise(text))))


def _height(line: Line) -> float:
    return math.dist(line.box[0], line.box[3])


def _large(lines: Sequence[Line]) -> list[Line]:
    """The lines that are not much smaller than the largest writing of their turn."""
    largest: dict[int, float] = {}
    for line in lines:
        if len(_plain(line.text)) >= LEAST_WRITTEN:
            largest[line.turn] = max(largest.get(line.turn, 0.0), _height(line))
    return [line for line in lines if _height(line) >= SMALL * largest.get(line.turn, 0.0)]


def _texts(lines: Sequence[Line]) -> Iterator[str]:
    """Each line, and each with what stands beside or below it."""
    plain = [_plain(line.text) for line in lines]
    yield from filter(None, plain)
    seen = [SeenLine((SeenCharacter(line.text, 1.0, {}),), line.box, line.turn) for line in lines]
    for one, other, _ in neighbours(seen):
        yield plain[one] + plain[other]
