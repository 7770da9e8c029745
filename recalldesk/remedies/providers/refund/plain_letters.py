"""Names as banks take them: Latin letters without marks, where a letter has such a form."""

import unicodedata

SPELLED = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "–": "-",
        "—": "-",
    }
)


def plain(text: str) -> str:
    """The text in plain letters; what has none stays. Whatever is no character of a line is a
    space."""
    apart = unicodedata.normalize("NFKD", text.translate(SPELLED))
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    kept = (each if each.isprintable() else " " for each in unicodedata.normalize("NFC", bare))
    return " ".join("".join(kept).split())


def ascii_only(text: str) -> str:
    """The text in ASCII; whatever has no such form is a question mark."""
    return plain(text).encode("ascii", "replace").decode()
