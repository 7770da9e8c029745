"""Which product a label names: pure.

Guarantee: a name that stands in the text as it is printed, or one that can be no other product's.
"""

import re
from collections.abc import Iterable

from recalldesk.foundation.serial_form import normalise
from recalldesk.reading.asked import LabelForm


def model_named(texts: Iterable[str], form: LabelForm) -> str:
    """A product's first name, or empty where none or several are named."""
    words = [_words(text) for text in texts]
    named: dict[str, int] = {}
    for product in form.products:
        lengths = [len(_joined(name)) for name in product.models if _is_named(name, words)]
        if lengths and product.models:
            named[product.models[0]] = max(lengths)
    if not named:
        return ""
    longest = max(named.values())
    best = [model for model, length in named.items() if length == longest]
    return best[0] if len(best) == 1 else ""


def _joined(text: str) -> str:
    return "".join(filter(str.isalnum, normalise(text)))


def _words(text: str) -> list[str]:
    return [word for word in map(_joined, re.split(r"[\s:;,/()|]+", text)) if word]


def _is_named(name: str, lines: list[list[str]]) -> bool:
    """Whether words of one line, side by side, make the name."""
    wanted = _joined(name)
    return any(
        "".join(words[start:end]) == wanted
        for words in lines
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + 6) + 1)
    )
