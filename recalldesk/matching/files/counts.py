"""What became of the lines of a file."""

from dataclasses import dataclass


@dataclass
class Counts:
    """`lines` is the independent count. The parts of `accepted`: `taken` may be of a product looked
    for and are given on; `others` are not: of other products, or of a whole order and no item.
    `heading` counts what the shop writes around its rows: heading, `sep=`, and, as a part of it,
    `trailers`."""

    lines: int = 0
    heading: int = 0
    trailers: int = 0
    taken: int = 0
    others: int = 0
    rejected: int = 0
    duplicate: int = 0
    blank: int = 0
    continued: int = 0

    @property
    def accepted(self) -> int:
        """Rows that were understood."""
        return self.taken + self.others

    @property
    def accounted(self) -> int:
        """All lines that something became of: the law says that it is `lines`."""
        return (
            self.heading
            + self.accepted
            + self.rejected
            + self.duplicate
            + self.blank
            + self.continued
        )
