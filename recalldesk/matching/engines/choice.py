"""The engine of a name, and what it lacks.

Guarantee: an engine that is not installed says what to install, before anything is read.
"""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from recalldesk.foundation.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa


class EngineName(StrEnum):
    """What can run the matching."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class EngineMissing(Problem):
    """The engine is not installed, or not whole."""


class Engine(Protocol):
    """What runs SQL over Parquet. `dialect`: of its SQL, as Ibis names it."""

    dialect: str

    def add(self, name: str, path: Path) -> None:
        """Gives the rows of a Parquet file, or of all those of a folder, as a table of a name."""
        ...

    def batches(self, sql: str) -> "Iterator[pa.RecordBatch]":
        """The rows of a query, in its order."""
        ...


def missing_of(name: str) -> tuple[str, str] | None:
    """What an engine lacks on this machine and what to do, or nothing where it can run."""
    if name != EngineName.SPARK:
        return None
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed.", "Install it: pip install 'recalldesk[spark]'."
    if shutil.which("java") is None:
        hint = "Install Java 17 or newer: apt-get install default-jre-headless on Debian."
        return "Java is not installed, and Spark runs on it.", hint
    return None


def opened_engine(name: str, folder: Path) -> AbstractContextManager[Engine]:
    """An engine that may lay things down in `folder`. Raises `EngineMissing`."""
    if missing := missing_of(name):
        raise EngineMissing(*missing)
    if name == EngineName.SPARK:
        from recalldesk.matching.engines.spark import opened_spark

        return opened_spark(folder)
    from recalldesk.matching.engines.duck import opened_duckdb

    return opened_duckdb(folder)
