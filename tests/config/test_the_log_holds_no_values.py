"""What is written to the log names places in the code, never what owners typed."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog

from recalldesk.config import logs

SERIAL = "A1263MADEUP00001"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    page = io.StringIO()
    structlog.configure(
        processors=logs.PROCESSORS,
        logger_factory=structlog.WriteLoggerFactory(file=page),
        cache_logger_on_first_use=False,
    )
    yield page
    logs.configure()


def test_a_traceback_shows_no_variable(written: io.StringIO) -> None:
    def check(serial: str) -> None:
        raise RuntimeError("something failed")

    try:
        check(SERIAL)
    except RuntimeError:
        structlog.get_logger().exception("check_failed")
    line = json.loads(written.getvalue())
    assert line["event"] == "check_failed"
    assert "RuntimeError: something failed" in line["exception"]
    assert SERIAL not in written.getvalue()


def test_every_event_is_one_line_of_json_with_its_moment(written: io.StringIO) -> None:
    structlog.get_logger().warning("index_missing", recall="made-up")
    structlog.get_logger().info("two")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["index_missing", "two"]
    assert all(line["timestamp"].endswith("Z") for line in lines)
