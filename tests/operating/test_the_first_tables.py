"""The tables of an empty database are made within seconds, and are those that Django makes."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from recalldesk.config.tables import run_migrations
from recalldesk.postgres.binaries import installed
from tests.now_and_then import now_and_then

RENAMES = (
    operations.RenameModel,
    operations.RenameField,
    operations.AlterModelTable,
    operations.AlterOrderWithRespectTo,
)
WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00")
TOKEN = re.compile(r"^\\(un)?restrict \S+$", re.MULTILINE)


def djangos_own() -> None:
    call_command("migrate", verbosity=0)


@contextmanager
def empty_database(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def whole_database() -> list[str]:
    """The tables, all that guards them, and the rows that migrations write, without moments."""
    place = connection.get_connection_params()
    words = {"--host": place["host"], "--port": place["port"], "--username": place["user"]}
    named = [f"{name}={value}" for name, value in words.items()]
    program = str(installed().program("pg_dump"))
    said = subprocess.run(
        [program, "--no-owner", *named, place["dbname"]],
        env=os.environ | {"PGPASSWORD": place["password"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return TOKEN.sub("", WHEN.sub("then", said)).splitlines()


@now_and_then
@pytest.mark.django_db(transaction=True)
def test_the_quick_way_leaves_what_djangos_own_leaves() -> None:
    left = {}
    for name, way in (("quick", run_migrations), ("usual", djangos_own)):
        with empty_database(f"first_tables_{name}"):
            way()
            left[name] = whole_database()
    assert left["quick"] == left["usual"]


def keeps_names_and_keys(step: Operation) -> bool:
    field = getattr(step, "field", None)
    is_altered = isinstance(step, operations.AlterField)
    changes_key = is_altered and isinstance(field, models.Field) and field.primary_key
    return not isinstance(step, RENAMES) and not changes_key


def test_no_step_of_ours_renames_or_changes_a_primary_key() -> None:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("recalldesk.")}
    steps = MigrationLoader(None).disk_migrations
    own = {name: step for name, step in steps.items() if name[0] in ours}
    assert len(own) > 100
    assert [
        name for name, step in own.items() if not all(map(keeps_names_and_keys, step.operations))
    ] == []
