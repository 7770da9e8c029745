"""A database of DATABASE_URL is dumped, and comes back into an empty one, triggers and all."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from recalldesk.audit.models import StateChange
from recalldesk.operating.backups import dumping
from recalldesk.operating.errors import BackupUnusable
from tests.audit.written import sealed_rows

pytestmark = pytest.mark.django_db(transaction=True)
EMPTY = "recalldesk_loaded"


@pytest.fixture
def empty() -> Iterator[str]:
    """The name of an empty database on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {EMPTY}")
        cursor.execute(f"CREATE DATABASE {EMPTY}")
    yield EMPTY
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {EMPTY}")


def asked(name: str, statement: str) -> object:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=name,
    ) as session:
        return (session.execute(statement.encode()).fetchone() or (None,))[0]


def test_all_rows_come_back_and_stay_guarded(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_rows(3, 2)
    rows = StateChange.objects.count()
    dumping.dump(tmp_path)
    monkeypatch.setitem(connection.settings_dict, "NAME", empty)
    dumping.load(tmp_path)
    assert asked(empty, "SELECT count(*) FROM audit_statechange") == rows
    with pytest.raises(psycopg.errors.RaiseException):
        asked(empty, "DELETE FROM audit_statechange RETURNING id")
    with pytest.raises(BackupUnusable, match="already exists"):
        dumping.load(tmp_path)
