"""What changed between two texts, word by word. Pure.

Guarantee: what stayed and what was left out make up the text before, what stayed and what came in
the text after.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4_000
"""Longer texts are shown as one that left and one that came: comparing them takes too long."""


@dataclass(frozen=True)
class Piece:
    """A part of the text: `kind` is same, out or in."""

    kind: str
    text: str


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """The text with what left it and what came in, in reading order."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return _told(("out", before), ("in", after))
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[i1:i2])))
        else:
            found += [("out", "".join(old[i1:i2])), ("in", "".join(new[j1:j2]))]
    return _told(*found)


def _told(*found: tuple[str, str]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in found if text)
