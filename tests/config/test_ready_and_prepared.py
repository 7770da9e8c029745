"""Ready is only what has its tables."""

import pytest
from django.db import connection
from django.test import Client

from recalldesk.config.database import (
    DatabaseNotPrepared,
    is_prepared,
    one_at_a_time,
    refuse_unprepared,
)

pytestmark = pytest.mark.usefixtures("db", "index_folder")


def test_a_migrated_database_is_prepared() -> None:
    assert is_prepared()
    refuse_unprepared()


def test_a_database_that_lacks_a_migration_is_not_ready() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'outreach'")
    assert Client().get("/readyz").json()["database"] == "not ready"
    with pytest.raises(DatabaseNotPrepared, match="older version"):
        refuse_unprepared()


def test_a_lock_that_is_free_is_taken_without_waiting() -> None:
    for _ in range(2):
        with one_at_a_time(7, waiting=lambda: pytest.fail("waited")):
            pass
