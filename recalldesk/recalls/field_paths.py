"""Paths of fields as people read them: `products[a1263].sold.until`, `texts.stop[2].en`.

An entry of a list goes by what identifies it, where that is unique and short; else by its number,
counted from 1.
"""

import re
from collections.abc import Mapping, Sequence

from recalldesk.recalls.document.parts import Path

IDENTIFIERS = ("key", "name", "country", "pattern", "file")
SHORT = re.compile(r"[\w.*?#+ -]{1,60}")


def _own_label(entry: object) -> str | None:
    if not isinstance(entry, Mapping):
        return None
    for field in IDENTIFIERS:
        value = entry.get(field)
        if isinstance(value, str) and SHORT.fullmatch(value):
            return value
    start, end = entry.get("start"), entry.get("end")
    if isinstance(start, str) and isinstance(end, str) and SHORT.fullmatch(start + end):
        return f"{start} to {end}"
    return None


def labels(entries: Sequence[object]) -> tuple[str, ...] | None:
    """What identifies each entry, or None where any has no label or two share one."""
    found = [_own_label(entry) for entry in entries]
    named = tuple(label for label in found if label is not None)
    return named if len(named) == len(found) == len(set(named)) else None


def _step(part: object, step: str | int) -> object:
    if isinstance(part, Mapping):
        return part.get(str(step))
    if isinstance(part, Sequence) and not isinstance(part, str) and isinstance(step, int):
        return part[step] if 0 <= step < len(part) else None
    return None


def readable_path(path: Path, within: object) -> str:
    """The path as a person reads it; `within` is the mapping in which it leads somewhere."""
    text = ""
    part = within
    for step in path:
        if isinstance(step, int):
            named = labels(part) if isinstance(part, Sequence) else None
            text += f"[{named[step] if named and 0 <= step < len(named) else step + 1}]"
        else:
            text += f".{step[:60]}" if text else step[:60]
        part = _step(part, step)
    return text
