"""The words of a text, without case, accents and signs.

Guarantee: the words of a form's words are these words again.
"""

import re
import unicodedata

LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
"""What has no accent to take off, and is written so where it cannot be typed."""
WORD = re.compile(r"[^\W_]+")
WRITTEN_OUT = re.compile(r"(?<=[aou])e+(?=[^\W\d_e])"), re.compile(r"(?<=a)a+")
"""What stands for a sign where there is none: Mueller for Müller, Joergensen, Aase. Not at the end
of a word: Joe and Sue are no Jö and Sü."""
PREFIX_APART = re.compile(r"\b(o|mc)[\s-]+(?!mc\b)(?=[^\W\d_]{2})")
"""O Brien for O'Brien, Mc Donald for McDonald. O. Ruiz has an initial."""
PREFIXES = frozenset({"o", "mc"})


def plain(text: str) -> str:
    """A text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return unicodedata.normalize("NFKC", bare.translate(LETTERS).replace("ı", "i"))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, each once, whatever their order. Initials count only without a word.

    They are for comparing: Miguel becomes migul, as Müller and Mueller become muller.
    """
    text = PREFIX_APART.sub(r"\1", plain(name.replace("'", "").replace("’", "")))
    words = {_without_what_is_written_out(each) for each in WORD.findall(text)}
    return tuple(sorted({each for each in words - PREFIXES if len(each) > 1} or words))


def _without_what_is_written_out(word: str) -> str:
    for pattern in WRITTEN_OUT:
        word = pattern.sub("", word)
    return word
