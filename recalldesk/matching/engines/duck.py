"""DuckDB, within a limit of memory; what does not fit goes to a folder.

Ibis writes the SQL and DuckDB is asked directly: Ibis 12 reads results by what DuckDB 2 has not any
more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from recalldesk.matching.engines.tables import named_table

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

MEMORY = "1GB"
BATCH = 10_000


class DuckEngine:
    """Runs expressions on one connection to DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def table(self, name: str, path: Path) -> "Table":
        """The table in a Parquet file, or in all those of a folder."""
        files = str(path / "*.parquet") if path.is_dir() else str(path)
        self._connection.read_parquet(files).create_view(name)
        return named_table(name, path)

    def batches(self, expression: "Table") -> "Iterator[pa.RecordBatch]":
        """The rows of an expression, in its order."""
        import ibis

        sql = str(ibis.to_sql(expression, dialect="duckdb"))
        yield from self._connection.sql(sql).to_arrow_reader(BATCH)


@contextmanager
def opened_duckdb(folder: Path) -> Iterator[DuckEngine]:
    """DuckDB without a database of its own, closed at the end."""
    kept_small: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(folder / "duckdb")}
    with duckdb.connect(config=kept_small) as connection:
        yield DuckEngine(connection)
