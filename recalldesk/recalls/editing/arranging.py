"""Entries of lists of tables, put into the order that is wanted, each with its own lines.

Guarantee: an entry that stays keeps its text, whatever its new place; what stands between entries
stays where it is.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recalldesk.recalls.editing.laid_out import LaidOut, UnusualError
from recalldesk.recalls.editing.written import IsHeaded, entry_of
from recalldesk.recalls.field_paths import IDENTIFIERS
from recalldesk.recalls.toml_places import Path

MOST_LISTS = 500


def arranged(text: str, wanted: Mapping[str, Any], is_headed: IsHeaded) -> str:
    """The text with as many entries as wanted, in their order; what is inside them may differ."""
    for _ in range(MOST_LISTS):
        laid_out = LaidOut(text)
        moved = next(_moves(laid_out, (), tomllib.loads(text), wanted), None)
        if moved is None:
            return text
        text = _moved(laid_out, *moved, is_headed)
    raise UnusualError


Move = tuple[Path, Sequence[Any], Sequence[Any], list[int | None]]


def _moves(laid_out: LaidOut, path: Path, before: Any, after: Any) -> Iterator[Move]:
    """The lists that are to be rearranged, the outer before the inner."""
    if path in laid_out.values:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before:
            if name in after:
                yield from _moves(laid_out, (*path, name), before[name], after[name])
    elif isinstance(before, list) and isinstance(after, list) and after:
        if not all(isinstance(each, dict) for each in [*before, *after]):
            return
        sources = _sources(before, after)
        if sources != list(range(len(before))):
            yield path, before, after, sources
        for place, entry in enumerate(after):
            if place < len(before):
                yield from _moves(laid_out, (*path, place), before[place], entry)


def _sources(before: Sequence[Any], after: Sequence[Any]) -> list[int | None]:
    """For each entry that is wanted the one it comes from; none for a new one."""
    sources: list[int | None] = [None] * len(after)
    left = list(range(len(before)))

    def take(place: int, number: int) -> None:
        sources[place] = number
        left.remove(number)

    for place, entry in enumerate(after):
        found = next((number for number in left if before[number] == entry), None)
        if found is not None:
            take(place, found)
    for place, entry in enumerate(after):
        if sources[place] is None:
            found = next(
                (number for number in left if _is_called_alike(before[number], entry)), None
            )
            if found is not None:
                take(place, found)
    for place in range(len(after)):
        if sources[place] is None and place in left:
            take(place, place)
    return sources


def _is_called_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    for name in IDENTIFIERS:
        if isinstance(one.get(name), str) or isinstance(other.get(name), str):
            return bool(one.get(name) == other.get(name))
    return False


def _moved(
    laid_out: LaidOut,
    path: Path,
    before: Sequence[Any],
    after: Sequence[Any],
    sources: list[int | None],
    is_headed: IsHeaded,
) -> str:
    text = laid_out.text
    cores = [
        laid_out.core_of((*path, number), with_comments=number > 0) for number in range(len(before))
    ]
    blocks = [
        _line_ended(text[slice(*cores[source])])
        if source is not None
        else entry_of((*path, place), after[place], is_headed)
        for place, source in enumerate(sources)
    ]
    parts, reached = [], 0
    for number, (start, end) in enumerate(cores):
        if start < reached:
            raise UnusualError
        gap = text[reached:start]
        if number >= len(blocks):
            parts.append(gap if gap.strip() else "")
        else:
            parts += [gap, blocks[number]]
        reached = end
    parts += [f"\n{block}" for block in blocks[len(cores) :]]
    return "".join([*parts, text[reached:]])


def _line_ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
