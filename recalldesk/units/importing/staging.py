"""Rows on their way into the database: by COPY, then by a few statements over all.

Serials for an empty list that were surely not met before go straight into it; everything else is
staged in temporary tables. Guarantees: everything happens in the transaction of the caller; a
serial or range that a list already has is never stored twice; one that was removed is covered
again once it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from recalldesk.units.importing import statements
from recalldesk.units.importing.first_seen import FirstSeen
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.taken import Taken

LONGEST_STORED_ROW = 64 << 10
SORTING_MEMORY = "96MB"


@dataclass(frozen=True)
class Destination:
    """Where the rows go: the keys of the list, the version and its number, and the import."""

    serial_list: int
    version: int
    number: int
    serial_import: int

    @property
    def keys(self) -> dict[str, int]:
        """The named parameters of every statement."""
        return {
            "list": self.serial_list,
            "version": self.version,
            "number": self.number,
            "import": self.serial_import,
        }


class Staging:
    """Temporary tables for one import."""

    def __init__(self, destination: Destination) -> None:
        self._keys = destination.keys
        self._first_seen: FirstSeen | None = None
        self._run(f"SET LOCAL work_mem = '{SORTING_MEMORY}'")
        self.clear()
        for statement in statements.CREATE:
            self._run(statement)
        if not self._number(statements.HAS_ANYTHING):
            self._first_seen = FirstSeen()
        self._stored_directly = 0

    def clear(self) -> None:
        """Drops the temporary tables."""
        for name in statements.TABLES:
            self._run(f"DROP TABLE IF EXISTS pg_temp.{name}")

    def add(self, portion: Portion, taken: Taken) -> None:
        """Stages what became of a portion."""
        self._add_serials(taken.serials)
        if taken.ranges:
            self._copy_rows('COPY staged_range (start, "end") FROM STDIN', taken.ranges)
        if taken.rejects:
            rows = [
                (portion.number(index), portion.raw(index)[:LONGEST_STORED_ROW], reason.value)
                for index, reason in taken.rejects
            ]
            self._copy_rows("COPY staged_reject (line_number, row, reason) FROM STDIN", rows)

    def keep(self) -> int:
        """Stores what is new. Returns how many rows the list now covers that it did not before."""
        for name in statements.TABLES:
            self._run(f"ANALYZE pg_temp.{name}")
        stored = self._stored_directly + sum(self._run(statement) for statement in statements.KEEP)
        if not self._number(statements.HAS_REMOVALS):
            return stored
        return stored + sum(self._number(statement) for statement in statements.RESTORE)

    def remove_the_rest(self) -> int:
        """Takes off the list what was not staged. Returns how many rows it no longer covers."""
        if self._first_seen:
            return 0
        return sum(self._run(statement) for statement in statements.REMOVE)

    def keep_rejects(self, earlier_imports: Sequence[int], *, replace: bool) -> int:
        """Stores the rejects. Returns how many lines there are to be asked about.

        Earlier imports are those of the same file, read in the same way: a line of theirs that is
        open, or was found to name no unit by a file that replaces nothing, is not stored again.
        """
        return self._run(statements.KEEP_REJECTS, earlier=list(earlier_imports), replace=replace)

    def forget_import(self) -> None:
        """Deletes the row of an import that brought nothing."""
        self._run(statements.FORGET)

    def _add_serials(self, serials: list[str]) -> None:
        staged = serials
        if self._first_seen:
            new, staged = self._first_seen.parted(serials)
            if new:
                between = f"\t{self._keys['import']}\n{self._keys['list']}\t"
                self._copy_text(statements.COPY_SERIALS, new, between)
                self._stored_directly += len(new)
        if staged:
            self._copy_text(statements.STAGE_SERIALS, staged, "\n")

    def _number(self, statement: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, self._keys)
            return int(cursor.fetchone()[0])

    def _run(self, statement: str, **more: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self._keys, **more})
            return int(cursor.rowcount)

    def _copy_text(self, statement: str, serials: list[str], between: str) -> None:
        """Sends the serials with the same text between any two of them."""
        escaped = "\n".join(serials).replace("\\", "\\\\")
        before, after = between.split("\n")[::-1]
        body = escaped if between == "\n" else escaped.replace("\n", between)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(f"{before}{body}{after}\n")

    def _copy_rows(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
