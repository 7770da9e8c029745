"""Parquet files for tests, written by DuckDB."""

from pathlib import Path

import duckdb


def parquet(path: Path, select: str, options: str = "") -> Path:
    """The rows of a SELECT as a Parquet file."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet {options})")
    return path
