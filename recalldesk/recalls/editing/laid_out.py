"""How a recall file is laid out in lines: what belongs to a heading, where something new goes.

A comment right above a heading goes with it, but for the first of a list, where it speaks of all.
"""

import re
from collections.abc import Iterator, Sequence

from recalldesk.recalls.toml_places import Heading, NamedValue, Path, Span, TomlPlaces

COMMENT = re.compile(r"[ \t]*(#[^\n]*)")


class UnusualError(Exception):
    """The file is written in a way that cannot be changed in place."""


class LaidOut:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        places = TomlPlaces(text)
        self.text = text
        self.values = places.values
        self._headings: list[Heading] = places.headings
        self._named: list[NamedValue] = places.named

    def text_of(self, path: Path) -> str:
        """A value as it is written."""
        start, end = self.values[path]
        return self.text[start:end]

    def is_line(self, path: Path) -> bool:
        """Whether the value stands in a line of its own, not inside of another."""
        return any(each.path == path for each in self._named)

    def ended(self, place: int) -> str:
        """What ends the line before a place, where nothing does."""
        return "\n" if place and self.text[place - 1] != "\n" else ""

    def has_lines(self, path: Path) -> bool:
        """Whether names of this very table can stand in lines of their own."""
        return not path or self._heading_at(path) is not None

    def place_of_line(self, path: Path, before: Sequence[str]) -> int:
        """Where a new line of a table goes: after the last of the names before it."""
        heading = self._heading_at(path)
        own = {
            each.path[-1]: each
            for each in self._named
            if each.heading == (-1 if heading is None else heading) and each.own_name == 1
        }
        for name in reversed(before):
            if name in own:
                return self._line_end(own[name].span[1])
        if heading is not None:
            return self._line_end(self._headings[heading].span[1])
        if own:
            return self._line_start(min(each.span[0] for each in own.values()))
        return self._with_comments(self._headings[0].span[0]) if self._headings else len(self.text)

    def place_of_block(self, path: Path, before: Sequence[str]) -> int:
        """Where a new table goes: after the tables before it, and the lines of the one around."""
        ends = [self._own_end(path)]
        for name in before:
            ends += [end for _, end in self._runs((*path, name))]
        return max(ends)

    def _own_end(self, path: Path) -> int:
        heading = self._heading_at(path)
        if heading is not None:
            return self._end_of(heading)
        if not path:
            own = [self._line_end(each.span[1]) for each in self._named if each.heading == -1]
            first = self._with_comments(self._headings[0].span[0]) if self._headings else None
            return max(own) if own else (len(self.text) if first is None else first)
        around = [start for start, _ in self._runs(path)]
        if not around:
            raise UnusualError
        return min(around)

    def core_of(self, path: Path, *, with_comments: bool) -> Span:
        """An entry of a list of tables: from its heading to its last line."""
        runs = self._runs(path)
        if len(runs) != 1:
            raise UnusualError
        start, end = runs[0]
        return (self._with_comments(start) if with_comments else start), end

    def without(self, path: Path) -> Iterator[tuple[int, int, str]]:
        """What to cut so that a name is gone, whatever stands below it."""
        for each in self._named:
            if each.path[: len(path)] == path and not self._is_below_heading(each, path):
                start, end = self._line_start(each.span[0]), self._line_end(each.span[1])
                rest = COMMENT.match(self.text, each.span[1])
                yield start, end, f"{rest[1]}\n" if rest else ""
        for start, end in self._runs(path):
            yield self._with_blank(start, end), end, ""

    def _is_below_heading(self, named: NamedValue, path: Path) -> bool:
        above = self._headings[named.heading].path if named.heading >= 0 else ()
        return above[: len(path)] == path

    def _heading_at(self, path: Path) -> int | None:
        return next((n for n, each in enumerate(self._headings) if each.path == path), None)

    def _runs(self, path: Path) -> list[Span]:
        """The headings at a path and below, with their lines, as far as they follow each other."""
        runs: list[Span] = []
        follows = False
        for number, heading in enumerate(self._headings):
            inside = heading.path[: len(path)] == path
            if inside:
                start, end = self._line_start(heading.span[0]), self._end_of(number)
                if follows:
                    start = runs.pop()[0]
                runs.append((start, end))
            follows = inside
        return runs

    def _end_of(self, heading: int) -> int:
        """The end of the last line that stands under a heading."""
        ends = [each.span[1] for each in self._named if each.heading == heading]
        return self._line_end(max([self._headings[heading].span[1], *ends]))

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1

    def _with_comments(self, start: int) -> int:
        """The start of the comment lines right above a line."""
        start = self._line_start(start)
        while start:
            above = self._line_start(start - 1)
            if not self.text[above:start].lstrip(" \t").startswith("#"):
                break
            start = above
        return start

    def _with_blank(self, start: int, end: int) -> int:
        """The start, with a blank line before it where another follows."""
        above = self._line_start(start - 1) if start else 0
        is_blank_above = start > above and not self.text[above:start].strip()
        follows = self.text[end : self._line_end(end)]
        return above if is_blank_above and not follows.strip() else start
