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

if TYPE_CHECKING:
    import pyarrow as pa

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
}
OF_OUR_OWN = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
CLUSTER_IS_NAMED_BY = ("SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS")


class SparkEngine:
    """Runs queries in one session of Spark."""

    dialect = "pyspark"

    def __init__(self, session: Any, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._written = 0

    def add(self, name: str, path: Path) -> None:
        """Gives the rows of a Parquet file, or of all those of a folder, as a table of a name."""
        self._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def batches(self, sql: str) -> "Iterator[pa.RecordBatch]":
        """The rows of a query, in its order: parts are named in the order of their rows."""
        from pyarrow import parquet

        self._written += 1
        folder = self._folder / f"spark-{self._written}"
        self._session.sql(sql).write.parquet(str(folder))
        for part in sorted(folder.glob("*.parquet")):
            yield from parquet.ParquetFile(part).iter_batches()


@contextmanager
def opened_spark(folder: Path) -> Iterator[SparkEngine]:
    """A session of Spark; one of our own ends at the end."""
    from pyspark.sql import SparkSession

    there = SparkSession.getActiveSession()
    session = there or own_session(folder)
    try:
        for name, value in SETTINGS.items():
            session.conf.set(name, value)
        yield SparkEngine(session, folder)
    finally:
        if there is None:
            session.stop()


def own_session(folder: Path) -> Any:
    """A session on this machine, or of the master that Spark's own configuration names."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("recalldesk-matching")
    named = any(os.environ.get(each) for each in CLUSTER_IS_NAMED_BY)
    for name, value in ({} if named else OF_OUR_OWN).items():
        builder = builder.config(name, value)
    return builder.config("spark.sql.warehouse.dir", str(folder / "warehouse")).getOrCreate()
