"""Texts as the PDF's own fonts can show them. Without Django.

Guarantee: nothing is left out without a trace. A character that no font has, or that would steer
how others are shown, stands as its number, such as [U+4E2D]; the JSON has the text as it is.
"""

import re
import unicodedata

COVERED = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x24F),  # without the soft hyphen
    (0x300, 0x304),
    (0x306, 0x30C),
    (0x386, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x5D0, 0x5EA),
    (0x60C, 0x60C),
    (0x61B, 0x61B),
    (0x61F, 0x61F),
    (0x621, 0x63A),
    (0x640, 0x652),
    (0x660, 0x66D),
    (0x67E, 0x67E),
    (0x686, 0x686),
    (0x698, 0x698),
    (0x6A9, 0x6A9),
    (0x6AF, 0x6AF),
    (0x6CC, 0x6CC),
    (0x6F0, 0x6F9),
    (0x1E00, 0x1EF9),
    (0x200C, 0x200D),  # letters of Persian and Arabic join by them
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20A9, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)
"""Ranges of characters that the fonts inside typst have."""
LONGEST_RUN = 24
"""Characters in a row before a line may break between them."""
MAY_BREAK = "\u200b"
RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")


def showable(text: str) -> str:
    """The text with what cannot be shown as numbers, and with places where long runs may break."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    told = "".join(each if each == "\n" or _is_covered(each) else _number(each) for each in lines)
    return RUN.sub(lambda run: run[0] + MAY_BREAK, told)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction goes to the left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    first = next((each for each in directions if each in ("L", "R", "AL")), "L")
    return first != "L"


def _is_covered(character: str) -> bool:
    is_one = unicodedata.category(character) != "Cn"
    return is_one and any(first <= ord(character) <= last for first, last in COVERED)


def _number(character: str) -> str:
    return " " if character == "\t" else f"[U+{ord(character):04X}]"
