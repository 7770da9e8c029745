"""Texts of a label that may be its serial: pure, over lines that were read.

Guarantees: a piece has the form of a product's serials, or follows a word such as SN where no form
is known; each of its characters is one that was seen, or the likeliest that the form allows there.
"""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.reading.asked import LabelForm, ProductForm
from recalldesk.reading.characters import NEW_LINE, SeenCharacter, SeenLine
from recalldesk.reading.places import neighbours

LED_BY = ("SN", "SERIAL", "SERIALNO", "SERIALNUMBER", "SERIENUMMER", "SERIE", "5N")
"""What stands in front of a serial on labels, as letters and digits only."""
SHORTEST, LONGEST = 6, 24
"""Of a serial whose form is not known."""
MOST_MENDED = 2
"""Characters of a piece that its form does not allow and that another may stand for."""
WIDE = 1.8
"""Times the usual distance of two characters: so much apart they are two groups."""
MOST_OF_A_LABEL = 12
SOFT = frozenset(" -\u2010\u2011\u2012\u2013\u2014\u2212_" + NEW_LINE)
"""What may stand within a serial."""


@dataclass(frozen=True)
class Piece:
    """A text that may be a serial. `text` is normalised; `mended`: places where the form allowed
    only another character than the one read; `is_led`: SN or the like stands before it; `is_whole`:
    nothing speaks for it being a part of one thing with a part of another; `parts`: for each
    character, the line and the place in it."""

    text: str
    seen: tuple[SeenCharacter, ...]
    mended: frozenset[int]
    is_led: bool
    is_shaped: bool
    is_whole: bool
    parts: tuple[tuple[int, int], ...]

    @property
    def confidence(self) -> float:
        """The mean of its characters."""
        return sum(seen.confidence for seen in self.seen) / len(self.seen)

    @property
    def rank(self) -> tuple[bool, bool, int, float]:
        """The higher the likelier."""
        lines = len({line for line, _ in self.parts})
        is_good = self.is_whole and self.is_led, self.is_shaped or self.is_led
        return *is_good, -lines - len(self.mended), self.confidence


Placed = tuple[SeenCharacter, tuple[int, int]]


def pieces_in(lines: Sequence[SeenLine], form: LabelForm) -> tuple[Piece, ...]:
    """What may be a serial, the likeliest first, each text once."""
    texts = [_placed(line, place) for place, line in enumerate(lines)]
    found: dict[str, Piece] = {}
    for text in (*texts, *_joined(lines, texts)):
        for piece in _pieces(text, form):
            before = found.get(piece.text)
            if before is None or piece.rank > before.rank:
                found[piece.text] = piece
    ordered = sorted(found.values(), key=lambda piece: piece.rank, reverse=True)
    return tuple(piece for piece in ordered if not _is_within_another(piece, ordered))


def _placed(line: SeenLine, number: int) -> tuple[Placed, ...]:
    return tuple((seen, (number, place)) for place, seen in enumerate(line.characters))


def _joined(
    lines: Sequence[SeenLine], texts: Sequence[tuple[Placed, ...]]
) -> Iterator[tuple[Placed, ...]]:
    """Each pair of neighbours as one text."""
    between = SeenCharacter(NEW_LINE, 1.0, {})
    for one, other, _ in neighbours(lines):
        yield (*texts[one], (between, (one, -1)), *texts[other])


def _is_within_another(piece: Piece, ordered: Sequence[Piece]) -> bool:
    """Whether it is a part of a better one: the same characters of the same lines."""
    own = set(piece.parts)
    return any(
        own < set(other.parts) or (own == set(other.parts) and other.rank > piece.rank)
        for other in ordered
        if other is not piece and other.rank >= piece.rank
    )


def _pieces(text: tuple[Placed, ...], form: LabelForm) -> Iterator[Piece]:
    labels = _labels(form)
    for start, end in _stretches(text):
        stretch = text[start:end]
        before = "".join(seen.printed for seen, _ in text[:start])
        for led, chosen in _without_label(stretch, before, labels):
            whole = is_whole(chosen)
            plain = whole and not begins_with_label(chosen, before, labels)
            written = [each for each in chosen if each[0].printed]
            for product in form.products:
                # A shape tells a serial's own first letters from those of a label.
                sure = whole if product.serial.shapes else plain
                yield from _of_form(written, product.serial, is_led=led, whole=sure)
            if not form.products and led and SHORTEST <= len(written) <= LONGEST:
                yield _as_printed(written, whole=plain)


def _stretches(text: tuple[Placed, ...]) -> Iterator[tuple[int, int]]:
    """From the beginning of a word to the end of the same or a later one, with nothing between
    them that a serial does not hold."""
    words = [
        match.span()
        for match in re.finditer("w+", "".join("w" if seen.printed else "." for seen, _ in text))
    ]
    for first, (start, _) in enumerate(words):
        for place in range(first, len(words)):
            if place > first:
                between = text[words[place - 1][1] : words[place][0]]
                if not all(seen.character in SOFT for seen, _ in between):
                    break
            yield start, words[place][1]


