"""The words of a text, without case, accents and signs.

Guarantee: the words of a form's words are these words again.
"""

import re
import unicodedata

LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
"""What has no accent to take off, and is written so where it cannot be typed."""
WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """A text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return unicodedata.normalize("NFKC", bare.translate(LETTERS).replace("ı", "i"))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, each once, whatever their order. Initials count only without a word."""
    words = set(WORD.findall(plain(name.replace("'", "").replace("’", ""))))
    return tuple(sorted({each for each in words if len(each) > 1} or words))
