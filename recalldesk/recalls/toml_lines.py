"""On which line each field of a TOML text stands.

Guarantee: for a text that the parser accepts, each key, table and list entry has its line; for a
path that is not there, the line of the nearest part around it; for any text, some line.
"""

from bisect import bisect_right
from itertools import accumulate

from recalldesk.recalls.toml_places import Path, TomlPlaces


class TomlLines:
    """The lines of a TOML text's fields."""

    def __init__(self, text: str) -> None:
        places = TomlPlaces(text)
        self._begins = places.begins
        self._starts = [0, *accumulate(len(line) + 1 for line in places.text.split("\n"))]

    def line_of(self, path: Path) -> int:
        """The line, from 1, of a field or of the nearest part around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._begins:
                place = self._begins[path[:length]]
                return min(bisect_right(self._starts, place), max(len(self._starts) - 1, 1))
        return 1
