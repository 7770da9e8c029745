"""How many processor seconds some processes have used, where the system says so (Linux).

What a claim costs in them is nearly the same however busy the machine is with other things.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
NANO = 1e9
OWN_AND_ENDED = slice(11, 15)
"""The fields behind the name: its own and the system's for it, and both of those that ended."""


def used_by(roots: Iterable[int], *, but: str = "\0") -> float | None:
    """Of these processes and all that they started and that live; None where it cannot be seen.
    `but`: those are left out, with their own, in whose command it stands."""
    if not (PROC / "self" / "schedstat").exists():
        return None
    started = _started_by()
    return sum(_seconds_of(each) for root in roots for each in _with_theirs(root, started, but))


def used_with_ended(roots: Iterable[int]) -> float | None:
    """The same, in hundredths of seconds, with what those used that they started and that ended."""
    if not (PROC / "self" / "stat").exists():
        return None
    started = _started_by()
    return sum(_ever_used_by(each) for root in roots for each in _with_theirs(root, started, "\0"))


def those_below(process: int, named: str) -> list[int]:
    """What a process started, or one of those, in whose command a text stands."""
    whole = _with_theirs(process, _started_by(), "\0")
    return [each for each in whole if named in _command_of(each)]


def processors() -> int:
    """How many this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _with_theirs(process: int, started: Mapping[int, list[int]], but: str) -> Iterator[int]:
    if but in _command_of(process):
        return
    yield process
    for child in started.get(process, ()):
        yield from _with_theirs(child, started, but)


def _started_by() -> dict[int, list[int]]:
    """The processes that live, by the one that started them."""
    found: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError, ValueError, IndexError):
            # The name, in brackets, may hold anything; behind it stand the state and the parent.
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            found.setdefault(int(fields[1]), []).append(int(folder.name))
    return found


def _command_of(process: int) -> str:
    with suppress(OSError):
        words = (PROC / str(process) / "cmdline").read_bytes().split(b"\0")
        return " ".join(word.decode("utf-8", "replace") for word in words)
    return ""


def _seconds_of(process: int) -> float:
    used = 0.0
    with suppress(OSError):
        for thread in (PROC / str(process) / "task").iterdir():
            with suppress(OSError, ValueError):
                used += int((thread / "schedstat").read_text("ascii").split()[0])
    return used / NANO


def _ever_used_by(process: int) -> float:
    with suppress(OSError, ValueError, IndexError):
        text = (PROC / str(process) / "stat").read_text("utf-8", "replace")
        fields = text.rpartition(")")[2].split()
        return sum(map(int, fields[OWN_AND_ENDED])) / os.sysconf("SC_CLK_TCK")
    return 0.0
