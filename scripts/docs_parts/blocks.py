"""Generated parts of a Markdown file: between `<!-- generated:NAME -->` and `<!-- /generated -->`.

Guarantee: nothing outside the two markers is ever changed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

BLOCK = re.compile(r"<!-- generated:([a-z-]+) -->\n(.*?)<!-- /generated -->", re.DOTALL)
Tables = Mapping[str, Callable[[], str]]


def markdown_files(root: Path) -> list[Path]:
    """The project's own Markdown files."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("benchmarks/*.md")])


def table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    escaped = (" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in r) for r in lines)
    return "".join(f"| {row} |\n" for row in escaped)


def renewed(text: str, tables: Tables) -> str:
    """The text with each generated part as the code gives it now. Raises KeyError."""

    def fresh(found: re.Match[str]) -> str:
        body = tables[found[1]]()
        return f"<!-- generated:{found[1]} -->\n\n{body}\n<!-- /generated -->"

    return BLOCK.sub(fresh, text)


def write_blocks(root: Path, tables: Tables) -> Iterator[Path]:
    """Writes every file whose generated parts differ, and names it."""
    for path in markdown_files(root):
        before = path.read_text(encoding="utf-8")
        after = renewed(before, tables)
        if after != before:
            path.write_text(after, encoding="utf-8")
            yield path
