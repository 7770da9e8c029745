"""The database of each process of the suite: a copy of one that the migrations were run on once.

Guarantee: the copy holds what the migrations leave in an empty database. The one that is copied
stays at the suite's own embedded server until anything is changed from which tables are made. At
another server nothing is left behind, and each process runs the migrations.

`python -m tests.prepared_tables` makes it, and the folder of `tests.prepared`, before a test asks.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from recalldesk.config.tables import run_migrations
from tests.prepared import prepared, tables_key

PREFIX = "tables_"
TURN = 7_325_901
"""A number of PostgreSQL's advisory locks, as no other program is likely to use it."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Instead of pytest-django's own, which changes the names alone."""
    if settings.EMBEDDED_DATABASE:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = database_with_tables()


def database_with_tables() -> str:
    """The name of the database that is copied, made where it is not there; nobody is in it."""
    name = f"{PREFIX}{tables_key()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [TURN])
        found = server.execute("SELECT datname FROM pg_database").fetchall()
        names = {each for (each,) in found}
        if name not in names:
            for former in names:
                if former.startswith(PREFIX):
                    server.execute(_said("DROP DATABASE {}", former))
            server.execute(_said("CREATE DATABASE {}", f"{name}_draft"))
            _run_migrations(f"{name}_draft")
            server.execute(_said("ALTER DATABASE {} RENAME TO {}", f"{name}_draft", name))
    return name


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    """A connection to no database that is copied."""
    known = connection.get_connection_params() | {"dbname": "postgres"}
    places = {name: known[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**places, autocommit=True) as server:
        yield server


def _said(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _run_migrations(name: str) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        run_migrations()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


if __name__ == "__main__":
    import tests.environment  # noqa: F401 - its settings are those of the suite

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recalldesk.config.settings")
    django.setup()
    if settings.EMBEDDED_DATABASE:
        database_with_tables()
    prepared()
