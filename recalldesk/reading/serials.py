"""Texts of a label that may be its serial: pure, over lines that were read.

Guarantees: a piece has the form of a product's serials, or follows a word such as SN where no form
is known; each of its characters is one that was seen, or the likeliest that the form allows there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
SOFT = frozenset(" -\u2010\u2011\u2012\u2013\u2014\u2212_" + NEW_LINE)
"""What may stand within a serial."""


@dataclass(frozen=True)
class Piece:
    """A text that may be a serial. `text` is normalised; `mended`: places where the form allowed
    only another character than the one read; `is_led`: SN or the like stands before it; `parts`:
    for each character, the line and the place in it."""

    text: str
    seen: tuple[SeenCharacter, ...]
    mended: frozenset[int]
    is_led: bool
    is_shaped: bool
    parts: tuple[tuple[int, int], ...]

    @property
    def confidence(self) -> float:
        """The mean of its characters."""
        return sum(seen.confidence for seen in self.seen) / len(self.seen)

    @property
    def rank(self) -> tuple[bool, bool, int, float]:
        """The higher the likelier."""
        lines = len({line for line, _ in self.parts})
        return self.is_led, self.is_shaped, -lines - len(self.mended), self.confidence


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
    for start, end in _stretches(text):
        stretch = [each for each in text[start:end] if each[0].printed]
        before = "".join(seen.printed for seen, _ in text[:start])
        for led, chosen in _without_label(stretch, before, form):
            if form.products:
                for product in form.products:
                    yield from _of_form(chosen, product.serial, is_led=led)
            elif led and SHORTEST <= len(chosen) <= LONGEST:
                yield _as_printed(chosen)


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
    stretch: list[Placed], before: str, form: LabelForm
) -> Iterator[tuple[bool, list[Placed]]]:
    """The stretch as it is, and without the label that it begins with."""
    labels = _labels(form)
    yield before.endswith(labels), stretch
    text = "".join(seen.printed for seen, _ in stretch)
    for label in labels:
        if text.startswith(label) and len(text) > len(label):
            yield True, stretch[len(label) :]


def _of_form(stretch: list[Placed], form: SerialForm, *, is_led: bool) -> Iterator[Piece]:
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


def _as_printed(stretch: list[Placed]) -> Piece:
    return Piece(
        "".join(seen.printed for seen, _ in stretch),
        tuple(seen for seen, _ in stretch),
        frozenset(),
        is_led=True,
        is_shaped=False,
        parts=tuple(part for _, part in stretch),
    )


def form_for(text: str, products: Sequence[ProductForm]) -> SerialForm | None:
    """The form of the first product that bears such serials."""
    for product in products:
        if product.serial.is_well_formed(product.serial.fold(text)):
            return product.serial
    return None
