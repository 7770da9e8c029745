"""What became of every line of a file, and the proof that none is missing."""

from dataclasses import dataclass

from recalldesk.units.errors import LinesNotAccountedFor
from recalldesk.units.importing.taken import Taken


@dataclass
class Tally:
    """Counts of lines. `taken` are the rows without a flaw: accepted or duplicate."""

    heading: int = 0
    taken: int = 0
    rejected: int = 0
    blank: int = 0
    continued: int = 0
    accepted: int = 0

    @property
    def duplicate(self) -> int:
        """Rows without a flaw that said nothing new."""
        return self.taken - self.accepted

    def add(self, taken: Taken) -> None:
        """Counts a chunk."""
        self.heading += taken.heading
        self.taken += len(taken.serials) + len(taken.ranges) + taken.repeated
        self.rejected += len(taken.rejects)
        self.blank += taken.blank
        self.continued += taken.continued

    def reconcile(self, lines: int) -> None:
        """Raises `LinesNotAccountedFor` unless the rows add up to the lines counted."""
        total = self.heading + self.taken + self.rejected + self.blank + self.continued
        if total != lines:
            raise LinesNotAccountedFor(
                f"The file has {lines:,} lines, but {total:,} were read.",
                "Nothing was imported. Was the file changed meanwhile? Try again; if it stays so,"
                " report it: this is a fault of the importer.",
            )
