"""Reads a label: its bar codes, its lines, the model they name, and what may be the serial.

Guarantees: nothing is looked up and nothing decided; a candidate says at which places it may be
another (doubts.py); a text that agrees with a bar code of the label is the bar code's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from PIL import Image

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.reading.asked import LabelForm
from recalldesk.reading.bar_codes import CHECKED, bar_codes_in
from recalldesk.reading.characters import SeenCharacter, mean
from recalldesk.reading.contrast import levelled
from recalldesk.reading.doubts import is_doubtful, likeliest, may_lack_a_character
from recalldesk.reading.lines import CutLine, lines_by_turn
from recalldesk.reading.models import model_named
from recalldesk.reading.recogniser import recogniser
from recalldesk.reading.seen import BarCode, LabelReading, SerialCandidate, Source
from recalldesk.reading.serials import Piece, form_for, pieces_in
from recalldesk.reading.views import side_by_side, views_of

SIDE = 1280
"""Pixels of the longer side of the copy in which lines are found."""
MOST_CANDIDATES = 5
MOST_LOOKED_AT_AGAIN = 3


def read_label(image: Image.Image, form: LabelForm) -> LabelReading:
    """What the photo of a label says. The image is upright or not, of any size."""
    plain = image.convert("RGB")
    seen = _look(plain, form, turns=4)
    if not seen.found_any:
        clearer = _look(levelled(plain), form, turns=1)
        seen = clearer if clearer.found_any else seen
    candidates = [
        _candidate(piece, seen.lines, form) for piece in seen.pieces[:MOST_LOOKED_AT_AGAIN]
    ]
    lines = tuple(line.seen.as_line() for line in seen.lines)
    texts = [line.text for line in lines] + [code.text for code in seen.codes]
    found = merged(seen.by_code, candidates, form)[:MOST_CANDIDATES]
    return LabelReading(model_named(texts, form), found, seen.codes, lines)


@dataclass(frozen=True)
class _Look:
    """What one look at a photo shows."""

    codes: tuple[BarCode, ...]
    by_code: tuple[SerialCandidate, ...]
    lines: tuple[CutLine, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def found_any(self) -> bool:
        """Whether there is anything that may be the serial."""
        return bool(self.by_code or self.pieces)


def _look(image: Image.Image, form: LabelForm, *, turns: int) -> _Look:
    """Bar codes; and the lines of the first turn that shows a serial, or of the clearest."""
    codes = bar_codes_in(image)
    best = _Look(codes, _from_bar_codes(codes, form))
    for found in islice(lines_by_turn(image, side=SIDE), turns):
        pieces = pieces_in(found.seen, form)
        if pieces or _written(found.lines) > _written(best.lines):
            best = replace(best, lines=found.lines, pieces=pieces)
        if best.found_any:
            break
    return best


def _written(cut: Sequence[CutLine]) -> float:
    """How much was read with confidence: the right turn gives most."""
    return sum(line.seen.as_line().confidence ** 4 * len(line.seen.text) for line in cut)


def _from_bar_codes(codes: Sequence[BarCode], form: LabelForm) -> tuple[SerialCandidate, ...]:
    """Those that are a serial of a form that is known."""
    found = []
    for code in codes:
        text = normalise(code.text)
        if _is_a_serial(text, form):
            doubtful = () if code.symbology in CHECKED else tuple(range(len(text)))
            sure = (1.0,) * len(text)
            found.append(SerialCandidate(text, 1.0, sure, doubtful, Source.BAR_CODE, code.box))
    return tuple(found)


def _is_a_serial(text: str, form: LabelForm) -> bool:
    """A bar code holds no character that is never printed: nothing is folded."""
    return any(product.serial.is_well_formed(text) for product in form.products)


def _candidate(piece: Piece, cut: Sequence[CutLine], form: LabelForm) -> SerialCandidate:
    of_form = form_for(piece.text, form.products)
    views = _seen_again(piece, cut)
    text = _by_all_views(piece.text, views, of_form)
    lacking = may_lack_a_character(piece.seen, of_form)
    doubtful = tuple(
        place
        for place, character in enumerate(text)
        if not piece.is_whole
        or place in piece.mended
        or place in lacking
        or is_doubtful(character, views[place], of_form)
    )
    sure = tuple(
        round(min((seen.confidence for seen in views[place]), default=0.0), 4)
        for place in range(len(text))
    )
    box = cut[piece.parts[0][0]].seen.box
    return SerialCandidate(text, mean(sure), sure, doubtful, Source.PRINT, box)


def _by_all_views(
    text: str, views: Sequence[Sequence[SeenCharacter]], form: SerialForm | None
) -> str:
    """The text that the views speak for, if it still has the form."""
    chosen = "".join(
        likeliest(character, views[place], form) for place, character in enumerate(text)
    )
    return chosen if form is None or form.is_well_formed(form.fold(chosen)) else text


def _seen_again(piece: Piece, cut: Sequence[CutLine]) -> list[list[SeenCharacter]]:
    """For each character, how it was seen at first and in each other view."""
    seen = [[character] for character in piece.seen]
    for number in sorted({line for line, _ in piece.parts}):
        line = cut[number]
        written = _printed(line.seen.characters)
        places = {id(character): place for place, character in enumerate(written)}
        own = [place for place, (of_line, _) in enumerate(piece.parts) if of_line == number]
        start = places[id(line.seen.characters[piece.parts[own[0]][1]])]
        for view in views_of(line.pixels):
            again = _printed(recogniser().read(view))
            same = side_by_side(written, again, start, start + len(own))
            for place, character in zip(own, same, strict=True):
                seen[place].append(character)
    return seen


def _printed(characters: Sequence[SeenCharacter]) -> list[SeenCharacter]:
    return [character for character in characters if character.printed]


def merged(
    by_code: Sequence[SerialCandidate], printed: Sequence[SerialCandidate], form: LabelForm
) -> tuple[SerialCandidate, ...]:
    """Bar codes first, each text once. Print that differs from a code in a few places is the same
    serial: the code's text, with those places in doubt."""
    found = list({code.text: code for code in reversed(by_code)}.values())[::-1]
    codes = len(found)
    for candidate in printed:
        for place, code in enumerate(found[:codes]):
            apart = _apart(code.text, candidate.text, form_for(code.text, form.products))
            if apart is not None:
                found[place] = _with_print(code, candidate, apart)
                break
        else:
            found.append(candidate)
    return tuple(found)


def _with_print(
    code: SerialCandidate, printed: SerialCandidate, apart: tuple[int, ...]
) -> SerialCandidate:
    """A code that checks nothing is as sure as the print that says the same."""
    checks_itself = not code.doubtful
    doubtful = apart if checks_itself else tuple(sorted({*apart, *printed.doubtful}))
    return replace(code, doubtful=doubtful)


MOST_APART = 3


def _apart(one: str, other: str, form: SerialForm | None) -> tuple[int, ...] | None:
    """The places at which two texts differ; None where they are two serials."""
    if form is not None:
        one, other = form.fold(one), form.fold(other)
    if len(one) != len(other):
        return None
    places = tuple(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return places if len(places) <= MOST_APART else None
