"""Every effect of a made-up provider, one line of JSON each: its memory, and what tests count.

Guarantee: a line is with the operating system before the effect is answered, so that a killed
provider forgets nothing; a line that was cut is left out.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Line = Mapping[str, Any]


class Ledger:
    """The file of one provider. Whoever appends has the provider's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes() if path.exists() else b""
        self._file = path.open("ab")
        if content and not content.endswith(b"\n"):
            self._file.write(b"\n")

    def append(self, effect: str, **told: object) -> None:
        """Adds one line."""
        self._file.write(json.dumps({"effect": effect, **told}).encode() + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def lines(self) -> Iterator[Line]:
        """All of them, the oldest first."""
        return lines_of(self._path)


def lines_of(path: Path) -> Iterator[Line]:
    """All whole lines of a ledger; none where there is no file yet."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found
