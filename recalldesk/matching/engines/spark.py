"""Spark: the same expression where order lines are more than one machine holds.

Guarantees: a session that is there is used and left running, one of our own ends; its time zone is
UTC and ANSI is off, as the expression was tried. Rows come out through Parquet, so that they never
all stand in memory.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recalldesk.matching.engines.tables import named_table

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
}
OF_OUR_OWN = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
"""Where no master is named: this machine. `SPARK_CONF_DIR` and `MASTER` name another."""


class SparkEngine:
    """Runs expressions in one session of Spark."""

    def __init__(self, session: Any, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._written = 0

    def table(self, name: str, path: Path) -> "Table":
        """The table in a Parquet file, or in all those of a folder."""
        self._session.read.parquet(str(path)).createOrReplaceTempView(name)
        return named_table(name, path)

    def batches(self, expression: "Table") -> "Iterator[pa.RecordBatch]":
        """The rows of an expression, in its order: parts are named in the order of their rows."""
        import ibis
        from pyarrow import parquet

        self._written += 1
        folder = self._folder / f"spark-{self._written}"
        sql = str(ibis.to_sql(expression, dialect="pyspark"))
        self._session.sql(sql).write.parquet(str(folder))
        for part in sorted(folder.glob("*.parquet")):
            yield from parquet.ParquetFile(part).iter_batches()


@contextmanager
def opened_spark(folder: Path) -> Iterator[SparkEngine]:
    """A session of Spark; one of our own ends at the end."""
    from pyspark.sql import SparkSession

    there = SparkSession.getActiveSession()
    session = there or _own_session(folder)
    try:
        for name, value in SETTINGS.items():
            session.conf.set(name, value)
        yield SparkEngine(session, folder)
    finally:
        if there is None:
            session.stop()


def _own_session(folder: Path) -> Any:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("recalldesk-matching")
    for name, value in OF_OUR_OWN.items():
        builder = builder.config(name, value)
    return builder.config("spark.sql.warehouse.dir", str(folder / "warehouse")).getOrCreate()
