"""Ready is only what has its tables."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from recalldesk.config.database import (
    DatabaseNotPrepared,
    is_prepared,
    one_at_a_time,
    refuse_unprepared,
)
from recalldesk.foundation import clock
from recalldesk.jobs.pace import STALLED_AFTER

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


def _sign_of_life(before: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [clock.now() - before],
        )


def test_that_no_worker_is_there_is_a_warning_and_no_page_needs_one() -> None:
    _sign_of_life(STALLED_AFTER + timedelta(seconds=1))
    without = Client().get("/readyz")
    assert without.json()["warnings"] == ["no worker: mails, text messages and photos wait"]
    _sign_of_life(timedelta(seconds=1))
    with_one = Client().get("/readyz")
    assert with_one.json()["warnings"] == []
    assert without.status_code == with_one.status_code == 200


def test_a_lock_that_is_free_is_taken_without_waiting() -> None:
    for _ in range(2):
        with one_at_a_time(7, waiting=lambda: pytest.fail("waited")):
            pass
