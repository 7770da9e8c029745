"""DuckDB, within a limit of memory; what does not fit goes to a folder.

It is asked directly: Ibis 12 reads results by what DuckDB 2 has not any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY = "1GB"
BATCH = 10_000


class DuckEngine:
    """Runs queries on one connection to DuckDB."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def add(self, name: str, path: Path) -> None:
        """Gives the rows of a Parquet file, or of all those of a folder, as a table of a name."""
        files = str(path / "*.parquet") if path.is_dir() else str(path)
        self._connection.read_parquet(files).create_view(name)

    def batches(self, sql: str) -> "Iterator[pa.RecordBatch]":
        """The rows of a query, in its order."""
        yield from self._connection.sql(sql).to_arrow_reader(BATCH)


@contextmanager
def opened_duckdb(folder: Path) -> Iterator[DuckEngine]:
    """DuckDB without a database of its own, closed at the end."""
    kept_small: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(folder / "duckdb")}
    with duckdb.connect(config=kept_small) as connection:
        yield DuckEngine(connection)
