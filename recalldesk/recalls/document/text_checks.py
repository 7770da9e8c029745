"""What every text of a recall must keep: each language, figures defined, nothing called safe."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.numbers_by_hand import counts_in, figures_by_hand
from recalldesk.recalls.document.parts import Path, Problem, Rule
from recalldesk.recalls.document.safe_words import safe_words_in

FIGURE = re.compile(r"\{([^{}]*)\}")
NOT_TEXTS = frozenset({"folding", "figures"})


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


Says = Callable[[Contents, Path, str, str], Iterator[str]]
"""What is wrong with one text: the whole, where it stands, its language, its words."""


def _of_each_text(says: Says) -> Callable[[Contents], Iterator[Problem]]:
    def check(contents: Contents) -> Iterator[Problem]:
        for path, texts in texts_of(contents):
            for language, text in texts.items():
                for message in says(contents, path, language, text):
                    yield (*path, language), message

    return check


def _missing_languages(contents: Contents) -> Iterator[Problem]:
    for path, texts in texts_of(contents):
        missing = [language for language in contents.languages if language not in texts]
        if missing:
            yield path, f"has no text in {', '.join(missing)}"


def _unknown_figures(contents: Contents, _path: Path, _language: str, text: str) -> Iterator[str]:
    for name in FIGURE.findall(text):
        if name not in contents.figures:
            yield f"names the figure {{{name}}}, which [figures] does not define"


def _braces(_contents: Contents, _path: Path, _language: str, text: str) -> Iterator[str]:
    if set("{}") & set(FIGURE.sub("", text)):
        yield "has a brace without its partner; a figure stands as {name}"


def _safe_words(_contents: Contents, _path: Path, language: str, text: str) -> Iterator[str]:
    safe = safe_words_in(language, text)
    if safe:
        yield f"says {safe!r}: nobody is told that a recalled product is safe; leave it out"


def _by_hand(contents: Contents, _path: Path, _language: str, text: str) -> Iterator[str]:
    for written, name in figures_by_hand(text, contents):
        yield f"has {written} by hand: name it as {{{name}}}, so that it keeps its source"


def _counts_by_hand(contents: Contents, path: Path, _language: str, text: str) -> Iterator[str]:
    if path == ("incidents", "summary"):
        for written in counts_in(text, contents):
            yield f"has {written} by hand: put it into [figures] and name it as {{name}}"


TEXT_RULES: tuple[Rule, ...] = (
    Rule(_missing_languages, ("languages",)),
    Rule(_of_each_text(_unknown_figures), ("figures.NAMES",)),
    Rule(_of_each_text(_braces), ()),
    Rule(_of_each_text(_safe_words), ()),
    Rule(_of_each_text(_by_hand), ("figures",)),
    Rule(_of_each_text(_counts_by_hand), ()),
)
