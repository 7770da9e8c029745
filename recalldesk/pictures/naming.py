"""Which file is meant by which name of the recall file. Pure.

Guarantee: a file belongs to at most one name, a name to at most one file; one whose name differs
in nothing but capitals belongs all the same, since cameras and systems change them.
"""

from collections.abc import Sequence
from difflib import get_close_matches


def matched(named: Sequence[str], given: Sequence[str]) -> tuple[str | None, ...]:
    """For each given name the one of the recall file that it stands for; None where none is.

    Of several that stand for one, the one that is written alike goes first, then the earlier.
    """
    exact = set(given) & set(named)
    free = {name.casefold(): name for name in reversed(named) if name not in exact}
    found: list[str | None] = []
    used: set[str] = set()
    for name in given:
        meant = name if name in exact else free.get(name.casefold())
        found.append(meant if meant is not None and meant not in used else None)
        if meant is not None:
            used.add(meant)
    return tuple(found)


def is_second(name: str, named: Sequence[str]) -> bool:
    """Whether a file that was not matched stands for a name for which another one came."""
    return name.casefold() in {each.casefold() for each in named}


def nearest(name: str, missing: Sequence[str]) -> str:
    """The missing name that was perhaps meant; empty where none is near."""
    near = get_close_matches(name, missing, n=1, cutoff=0.7)
    return near[0] if near else ""
