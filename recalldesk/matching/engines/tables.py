"""The tables of an expression, known by name and columns only: each engine gives them its rows."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import Table


def named_table(name: str, path: Path) -> "Table":
    """A table with the columns of a Parquet file, or of those in a folder."""
    import ibis
    from pyarrow import parquet

    first = min(path.glob("*.parquet")) if path.is_dir() else path
    return ibis.table(ibis.Schema.from_pyarrow(parquet.read_schema(first)), name=name)
