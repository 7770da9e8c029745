"""Letters of other scripts that look like those printed on units, and which they look like.

Guarantee: one character stays one character, so that places in the text stay places.
"""

import unicodedata
from functools import lru_cache

LOOKS_LIKE = str.maketrans(
    "АВЕЅЗІЈКМНОРСТУХЬЁЇ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ØŁĐ",
    "ABES3IJKMHOPCTYXBEI" + "ABEZHIKMNOPTYX" + "OLD",
)
"""Capital letters: Cyrillic, Greek, and Latin ones with a stroke."""


@lru_cache(maxsize=10_000)
def _as_printed(character: str) -> str:
    """The letter or digit that it looks like, without accents; else the character itself."""
    base = unicodedata.normalize("NFKD", character)[:1].translate(LOOKS_LIKE)
    return base if base.isascii() and base.isalnum() else character


def as_printed(normalised: str) -> str:
    """A normalised text with each foreign letter replaced by the printed one that it looks like.

    Whoever types with a Greek or Russian keyboard sees the letters that stand on the unit.
    """
    return normalised if normalised.isascii() else "".join(map(_as_printed, normalised))
