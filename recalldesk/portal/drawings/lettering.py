"""Letters as a hand writes them with a thick pen: strokes, a little uneven.

Guarantee: the same text is drawn the same each time, and fits the width that it is given.
"""

import unicodedata

HEIGHT = 32
GAP = 7.5
PEN = 5.2

_GLYPHS: dict[str, tuple[int, str]] = {
    "A": (20, "M0 32 10 0l10 32M4 20h12"),
    "B": (19, "M1 0v32M1 0h8q9 0 9 7.75t-9 7.75h-8M9 15.5q10 0 10 8.25T9 32H1"),
    "C": (18, "M18 6q-4-6-9-6-9 0-9 16t9 16q6 0 9-6"),
    "D": (19, "M1 0v32h7q11 0 11-16T8 0H1"),
    "E": (17, "M17 0H1v32h16M1 15h13"),
    "F": (17, "M17 0H1v32M1 15h13"),
    "G": (19, "M18 6q-4-6-9-6-9 0-9 16t9 16q9 0 9-12h-8"),
    "H": (19, "M1 0v32M18 0v32M1 16h17"),
    "I": (10, "M0 0h10M5 0v32M0 32h10"),
    "J": (15, "M14 0v24q0 8-7 8t-7-7"),
    "K": (18, "M1 0v32M17 0 1 18m6-6 11 20"),
    "L": (16, "M1 0v32h15"),
    "M": (24, "M1 32V0l11 20L23 0v32"),
    "N": (19, "M1 32V0l17 32V0"),
    "O": (20, "M10 0Q0 0 0 16t10 16 10-16T10 0"),
    "P": (19, "M1 32V0h8q10 0 10 9t-10 9H1"),
    "Q": (21, "M10 0Q0 0 0 16t10 16 10-16T10 0m2 23 9 10"),
    "R": (19, "M1 32V0h8q10 0 10 9t-10 9H1m7 0 11 14"),
    "S": (18, "M17 5q-3-5-8-5-8 0-8 7.5Q1 13 9 15.5t9 8.5q0 8-9 8-6 0-9-6"),
    "T": (20, "M0 0h20M10 0v32"),
    "U": (20, "M1 0v22q0 10 9 10t9-10V0"),
    "V": (20, "m0 0 10 32L20 0"),
    "W": (26, "m0 0 6 32 7-24 7 24 6-32"),
    "X": (19, "m0 0 19 32M19 0 0 32"),
    "Y": (20, "m0 0 10 16L20 0M10 16v16"),
    "Z": (18, "M1 0h17L0 32h18"),
    "0": (18, "M9 0Q0 0 0 16t9 16 9-16T9 0"),
    "1": (12, "m2 7 8-7v32"),
    "2": (18, "M1 8q1-8 9-8 8 0 8 8 0 8-18 24h18"),
    "3": (19, "M1 4q4-4 8-4 8 0 8 7.5t-9 7.5q11 0 11 8.5T9 32q-6 0-9-5"),
    "4": (19, "M14 32V0L0 22h19"),
    "5": (19, "M17 0H3L1 14q4-3 8-3 10 0 10 10T9 32q-6 0-9-5"),
    "6": (19, "M15 1Q1 7 1 21q0 11 9 11t9-10q0-9-9-9-7 0-9 8"),
    "7": (18, "M0 0h18L7 32"),
    "8": (18, "M9 15Q1 13 1 7q0-7 8-7t8 7q0 6-8 8-9 2-9 9 0 8 9 8t9-8q0-7-9-9"),
    "9": (18, "M17 9q0 9-8 9T1 9t8-9 8 9q0 16-9 23"),
    "-": (12, "M1 17h10"),
}
_SPACE = 12


def drawable(text: str) -> str:
    """The text in capitals without accents, as far as there are strokes for it."""
    plain = unicodedata.normalize("NFKD", text.upper())
    return "".join(character for character in plain if character in _GLYPHS or character == " ")


def lettered(text: str, *, middle: float, top: float, most_width: float, height: float) -> str:
    """The strokes of a line of text around `middle`, no wider and no higher than given.

    They take colour and caps from what surrounds them.
    """
    letters = drawable(text)
    places: list[tuple[float, str]] = []
    along = 0.0
    for letter in letters:
        width, path = _GLYPHS.get(letter, (_SPACE, ""))
        places.append((along, path))
        along += width + GAP
    whole = max(along - GAP, 1.0)
    scale = min(height / HEIGHT, most_width / whole)
    start = middle - whole * scale / 2
    down = top + (height - HEIGHT * scale) / 2
    strokes = "".join(
        f'<path d="{path}" transform="translate({x:.1f} {_unevenly(place):.1f}) '
        f'rotate({_tilted(place):.1f} 10 16)"/>'
        for place, (x, path) in enumerate(places)
        if path
    )
    return (
        f'<g transform="translate({start:.1f} {down:.1f}) scale({scale:.3f})" '
        f'stroke-width="{PEN}">{strokes}</g>'
    )


def _unevenly(place: int) -> float:
    return ((place * 7) % 5 - 2) * 0.7


def _tilted(place: int) -> float:
    return ((place * 3) % 5 - 2) * 1.1
