"""How many parts a text message is sent in, as carriers count them (3GPP TS 23.038)."""

from dataclasses import dataclass

PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€\f")
"""Each of these takes the room of two."""
PLAIN_ONE, PLAIN_EACH = 160, 153
WIDE_ONE, WIDE_EACH = 70, 67


@dataclass(frozen=True)
class Segments:
    """`parts`: in how many it goes, each paid for; `wide`: characters because of which only 70
    instead of 160 fit in one, each once."""

    parts: int
    wide: str


def segments(text: str) -> Segments:
    """The parts of a text."""
    wide = "".join(dict.fromkeys(each for each in text if each not in PLAIN | TWICE))
    if wide:
        length, one, each = len(text.encode("utf-16-le")) // 2, WIDE_ONE, WIDE_EACH
    else:
        length = sum(2 if sign in TWICE else 1 for sign in text)
        one, each = PLAIN_ONE, PLAIN_EACH
    parts = 1 if length <= one else -(-length // each)
    return Segments(parts, wide)