def _labels(form: LabelForm) -> tuple[str, ...]:
    own = ("".join(filter(str.isalnum, normalise(p.prefix))) for p in form.products)
    return tuple(sorted({*LED_BY, *filter(None, own)}, key=len, reverse=True))


def _without_label(
    stretch: tuple[Placed, ...], before: str, labels: tuple[str, ...]
) -> Iterator[tuple[bool, tuple[Placed, ...]]]:
    """The stretch as it is, and without the label that it begins with."""
    yield before.endswith(labels), stretch
    written = [place for place, (seen, _) in enumerate(stretch) if seen.printed]
    text = "".join(stretch[place][0].printed for place in written)
    for label in labels:
        if text.startswith(label) and len(text) > len(label):
            yield True, stretch[written[len(label)] :]


def is_whole(stretch: Sequence[Placed]) -> bool:
    """Whether the text stands in one piece, or in groups of one size."""
    groups = [1]
    pitch = median_pitch([seen for seen, _ in stretch])
    for (_, (line, _)), (seen, part) in pairwise(stretch):
        if part[0] != line or seen.character == NEW_LINE:
            return False
        if seen.printed:
            groups[-1] += 1
        elif groups[-1]:
            groups.append(0)
    return len(set(groups)) == 1 or widest_step([seen for seen, _ in stretch]) < WIDE * pitch


def begins_with_label(stretch: Sequence[Placed], before: str, labels: tuple[str, ...]) -> bool:
    """Whether letters of a label such as S/N may have been taken for the text's first ones."""
    own = "".join(seen.printed for seen, _ in stretch[:MOST_OF_A_LABEL])
    text = before + own
    return any(
        text.startswith(label, at)
        for label in labels
        for at in range(max(0, len(before) - len(label) + 1), len(before) + 1)
    )


def median_pitch(characters: Sequence[SeenCharacter]) -> float:
    """From one character's middle to the next one's, in parts of the line."""
    return statistics.median(_steps(characters) or [0.0])


def widest_step(characters: Sequence[SeenCharacter]) -> float:
    """The greatest distance between two characters that stand side by side."""
    return max(_steps(characters), default=0.0)


def _steps(characters: Sequence[SeenCharacter]) -> list[float]:
    places = [seen.at for seen in characters if seen.printed]
    return [later - earlier for earlier, later in pairwise(places)]


def _of_form(
    stretch: list[Placed], form: SerialForm, *, is_led: bool, whole: bool
) -> Iterator[Piece]:
    if not form.shortest <= len(stretch) <= form.longest:
        return
    allowed = _allowed(form, len(stretch))
    if allowed is None:
        return
    text, mended = [], set[int]()
    for place, (seen, _) in enumerate(stretch):
        if form.fold(seen.printed) in allowed[place]:
            text.append(seen.printed)
            continue
        instead = _instead(seen, allowed[place], form)
        if not instead or len(mended) == MOST_MENDED:
            return
        mended.add(place)
        text.append(instead)
    joined = "".join(text)
    if not form.is_well_formed(form.fold(joined)):
        return
    is_shaped = bool(form.shapes)
    if not (is_led or is_shaped or looks_like_a_number(joined)):
        return
    yield Piece(
        joined,
        tuple(seen for seen, _ in stretch),
        frozenset(mended),
        is_led,
        is_shaped,
        whole,
        tuple(part for _, part in stretch),
    )


def _allowed(form: SerialForm, length: int) -> Sequence[frozenset[str]] | None:
    """For each place the characters that the form allows there."""
    if not form.shapes:
        return [frozenset(form.alphabet)] * length
    shapes = [shape for shape in form.shapes if len(shape) == length]
    return [frozenset().union(*places) for places in zip(*shapes, strict=True)] if shapes else None


def _instead(seen: SeenCharacter, allowed: frozenset[str], form: SerialForm) -> str:
    """The likeliest that is allowed; a look-alike where none was likely at all."""
    likely = {
        form.fold(character): value
        for character, value in seen.others.items()
        if form.fold(character) in allowed
    }
    alike = {c: 0.0 for c in form.alike.get(form.fold(seen.printed), "") if c in allowed}
    return max({**alike, **likely}.items(), key=lambda each: each[1], default=("", 0.0))[0]


def looks_like_a_number(text: str) -> bool:
    """Whether a text with nothing before it may be a serial rather than words."""
    digits = sum(character.isdigit() for character in text)
    return digits >= 3 and digits >= len(text) / 5


def _as_printed(stretch: list[Placed], *, whole: bool) -> Piece:
    return Piece(
        "".join(seen.printed for seen, _ in stretch),
        tuple(seen for seen, _ in stretch),
        frozenset(),
        is_led=True,
        is_shaped=False,
        is_whole=whole,
        parts=tuple(part for _, part in stretch),
    )


def form_for(text: str, products: Sequence[ProductForm]) -> SerialForm | None:
    """The form of the first product that bears such serials."""
    for product in products:
        if product.serial.is_well_formed(product.serial.fold(text)):
            return product.serial
    return None
