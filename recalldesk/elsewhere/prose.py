"""Model numbers in the prose of a recall's notice.

Guarantees: pure; what is found stands in the text as it is given back, after words that announce a
model; dates, prices, phone numbers, counts, measures and bar codes are none. What is found is
possible, never an answer.
"""

import re
from collections.abc import Iterator

from recalldesk.elsewhere.numbers import LONGEST, is_number_of_model, key_of, says_something_else

NUMBERS = r"(?:numbers?|nos?\b\.?|names?|codes?|\#)(?:\(s\))?"
CUE = re.compile(
    rf"\bmodel(?:s|\(s\))?\b(?!\s+years?\b)(?P<numbered>\s*{NUMBERS})?"
    rf"|\b(?:item|style|part|catalog(?:ue)?|product)s?\s+(?:numbers?|nos?\b\.?|\#)(?:\(s\))?"
    rf"|\bSKUs?\b(?:\s*{NUMBERS})?",
    re.IGNORECASE,
)
"""Words after which a model number may stand."""
FILLING = re.compile(
    r"(?:[\s:,]+|(?:is|are|was|were|include[sd]?|including|the|following|of|with|and|for|these|this"
    r"|either|listed|below|involved|recalled|numbers?|names?)\b(?!-))*",
    re.IGNORECASE,
)
"""What may stand between such words and the first number."""
QUOTE = r"[\"'“”‘’#]?"
ITEM = re.compile(
    rf"{QUOTE}(?P<words>(?:[A-Z][A-Za-z]*\s){{0,3}})"
    rf"(?P<token>[A-Za-z0-9]+(?:[-–._+][A-Za-z0-9]+)*){QUOTE}"
)
BETWEEN = re.compile(
    r"(?:\s+(?!(?:and|or|to|thru|through)\b)[a-z][a-z'-]*){0,5}"
    r"\s*(?:[,;/&+–—]|-(?=\s)|\b(?:and|or|to|thru|through)\b)"
    r"(?:[\s,]+|(?:and|or|also|the|models?|model\s+numbers?|(?:item|style)\s+numbers?|skus?|nos?\.)\b(?!-))*",
    re.IGNORECASE,
)
"""From one number of a list to the next: a few small words, then what separates them."""
NOTE = re.compile(r"\s*\((?P<inside>[^()]{0,80})\)")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?![\w,])")
"""A count or an amount, such as 2,500."""
COUNTED = re.compile(
    r"\s*(?:units?|people|persons?|reports?|percent|%|consumers?|customers?|pieces?|complaints?"
    r"|incidents?|injur\w+|mah|volts?|watts?|inch(?:es)?|feet|pounds?|lbs?|ounces?|gallons?|degrees?"
    r"|million|thousand|years?|months?|days?)\b",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|UPC|EAN|Lot|Batch|Serial|SN|Recall|Release|Date|Call|Phone|Size|Sizes|Age|Ages|Year|About"
    r"|Between|From|Since|In)\s",
)
"""Words with a capital that make a number after them something else than a model's."""
BEFORE = re.compile(
    r"\b(?P<token>[A-Z][A-Za-z0-9]{0,59}+(?:[-–][A-Za-z0-9]{1,59}+){0,9}+)\s+models?\b"
)
"""Bounded: a text of dashes alone would be read anew from each of them."""
YEAR = re.compile(r"(?:19|20)\d\d")


def models_in(text: str) -> tuple[str, ...]:
    """The model numbers of a text as they are written there, each once, in their order."""
    found: dict[str, str] = {}
    for written in _written(text):
        if len(written) <= LONGEST:
            found.setdefault(key_of(written), written)
    return tuple(found.values())


def _written(text: str) -> Iterator[str]:
    read: set[tuple[int, bool]] = set()
    for cue in CUE.finditer(text):
        filling = FILLING.match(text, cue.end())
        assert filling is not None  # it may be empty
        if filling.end() > cue.end() or cue.group().endswith("#"):
            is_numbered = cue.group().strip().lower() not in ("model", "models", "model(s)")
            yield from _list_at(text, filling.end(), read, is_numbered=is_numbered)
    for match in BEFORE.finditer(text):
        if _is_mixed(match["token"]) and is_number_of_model(match["token"]):
            yield match["token"]


def _list_at(
    text: str, place: int, read: set[tuple[int, bool]], *, is_numbered: bool
) -> Iterator[str]:
    """The numbers from a place on, as long as one follows the other. `read`: the places from which
    lists were read on before; what follows there is known."""
    while (item := ITEM.match(text, place)) is not None:
        if (place, is_numbered) in read:
            return
        read.add((place, is_numbered))
        written = _model_of(text, item, is_numbered=is_numbered)
        if written is None:
            return
        yield written
        place = item.end()
        while (note := NOTE.match(text, place)) is not None:
            place = note.end()
            inside = ITEM.fullmatch(note["inside"].strip())
            if inside and _is_mixed(inside["token"]) and is_number_of_model(inside["token"]):
                yield inside["token"]
        between = BETWEEN.match(text, place)
        if between is None:
            return
        place = between.end()


def _model_of(text: str, item: re.Match[str], *, is_numbered: bool) -> str | None:
    """What an item names, or None where it is none."""
    words, token = item["words"], item["token"]
    if GROUPED.match(text, item.start("token")) or COUNTED.match(text, item.end("token")):
        return None
    if OTHERWISE.search(words) or not any(c.isdigit() for c in token):
        return None
    if says_something_else(token) or (YEAR.fullmatch(token) and not is_numbered and not words):
        return None
    if words and (token.isdigit() or len(key_of(token)) < 3):
        return f"{words}{token}"
    return token if is_number_of_model(token) else None


def _is_mixed(token: str) -> bool:
    """Letters and digits: that is seldom anything else."""
    return any(c.isdigit() for c in token) and any(c.isalpha() for c in token)
