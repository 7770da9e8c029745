"""A Parquet file, read by DuckDB in the order of its rows, in bounded memory.

Guarantees: the rows read are as many as the footer says; nothing but this file is opened and
nothing is fetched; a column whose type may have changed the serials is refused as a whole. Its
heading is no row: lines are rows.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear, FileNotReadable
from recalldesk.units.importing.headings import find_layout
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.opening import SAVE_AS_TEXT, file_digest, refuse_changed
from recalldesk.units.importing.other_columns import LOOKED_AT
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.tables import csv_lines
from recalldesk.units.importing.tables.cells import serial_of_number
from recalldesk.units.importing.tables.signs import PARQUET
from recalldesk.units.states import RejectReason

TEXTS = frozenset({"VARCHAR", "BLOB"})
WHOLE = frozenset(
    f"{sign}{size}"
    for sign in ("", "U")
    for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
NESTED = ("STRUCT", "MAP", "LIST", "UNION", "VARIANT", "GEOMETRY")
MOST_COLUMNS = 1_000
ROWS_AT_ONCE = 10_000
LOCKED = (
    "SET allowed_paths = ['{place}']",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
MEMORY = "512MB"
"""Of DuckDB alone; a row group is read column by column, a page at a time."""


class ParquetFile:
    """Surveyed once as it is made. Raises `FileNotReadable`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.sha256, self.size = file_digest(path)
        self.encoding = csv_lines.UTF_8.encoding.value
        self.sheet: str | None = None
        self.remarks: list[str] = []
        with path.open("rb") as file:
            ends = (file.read(4), file.seek(max(-4, -self.size), 2), file.read(4))
        if ends[0] != PARQUET:
            raise self._encrypted()
        if ends[2] != PARQUET:
            raise FileNotReadable(
                f"{path.name} is a Parquet file that ends too early.",
                "It was cut off: fetch it again and import it.",
            )
        with _rows_of(path) as rows:
            count = "SELECT num_rows, encryption_algorithm FROM parquet_file_metadata(?)"
            (self.lines, cipher), *_ = rows.execute(count, [rows.place]).fetchall()
            self._columns = rows.columns()
        if cipher is not None:
            raise self._encrypted()
        self._refuse_columns()

    def _encrypted(self) -> FileNotReadable:
        return FileNotReadable(
            f"{self._path.name} is an encrypted Parquet file.",
            "Write it without encryption, and import that file.",
        )

    def _refuse_columns(self) -> None:
        if len(self._columns) > MOST_COLUMNS:
            raise FileNotReadable(
                f"{self._path.name} has {len(self._columns):,} columns.",
                "Write a file with the column of the serials, and import that.",
            )
        nested = [name for name, kind in self._columns if _is_nested(kind)]
        if nested:
            raise FileNotReadable(
                f'The column "{nested[0]}" of {self._path.name} holds lists or records.',
                "Write one value a column, and import that file.",
            )

    def layout(self, asked: Columns, form: SerialForm) -> Layout:
        """How the rows are laid out. Raises `ColumnsNotClear` or `FileNotReadable`."""
        width = len(self._columns)
        heading = csv_lines.csv_line([name for name, _ in self._columns], width)
        lines = [(0, heading)]
        with _rows_of(self._path) as rows:
            for cells in rows.read(self._columns):
                line = csv_lines.csv_line(cells, width)
                if line.strip(", "):
                    lines.append((len(lines), line))
                if len(lines) > LOOKED_AT:
                    break
        layout = find_layout(lines, asked, form, csv_lines.delimiter_of(width))
        if layout.heading_lines != (0,):
            raise ColumnsNotClear(
                f'The column "{self._columns[0][0]}" may be named by a serial.',
                "Write the file with a name for its column, such as serial.",
            )
        for place in layout.places:
            name, kind = self._columns[place]
            if kind not in TEXTS | WHOLE:
                raise FileNotReadable(
                    f'The column "{name}" holds {kind} and no text, so that serials may have lost'
                    " digits or letters.",
                    "Write it as text from where the serials are kept, and import that file.",
                )
        return layout

    def portions(self, layout: Layout, form: SerialForm) -> Iterator[tuple[Portion, int]]:
        """All rows, with the bytes read so far. Raises `FileNotReadable` if the file changed."""
        numbers = [place for place in layout.places if self._columns[place][1] in WHOLE]
        done = 0
        with _rows_of(self._path) as rows:
            judged = (
                _judged(number, cells, numbers, form)
                for number, cells in enumerate(rows.read(self._columns), 1)
            )
            for portion in csv_lines.portions(judged, layout):
                done += len(portion.lines)
                yield portion, self.size * min(done, self.lines) // max(self.lines, 1)
        refuse_changed(self._path, before=self.sha256, after=file_digest(self._path)[0])


def _is_nested(kind: str) -> bool:
    return kind.endswith("]") or kind.startswith(NESTED)


def _judged(number: int, cells: list[str], numbers: list[int], form: SerialForm) -> csv_lines.Row:
    for place in numbers:
        if cells[place] and serial_of_number(cells[place], form, is_exact=True) is None:
            return csv_lines.Row(number, cells, RejectReason.NUMBER_CELL)
    return csv_lines.Row(number, cells)


class _Rows:
    """What DuckDB reads of the file at `place`."""

    def __init__(self, name: str, place: str) -> None:
        self._name = name
        self.place = place
        self._connection = duckdb.connect(
            config={
                "threads": 1,
                "memory_limit": MEMORY,
                "temp_directory": "",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        for setting in LOCKED:
            self._connection.execute(setting.format(place=place.replace("'", "''")))

    def execute(self, statement: str, values: list[str]) -> duckdb.DuckDBPyConnection:
        """Runs a statement."""
        return self._connection.execute(statement, values)

    def columns(self) -> list[tuple[str, str]]:
        """The names and types of the columns."""
        found = self.execute("DESCRIBE SELECT * FROM read_parquet(?)", [self.place]).fetchall()
        return [(str(name), str(kind)) for name, kind, *_ in found]

    def read(self, columns: list[tuple[str, str]]) -> Iterator[list[str]]:
        """All rows in order, as texts; nothing at all is an empty text."""
        wanted = ", ".join(
            quoted if kind in TEXTS else f"CAST({quoted} AS VARCHAR)"
            for quoted, kind in (('"' + n.replace('"', '""') + '"', k) for n, k in columns)
        )
        options = "hive_partitioning = false, filename = false, union_by_name = false"
        statement = f"SELECT {wanted} FROM read_parquet(?, {options})"  # noqa: S608 - quoted names
        result = self.execute(statement, [self.place])
        while rows := result.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                yield [_text(value) for value in row]

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


@contextmanager
def _rows_of(path: Path) -> Iterator[_Rows]:
    """The file under a name without signs, as DuckDB takes * and ? for other files.

    Raises `FileNotReadable` for what DuckDB cannot read.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "file.parquet"
        place.symlink_to(path.absolute())
        rows = _Rows(path.name, str(place))
        try:
            yield rows
        except duckdb.OutOfMemoryException as error:
            raise FileNotReadable(
                f"{path.name} has parts that do not fit into {MEMORY} of memory.",
                f"Write it with smaller row groups. Or: {SAVE_AS_TEXT}",
            ) from error
        except duckdb.Error as error:
            raise FileNotReadable(
                f"{path.name} is a damaged Parquet file.",
                "Fetch or write it again, and import it.",
            ) from error
        finally:
            rows.close()
