"""What the command writes: results to standard output, everything else to standard error."""

from rich.console import Console
from rich.measure import Measurement
from rich.status import Status
from rich.table import Table

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


WIDEST = 10_000
"""Characters: no table of ours is wider."""


def complain(message: str, hint: str = "") -> int:
    """Says what is wrong and what to do; returns the exit code."""
    err.print(message, style="bold red", markup=False)
    if hint:
        err.print(hint, markup=False)
    return 1


def warn(text: str) -> None:
    """One line on what does not stop the program, and should be mended."""
    err.print(text, style="yellow", markup=False)


def working(what: str) -> Status:
    """A sign on standard error that something long goes on."""
    return err.status(what)


def counted(count: int, one: str, many: str) -> str:
    """The figure with the words that fit it: `1 line is`, `2 lines are`."""
    return f"{count:,} {one if count == 1 else many}"


def say(text: str = "") -> None:
    """One line of a result, as it is."""
    out.print(text, markup=False)


def show_table(table: Table) -> None:
    """A table, whole: an address that is cut cannot be given to the next command.

    In a terminal it is folded to the width; where there is none, each row is one line.
    """
    for column in table.columns:
        column.overflow = "fold"
    if out.is_terminal:
        out.print(table)
        return
    wide = Measurement.get(out, out.options.update(max_width=WIDEST), table).maximum
    Console(width=max(wide, out.width), highlight=False, emoji=False).print(table)


def plain(text: str) -> str:
    """What somebody else wrote, without the characters that would steer the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
