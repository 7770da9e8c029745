"""The matching expression gives the same rows on Spark as on DuckDB."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from recalldesk.matching.engines import spark
from recalldesk.matching.engines.choice import missing_of
from recalldesk.matching.orders import Buyer, OrderLine
from tests.matching.matches.test_how_order_lines_end import line_of, rows
from tests.matching.matches.wanted_goods import matches_of

MISSING = missing_of("spark")
pytestmark = pytest.mark.skipif(MISSING is not None, reason=" ".join(MISSING or ()))
QUICK = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
SEED = 20_250_612


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One session of Spark for all tests here: it takes seconds to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark, "OF_OUR_OWN", spark.OF_OUR_OWN | QUICK)
        started = spark.own_session(tmp_path_factory.mktemp("spark"))
    yield started
    started.stop()


def seeded_lines(count: int) -> list[OrderLine]:
    """Every line of the table of decisions, and drawn ones that mix what those say."""
    chance, told = random.Random(SEED), rows()
    lines = [line_of(number, row) for number, row in enumerate(told)]
    for number in range(len(lines), count):
        drawn = {key: chance.choice(told)[key] for key in told[0]}
        day = date(2016, 4, 20) + timedelta(days=chance.randrange(2500))
        drawn |= {
            "ordered_on": chance.choice(("", day.isoformat())),
            "case": f"Order {number % 40}",
        }
        lines.append(line_of(number, drawn))
    lines.append(
        OrderLine(
            count, "ürsprung ✓", title="ＰｏｗｅｒＣｏｒｅ 10000", buyer=Buyer("Zoë", phone="5")
        )
    )
    return lines


def seeded_returns(lines: list[OrderLine]) -> list[OrderLine]:
    return [
        OrderLine(number, line.order, asin=line.asin, sku=line.sku, units=0, units_back=number % 3)
        for number, line in enumerate(lines)
        if number % 2
    ]


def test_the_rows_are_the_same(session: Any, tmp_path: Path) -> None:
    lines = seeded_lines(400)
    returns = seeded_returns(lines)
    by_duckdb, of_duckdb = matches_of(lines, tmp_path, returns=returns)
    by_spark, of_spark = matches_of(lines, tmp_path, returns=returns, engine="spark")
    assert by_spark == by_duckdb
    assert of_spark.outside == of_duckdb.outside
    assert of_spark.others == of_duckdb.others
    assert len({(match.strength, match.reasons) for match in by_duckdb}) > 20
    assert any(match.units_back for match in by_duckdb)
