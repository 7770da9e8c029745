"""What every text of a recall must keep: each language, figures that are defined, no softeners.

Words that make a danger sound small are refused in notices by EU law (GPSR, Art. 36), and lower
the number of owners who act everywhere.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

Path = tuple[str | int, ...]

FIGURE = re.compile(r"\{([^{}]*)\}")
NOT_TEXTS = frozenset({"folding", "figures"})
SOFTENERS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(voluntar(?:y|ily)|precautionary|discretionary|in (?:rare|specific) situations)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(voluntari(?:[oa]s?|amente)|precautori[oa]s?|(?:por|de) precaución|discrecional(?:es)?"
        r"|en situaciones (?:raras|específicas|concretas))\b",
        re.IGNORECASE,
    ),
}


def texts_of(part: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, str]]]:
    """Every text per language in a part of a document, with its path."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in NOT_TEXTS:
                yield from texts_of(getattr(part, name, None), (*path, name))
    elif isinstance(part, tuple):
        for place, entry in enumerate(part):
            yield from texts_of(entry, (*path, place))
    elif isinstance(part, dict):
        yield path, part


def text_problems(
    part: Any, languages: tuple[str, ...], figures: frozenset[str]
) -> Iterator[tuple[Path, str]]:
    """Every problem in the texts of a part, with its path."""
    for path, texts in texts_of(part):
        missing = [language for language in languages if language not in texts]
        if missing:
            yield path, f"has no text in {', '.join(missing)}"
        for language, text in texts.items():
            for message in _problems_in(language, text, figures):
                yield (*path, language), message


def _problems_in(language: str, text: str, figures: frozenset[str]) -> Iterator[str]:
    for name in FIGURE.findall(text):
        if name not in figures:
            yield f"names the figure {{{name}}}, which [figures] does not define"
    if set("{}") & set(FIGURE.sub("", text)):
        yield "has a brace without its partner; a figure stands as {name}"
    soft = SOFTENERS[language].search(text)
    if soft:
        yield f"says {soft[0]!r}, which makes the danger sound small: leave it out"
