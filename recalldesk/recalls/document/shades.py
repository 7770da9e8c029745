"""What a brand's one colour becomes on its pages, light and dark, so that all of it can be read.

Guarantee: whatever the colour, text in the shade that acts has a contrast of at least 4.5 to each
ground that it stands on, and so has the text on a button of it and every text on its tint
(WCAG 2.2, AA). A colour that has it already stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from recalldesk.recalls.document.contrast import LEAST, SHEET, contrast

STEPS = 50
WHITE, BLACK = "#ffffff", "#000000"


@dataclass(frozen=True)
class Scheme:
    """The colours of the pages that a brand does not choose; portal/desk.css holds the same.

    `tint_share` is how much of the accent its tint has; `softened` what the accent is mixed with
    before it acts, and how much of it stays; `towards` leads to more contrast.
    """

    paper: str
    sheet: str
    texts: tuple[str, ...]
    on_act: str
    tint_share: float
    softened: tuple[str, float]
    towards: str


LIGHT = Scheme(
    paper="#f8f5ef",
    sheet=SHEET,
    texts=("#1d2530", "#55606d"),
    on_act=WHITE,
    tint_share=0.09,
    softened=(BLACK, 1.0),
    towards=BLACK,
)
DARK = Scheme(
    paper="#13171c",
    sheet="#1b2128",
    texts=("#edebe5", "#aab2bb"),
    on_act="#0e151a",
    tint_share=0.30,
    softened=("#e8fbff", 0.38),
    towards=WHITE,
)


@dataclass(frozen=True)
class Shades:
    """Of one scheme: what links and buttons have, and what lies under a choice that was made."""

    act: str
    tint: str


def shades_of(accent: str, scheme: Scheme) -> Shades:
    """The shades of an accent written as #rrggbb."""
    tint = next(
        tint
        for tint in _mixes(accent, scheme.sheet, scheme.tint_share)
        if all(contrast(text, tint) >= LEAST for text in scheme.texts)
    )
    grounds = (scheme.paper, scheme.sheet, tint, scheme.on_act)
    start = mixed(accent, *scheme.softened)
    act = next(
        act
        for act in _mixes(start, scheme.towards, 1.0)
        if all(contrast(act, ground) >= LEAST for ground in grounds)
    )
    return Shades(act, tint)


def _mixes(colour: str, other: str, share: float) -> Iterator[str]:
    """The colour by a share of it in the other one, and then ever less of it, until none is left.
    The whole of it is the colour itself, to the last digit."""
    for step in range(STEPS, -1, -1):
        yield mixed(colour, other, share * step / STEPS)


def mixed(colour: str, other: str, share: float) -> str:
    """A mix of two colours in the OKLab space, as `color-mix` of CSS makes it."""
    if share in (0, 1):
        return colour if share else other
    one, two = _oklab(colour), _oklab(other)
    return _hexadecimal(tuple(a * share + b * (1 - share) for a, b in zip(one, two, strict=True)))


def _oklab(colour: str) -> tuple[float, ...]:
    red, green, blue = (_linear(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hexadecimal(oklab: tuple[float, ...]) -> str:
    lightness, green_red, blue_yellow = oklab
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_eight_bits(channel):02x}" for channel in channels)


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _eight_bits(linear: float) -> int:
    inside = min(max(linear, 0.0), 1.0)
    part = inside * 12.92 if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055
    return round(part * 255)
