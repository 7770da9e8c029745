"""The lettering that ships with the project: print for labels, handwriting for markings.

Guarantee: a face is either for tuning or held out for measuring, never both, except the one dot
matrix, of which there is no second.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "fonts"


class Manner(StrEnum):
    """What a face looks like."""

    SANS = "sans"
    NARROW = "narrow"
    MONO = "mono"
    STENCIL = "stencil"
    DOTS = "dots"
    MARKER = "marker"
    PRINT_HAND = "print_hand"
    SCRIPT = "script"
    CHILD = "child"


@dataclass(frozen=True)
class Face:
    """A face of print or handwriting. `is_held_out`: kept from tuning."""

    file: str
    manner: Manner
    is_held_out: bool = False

    def at(self, capital_height: float) -> ImageFont.FreeTypeFont:
        """The face with capitals of this height in pixels."""
        return _font(self.file, max(round(capital_height / _capital_of(self.file) * 4) / 4, 4.0))


LABEL_FACES = (
    Face("arimo", Manner.SANS),
    Face("roboto-condensed", Manner.NARROW),
    Face("cousine", Manner.MONO),
    Face("saira-stencil-one", Manner.STENCIL),
    Face("inter", Manner.SANS, True),
    Face("barlow-condensed", Manner.NARROW, True),
    Face("b612-mono", Manner.MONO, True),
    Face("dm-mono", Manner.MONO, True),
)
DOT_MATRIX = Face("doto", Manner.DOTS)
HANDS = (
    Face("permanent-marker", Manner.MARKER),
    Face("architects-daughter", Manner.PRINT_HAND),
    Face("caveat", Manner.SCRIPT),
    Face("schoolbell", Manner.CHILD),
    Face("covered-by-your-grace", Manner.MARKER, True),
    Face("caveat-brush", Manner.MARKER, True),
    Face("coming-soon", Manner.PRINT_HAND, True),
    Face("kalam", Manner.SCRIPT, True),
    Face("indie-flower", Manner.CHILD, True),
)
_MEASURED_AT = 200


def label_faces(*, held_out: bool) -> tuple[Face, ...]:
    """The faces of print for tuning, or those that are held out."""
    return tuple(face for face in LABEL_FACES if face.is_held_out == held_out)


def hands(*, held_out: bool) -> tuple[Face, ...]:
    """The handwritings for tuning, or those that are held out."""
    return tuple(face for face in HANDS if face.is_held_out == held_out)


@cache
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    # Plain layout: the other one rests on a library that not every machine has.
    return ImageFont.truetype(FOLDER / f"{file}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _capital_of(file: str) -> float:
    """The height of capitals in parts of the size."""
    top, bottom = _font(file, _MEASURED_AT).getbbox("EH")[1::2]
    return (bottom - top) / _MEASURED_AT
