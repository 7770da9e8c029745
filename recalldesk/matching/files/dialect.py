"""How the cells of a line are told apart."""

from dataclasses import dataclass

SHEET = b"\x1f"
"""Between the cells of a workbook's row, once it is text; a NUL marks a cell that says nothing."""
NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", "\x1f": "sheet"}


@dataclass(frozen=True)
class Dialect:
    """`quotes`: whether quotation marks enclose cells; else they are characters like others.
    `width`: cells of a row."""

    separator: bytes
    quotes: bool
    width: int
