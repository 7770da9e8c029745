"""The cast of the tests of units, on the database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.units.desk import Desk, make_desk


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def statement() -> Callable[[str], None]:
    """Runs one SQL statement."""

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run
